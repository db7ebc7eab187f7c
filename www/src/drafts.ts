/** The full page keeps a reader's edits in this browser; an embedded element never does. */
import type { IamSandboxElement } from "./element.ts";
import { scenarioText } from "./scenarios.ts";

const PREFIX = "iam-sandbox.draft.";
const LAST = "iam-sandbox.last";
const FINISHED = "iam-sandbox.finished";

/** Milliseconds without typing after which an edit is kept. */
const PAUSE = 400;

/** Keeps a reader's edits from one visit to the next. */
export interface Drafts {
  recall(id: string): string | undefined;
  forget(id: string): void;
  /** The parts of a scenario's lesson that were done before, from 0. */
  finished(id: string): readonly number[];
  /** Forgets all that was done. */
  forgetFinished(): void;
}

/** Keeps what is edited in `sandbox`, and brings it back when that scenario is chosen again. */
export function keepDrafts(sandbox: IamSandboxElement): void {
  let timer: number | undefined;
  sandbox.drafts = {
    recall: (id) => read(PREFIX + id),
    forget: (id) => write(PREFIX + id, undefined),
    finished: (id) => finished()[id] ?? [],
    forgetFinished: () => write(FINISHED, undefined),
  };
  const last = read(LAST);
  if (last !== undefined && !sandbox.hasAttribute("scenario")) sandbox.setAttribute("scenario", last);
  sandbox.watch(({ scenarioId, text, fromLink, lesson }) => {
    window.clearTimeout(timer);
    if (scenarioId === null || text === "" || fromLink) return;
    note(scenarioId, lesson.flatMap(({ done }, at) => (done ? [at] : [])));
    timer = window.setTimeout(async () => {
      write(LAST, scenarioId);
      write(PREFIX + scenarioId, text === (await scenarioText(scenarioId)) ? undefined : text);
    }, PAUSE);
  });
}

/** The finished parts of each scenario's lesson. What is stored may be anything: what isn't understood is none. */
function finished(): Record<string, readonly number[]> {
  try {
    const kept: unknown = JSON.parse(read(FINISHED) ?? "{}");
    const entries = typeof kept === "object" && kept !== null ? Object.entries(kept) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, number[]] => Array.isArray(entry[1]) && entry[1].every(Number.isInteger)));
  } catch {
    return {};
  }
}

function note(id: string, done: readonly number[]): void {
  const all = finished();
  const before = all[id] ?? [];
  if (done.every((part) => before.includes(part))) return;
  write(FINISHED, JSON.stringify({ ...all, [id]: [...new Set([...before, ...done])] }));
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
