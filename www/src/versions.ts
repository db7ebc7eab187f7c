/** Other versions of the scenario: their texts, and what the shown command does in them. */
import type { Engine, RunResult, Sandbox, Trace } from "./engine.ts";
import type { Entry } from "./state.ts";

/** Something that the reader did since the scenario was opened. */
export type Did = { readonly command: string; readonly host: string } | { readonly seconds: number };

export interface Version {
  readonly name: "published" | "opened" | "before";
  readonly text: string;
}

/** The versions whose text differs from `now`, each text once. */
export function differing(now: string, versions: readonly Version[]): readonly Version[] {
  return versions.filter((one, at) => one.text !== now && versions.findIndex((other) => other.text === one.text) === at);
}

/** The shown command's trace after all that was done, if `text` were the scenario; undefined where that doesn't load. */
export function traceIn(engine: Engine, text: string, did: readonly Did[], shown: Entry): Trace | undefined {
  let sandbox: Sandbox | undefined;
  try {
    sandbox = new engine(text);
    let last: RunResult | undefined;
    for (const one of did) {
      if ("seconds" in one) sandbox.advanceClock(one.seconds);
      else last = sandbox.run(one.command, one.host);
    }
    const same = last?.trace.command === shown.command && last.trace.host === shown.host;
    return (same ? last : sandbox.run(shown.command, shown.host))?.trace;
  } catch {
    return undefined;
  } finally {
    sandbox?.free();
  }
}
