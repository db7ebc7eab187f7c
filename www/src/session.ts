/** One reader's session with one engine: every action goes to the engine, every answer into the store. */
import type { Diagnostic, Engine, Sandbox } from "./engine.ts";
import { scenarioText } from "./scenarios.ts";
import { shownEntry, type Draft, type Entry, type ScenarioDocument, type State } from "./state.ts";
import type { Localized } from "./texts.ts";
import { Store } from "./store.ts";
import { decidingStep } from "./verdict.ts";

/** Console entries kept; older ones leave the log. */
const MOST_ENTRIES = 200;

function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  if (typeof error === "object" && error !== null && "diagnostics" in error && Array.isArray(error.diagnostics)) {
    return error.diagnostics;
  }
  const start = { line: 1, column: 1 };
  const reason = error instanceof Error ? error.message : String(error);
  return [{ severity: "error", code: "ui.refused.unreadable", params: { reason }, pointer: "", start, end: start }];
}

/** Keeps a reader's edits from one visit to the next. */
export interface Drafts {
  recall(id: string): string | undefined;
  forget(id: string): void;
}

export class Session {
  readonly store: Store<State>;
  private sandbox: Sandbox | undefined;
  private nextEntry = 1;
  private chosen = "";
  private opened: string | object = "";
  private looking: number | undefined;

  constructor(
    private readonly engine: Engine,
    initial: State,
    /** The reader's own edits of built-in scenarios, where the page keeps them. */
    private readonly drafts?: Drafts,
  ) {
    this.store = new Store(initial);
  }

  /** Opens a built-in scenario. The last choice wins when two loads overlap. */
  async choose(id: string): Promise<void> {
    this.chosen = id;
    const text = await scenarioText(id);
    if (text === undefined) return this.refuse({ code: "ui.refused.unknown", params: { id } });
    if (this.chosen !== id) return;
    const edited = this.drafts?.recall(id);
    if (edited === undefined || !this.open(edited, id)) this.open(text, id);
  }

  /** Opens a document; a refused one leaves the session as it was, with the reasons in `loading`. */
  open(scenario: string | object, id: string | null = null): boolean {
    let sandbox: Sandbox;
    try {
      sandbox = new this.engine(scenario);
    } catch (error) {
      this.store.update({ loading: { status: "refused", diagnostics: diagnosticsOf(error) } });
      return false;
    }
    this.sandbox?.free();
    this.sandbox = sandbox;
    this.opened = scenario;
    this.chosen = id ?? "";
    const hosts = sandbox.hosts();
    const document = sandbox.scenario() as ScenarioDocument;
    this.store.update({
      loading: { status: "ready" },
      scenarioId: id,
      document,
      text: sandbox.text(),
      lesson: sandbox.lesson(),
      warnings: sandbox.diagnostics(),
      hosts,
      host: document.run?.find((step) => step.on)?.on ?? hosts[0]?.name ?? "",
      places: sandbox.places(),
      policies: sandbox.policies(),
      drafts: new Map(),
      entries: [],
      shown: null,
      step: 0,
    });
    return true;
  }

  private refuse({ code, params }: { code: string; params: Record<string, string> }): void {
    const start = { line: 1, column: 1 };
    this.store.update({ loading: { status: "refused", diagnostics: [{ severity: "error", code, params, pointer: "", start, end: start }] } });
  }

  /** Runs a command on a host and shows its trace. */
  run(command: string, host = this.store.state.host): Entry | undefined {
    const entry = this.execute(command, host, false);
    if (!entry) return undefined;
    const entries = [...this.store.state.entries, entry].slice(-MOST_ENTRIES);
    const step = decidingStep(entry.trace)?.step ?? 0;
    this.store.update({ entries, host, shown: entry.id, step, lesson: this.sandbox?.lesson() ?? [] });
    return entry;
  }

  /** Runs the scenario's commands in order and shows the last. */
  runAll(): void {
    for (const { command, on } of this.store.state.document.run ?? []) if (command !== undefined) this.run(command, on);
  }

  /** Puts a policy's text in force and runs the shown command again; a broken text is kept as a draft. */
  setPolicy(pointer: string, text: string): void {
    if (!this.sandbox) return;
    const drafts = new Map<string, Draft>(this.store.state.drafts);
    try {
      if (pointer === "") this.rewrite(text);
      else this.sandbox.setPolicy(pointer, text);
    } catch (error) {
      drafts.set(pointer, { text, diagnostics: diagnosticsOf(error) });
      this.store.update({ drafts });
      return;
    }
    drafts.delete(pointer);
    this.changed(drafts);
  }

  /** Applies the solution of a lesson's entry, step by step. */
  solve(entry: number): void {
    for (const { patch, command, on, advanceClock } of this.store.state.document.lesson?.[entry]?.solution ?? []) {
      if (patch) this.sandbox?.patch([...patch]);
      else if (command !== undefined) this.run(command, on);
      else if (advanceClock !== undefined) this.sandbox?.advanceClock(advanceClock);
    }
    this.changed(new Map());
  }

