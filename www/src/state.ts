/** What the views draw. Everything here follows from the document, the engine's answers and the reader's choices. */
import type { Diagnostic, HostName, LessonEntry, Notice, Places, PolicyText, Step, Trace, Verdict } from "./engine.ts";
import type { Localized, Texts } from "./texts.ts";

export type View = "full" | "diagram" | "policy" | "console";
/** Whether commands can be typed in a view. */
export function hasConsole(view: View): boolean {
  return view === "full" || view === "console";
}

/** The parts of a scenario document that the page shows itself; the rest is the engine's. */
export interface ScenarioDocument {
  title?: Localized;
  description?: Localized;
  run?: readonly RunStep[];
  lesson?: readonly { run?: readonly RunStep[]; goal?: readonly RunStep[]; solution?: readonly SolutionStep[] }[];
}

export interface RunStep {
  on?: string;
  command?: string;
  advanceClock?: number;
  expect?: { exit?: number | string; status?: number; error?: string; blockedBy?: readonly string[]; droppedBy?: string };
}

/** A step of a lesson's solution. */
export interface SolutionStep extends RunStep {
  patch?: readonly { op: string; path: string; value?: unknown }[];
}

/** A command that ran, with all that came of it. */
export interface Entry {
  readonly id: number;
  readonly host: string;
  readonly command: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the sandbox itself has to say to the command. */
  readonly notices: readonly Notice[];
  readonly trace: Trace;
  /** Run again by itself after an edit. */
  readonly again: boolean;
}

/** A policy text that the engine refused; the last good one stays in force. */
export interface Draft {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

export type Loading =
  | { readonly status: "loading" }
  | { readonly status: "ready" }
  | { readonly status: "refused"; readonly diagnostics: readonly Diagnostic[] };

export interface State {
  readonly texts: Texts;
  readonly view: View;
  readonly controls: boolean;
  readonly readonly: boolean;
  readonly loading: Loading;
  /** The built-in scenario's id; null for any other document. */
  readonly scenarioId: string | null;
  readonly document: ScenarioDocument;
  /** The lesson, and how far the reader is in it. */
  readonly lesson: readonly LessonEntry[];
  /** The parts of the lesson that were done on an earlier visit, from 0. */
  readonly finished: ReadonlySet<number>;
  readonly warnings: readonly Diagnostic[];
  readonly hosts: readonly HostName[];
  /** Where the parts of the cloud stand, for the drawing. */
  readonly places: Places;
  readonly host: string;
  readonly policies: readonly PolicyText[];
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly entries: readonly Entry[];
  /** The entry whose trace is drawn. */
  readonly shown: number | null;
  /** The line of a policy under the pointer; the steps that it decides are lit. */
  readonly hovered: { readonly pointer: string; readonly line: number } | null;
  /** The whole scenario as it stands. */
  readonly text: string;
  /** Policy types, and policies by pointer, that the reader has switched off, to see what changes. */
  readonly without: readonly string[];
  /** Policies, by pointer, that the reader takes for ones that can't be seen. */
  readonly unseen: readonly string[];
  /** The scenario's clock, epoch milliseconds. */
  readonly clock: number;
  /** The policy whose text was asked for last; another object for each time. */
  readonly opened: { readonly pointer: string } | null;
  /** Whether there is an edit to take back. */
  readonly undoable: boolean;
  /** Opened from a link: its edits are not the reader's own. */
  readonly fromLink: boolean;
  /** What a link's author saw, where this engine comes to something else. */
  readonly differs: Verdict | null;
  /** The selected step, from 1; 0 for none. */
  readonly step: number;
}

export function shownEntry(state: State): Entry | undefined {
  return state.entries.find((entry) => entry.id === state.shown);
}

export function selectedStep(state: State): Step | undefined {
  return shownEntry(state)?.trace.steps.find((step) => step.step === state.step);
}

/** Commands that the scenario offers, in its order, each once. */
export function offeredCommands(document: ScenarioDocument): readonly RunStep[] {
  const seen = new Set<string>();
  return (document.run ?? []).filter((step) => {
    const key = `${step.on ?? ""} ${step.command ?? ""}`;
    return step.command !== undefined && !seen.has(key) && seen.add(key);
  });
}
