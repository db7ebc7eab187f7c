/** The console's log: the commands that ran, with the one whose trace is shown. */
import type { RunResult } from "./engine.ts";
import type { Entry, State } from "./state.ts";
import { decidingStep } from "./verdict.ts";

/** Entries kept; older ones leave the log. */
const MOST_ENTRIES = 200;

type Logged = Pick<State, "entries" | "shown" | "step" | "differs">;

export function entryOf(id: number, { exitCode, stdout, stderr, notices, trace }: RunResult, again: boolean): Entry {
  return { id, host: trace.host, command: trace.command, exitCode, stdout, stderr, notices, trace, again };
}

/** The log with a new entry, which is shown. */
export function appended({ entries }: State, entry: Entry): Logged {
  return { entries: [...entries, entry].slice(-MOST_ENTRIES), shown: entry.id, step: decidingStep(entry.trace)?.step ?? 0, differs: null };
}

/** The log in which the command of `before` has run again by itself: a run of edits keeps one entry, and the step
 * that was looked at stays, unless it was the one that decided. */
export function ranAgain({ entries, step }: State, before: Entry, entry: Entry): Logged {
  const kept = before.again && entries.at(-1) === before ? entries.slice(0, -1) : entries;
  const wasDeciding = decidingStep(before.trace)?.step === step;
  const same = entry.trace.steps[step - 1]?.kind === before.trace.steps[step - 1]?.kind;
  return {
    entries: [...kept, entry].slice(-MOST_ENTRIES),
    shown: entry.id,
    differs: null,
    step: wasDeciding || !same ? (decidingStep(entry.trace)?.step ?? 0) : step,
  };
}