  /** Another text of the whole scenario: a fresh load, in which the console's log stays. */
  private rewrite(text: string): void {
    const sandbox = new this.engine(text);
    this.sandbox?.free();
    this.sandbox = sandbox;
    const hosts = sandbox.hosts();
    const host = hosts.some(({ name }) => name === this.store.state.host) ? this.store.state.host : (hosts[0]?.name ?? "");
    this.store.update({ document: sandbox.scenario() as ScenarioDocument, hosts, host });
  }

  /** Reads what an edit may have changed, and runs the shown command again. */
  private changed(drafts: ReadonlyMap<string, Draft>): void {
    const { sandbox } = this;
    if (!sandbox) return;
    this.store.update({
      drafts,
      policies: sandbox.policies(),
      places: sandbox.places(),
      text: sandbox.text(),
      warnings: sandbox.diagnostics(),
      ...this.runAgain(),
    });
    // Goals are tried on a copy, which takes longer than a key press may.
    window.clearTimeout(this.looking);
    this.looking = window.setTimeout(() => this.store.update({ lesson: this.sandbox?.lesson() ?? [] }), 200);
  }

  /** Lights the steps that a line of a policy decides. */
  hover(hovered: State["hovered"]): void {
    const before = this.store.state.hovered;
    if (before?.pointer !== hovered?.pointer || before?.line !== hovered?.line) this.store.update({ hovered });
  }

  /** Gives up a refused text and goes back to the one in force. */
  dropDraft(pointer: string): void {
    const drafts = new Map(this.store.state.drafts);
    if (drafts.delete(pointer)) this.store.update({ drafts });
  }

  /** Selects a step of the shown trace; out of range goes to the nearest. */
  step(wanted: number): void {
    const count = shownEntry(this.store.state)?.trace.steps.length ?? 0;
    const step = Math.max(Math.min(Math.trunc(wanted) || 0, count), Math.min(count, 1));
    if (step !== this.store.state.step) this.store.update({ step });
  }

  /** Shows an earlier command's trace. */
  show(id: number): void {
    const entry = this.store.state.entries.find((candidate) => candidate.id === id);
    if (entry) this.store.update({ shown: id, step: decidingStep(entry.trace)?.step ?? 0 });
  }

  /** A small scenario to begin from, with ids of its own. */
  async begin(): Promise<void> {
    const { default: text } = await import("./starter.json?raw");
    this.open(this.reseeded(text, (title) => title));
  }

  /** The scenario as it stands, as the reader's own, with ids of its own. */
  duplicate(): void {
    const { texts, text } = this.store.state;
    this.open(this.reseeded(text, (title) => texts.ui("ui.duplicate.title", { title: texts.localized(title) })));
  }

  private reseeded(text: string, name: (title: Localized | undefined) => Localized | undefined): string {
    const { version, title, seed: _, ...rest } = JSON.parse(text) as ScenarioDocument & { version: number; seed?: number };
    return JSON.stringify({ version, title: name(title), seed: this.engine.freshSeed(), ...rest }, null, 2);
  }

  /** The scenario as it was first opened, edits and shells gone. */
  async reset(): Promise<void> {
    const { scenarioId } = this.store.state;
    if (scenarioId !== null) {
      this.drafts?.forget(scenarioId);
      return this.choose(scenarioId);
    }
    this.open(this.opened);
  }

  clearLog(): void {
    this.store.update({ entries: [], shown: null, step: 0 });
  }

  dispose(): void {
    window.clearTimeout(this.looking);
    this.sandbox?.free();
    this.sandbox = undefined;
  }

  private execute(command: string, host: string, again: boolean): Entry | undefined {
    if (!this.sandbox || command.trim() === "" || !this.store.state.hosts.some(({ name }) => name === host)) return undefined;
    const { exitCode, stdout, stderr, trace } = this.sandbox.run(command, host);
    return { id: this.nextEntry++, host, command, exitCode, stdout, stderr, trace, again };
  }

  /** After an edit: the shown command once more; a run of edits keeps one entry in the log. */
  private runAgain(): Partial<State> {
    const { entries, step } = this.store.state;
    const before = shownEntry(this.store.state);
    if (!before) return {};
    const entry = this.execute(before.command, before.host, true);
    if (!entry) return {};
    const kept = before.again && entries.at(-1) === before ? entries.slice(0, -1) : entries;
    const wasDeciding = decidingStep(before.trace)?.step === step;
    const same = entry.trace.steps[step - 1]?.kind === before.trace.steps[step - 1]?.kind;
    return {
      entries: [...kept, entry].slice(-MOST_ENTRIES),
      shown: entry.id,
      step: wasDeciding || !same ? (decidingStep(entry.trace)?.step ?? 0) : step,
    };
  }
}
