/** The messages of a framed element: events go out to the page around it, requests come in from it alone. */
import type { IamSandboxElement } from "./element.ts";

const SOURCE = "iam-sandbox";
const VERSION = 1;
const EVENTS = ["ready", "step", "result", "resize"] as const;
const THEMES = ["auto", "light", "dark"];

/** A scenario is at most 256 KB; a message that is longer isn't one. */
const MOST_CHARACTERS = 256 * 1024;

interface Incoming {
  readonly type: string;
  readonly id?: string | number;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Connects the element to the page that frames this one. In a page of its own it does nothing. */
export function connect(sandbox: IamSandboxElement): void {
  const outer = window.parent;
  if (outer === window) return;
  let answering: Incoming["id"];
  // A command may wait for a part of the engine; its result comes when the message has long been read.
  const runs: Incoming[] = [];
  for (const type of EVENTS) {
    sandbox.addEventListener(type, (event) => {
      const detail = (event as CustomEvent<{ command?: unknown }>).detail;
      const message = { source: SOURCE, version: VERSION, type, detail };
      const asked = type === "result" ? runs.findIndex((run) => run.detail.command === detail.command) : -1;
      const id = asked < 0 ? answering : runs.splice(asked, 1)[0]?.id;
      // Any page may frame this one, and nothing here is secret.
      outer.postMessage(id === undefined ? message : { ...message, id }, "*");
    });
  }
  window.addEventListener("message", ({ source, data }) => {
    const message = source === outer ? read(data) : undefined;
    if (!message) return;
    answering = message.id;
    if (message.type === "run" && message.id !== undefined) runs.splice(0, Math.max(0, runs.push(message) - 16));
    try {
      carryOut(sandbox, message);
    } finally {
      answering = undefined;
    }
  });
}

function read(data: unknown): Incoming | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { source, version, type, id, detail = {} } = data as Record<string, unknown>;
  if (source !== SOURCE || version !== VERSION || typeof type !== "string") return undefined;
  if (typeof detail !== "object" || detail === null) return undefined;
  return { type, detail: detail as Incoming["detail"], ...(typeof id === "string" || typeof id === "number" ? { id } : {}) };
}

function carryOut(sandbox: IamSandboxElement, { type, detail }: Incoming): void {
  const { scenario, fragment, step, command, on, theme } = detail;
  if (type === "load" && isScenario(scenario)) sandbox.scenario = scenario;
  else if (type === "load" && isText(fragment)) void sandbox.openLink(fragment);
  else if (type === "step" && typeof step === "number") sandbox.step(step);
  else if (type === "run" && isText(command)) sandbox.run(command, isText(on) ? on : undefined);
  else if (type === "reset") sandbox.reset();
  else if (type === "theme" && typeof theme === "string" && THEMES.includes(theme)) setTheme(sandbox, theme);
}

export function setTheme(sandbox: Element, theme: string): void {
  sandbox.setAttribute("theme", theme);
  document.documentElement.dataset["theme"] = theme;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= MOST_CHARACTERS;
}

function isScenario(value: unknown): value is string | object {
  return isText(value) || (typeof value === "object" && value !== null);
}
