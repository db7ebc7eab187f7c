/** The full page keeps a reader's edits in this browser; an embedded element never does. */
import type { IamSandboxElement } from "./element.ts";
import { scenarioText } from "./scenarios.ts";

const PREFIX = "iam-sandbox.draft.";
const LAST = "iam-sandbox.last";

/** Milliseconds without typing after which an edit is kept. */
const PAUSE = 400;

/** Keeps what is edited in `sandbox`, and brings it back when that scenario is chosen again. */
export function keepDrafts(sandbox: IamSandboxElement): void {
  let timer: number | undefined;
  sandbox.drafts = { recall: (id) => read(PREFIX + id), forget: (id) => write(PREFIX + id, undefined) };
  const last = read(LAST);
  if (last !== undefined && !sandbox.hasAttribute("scenario")) sandbox.setAttribute("scenario", last);
  sandbox.watch(({ scenarioId, text, fromLink }) => {
    window.clearTimeout(timer);
    if (scenarioId === null || text === "" || fromLink) return;
    timer = window.setTimeout(async () => {
      write(LAST, scenarioId);
      write(PREFIX + scenarioId, text === (await scenarioText(scenarioId)) ? undefined : text);
    }, PAUSE);
  });
}

/** Storage is a convenience: where it is refused or full, the page works without. */
function read(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Nothing is kept; the edit itself is not lost until the page closes.
  }
}
