/** One reader's session with one engine: every action goes to the engine, every answer into the store. */
import { waitedFor } from "./busy.ts";
import { appended, entryOf, ranAgain } from "./console_log.ts";
import type { Drafts } from "./drafts.ts";
import { missingPart, withParts } from "./engine.ts";
import type { Engine, OpenedLink, RunResult, Sandbox, ScenarioSuggestion, Trace } from "./engine.ts";
import { LessonProgress } from "./lesson_progress.ts";
import { asOpened, readLink, reseeded } from "./opening.ts";
import { Past, takeBack, type Applied } from "./past.ts";
import { diagnosticsOf, problem } from "./refusal.ts";
import { dataName, revisionOf, scenarioText } from "./scenarios.ts";
import { shownEntry, type Draft, type ScenarioDocument, type State, type View } from "./state.ts";
import { kept, Store } from "./store.ts";
import { decidingStep } from "./verdict.ts";
import { differing, traceIn, type Did, type Version } from "./versions.ts";

export class Session {
  readonly store: Store<State>;
  private sandbox: Sandbox | undefined;
  private nextEntry = 1;
  private chosen = "";
  private opened: string | object = "";
  /** The text of the built-in scenario that this one began as. */
  private original: string | undefined;
  /** Edits to take back. */
  private readonly past = new Past();
  /** What has been done since the scenario was opened, in order. */
  private did: Did[] = [];
  private readonly progress: LessonProgress;

  constructor(
    /** What it can answer without a scenario. */
    readonly engine: Engine,
    initial: State,
    /** The reader's own edits of built-in scenarios, where the page keeps them. */
    private readonly drafts?: Drafts,
  ) {
    this.store = new Store(initial);
    this.progress = new LessonProgress(this.store, () => this.sandbox, () => ({ did: this.did, opened: this.original ?? this.openedText }));
    this.store.subscribe(({ texts }) => (texts.lacking ??= () => void this.allTexts()));
  }

  /** Whether edits are kept for the next visit: so it is on the full page alone. */
  get isKept(): boolean {
    return this.drafts !== undefined;
  }

  /** Loads the sentences that come on need. */
  async allTexts(): Promise<void> {
    const { texts } = this.store.state;
    const whole = await texts.completed();
    if (this.store.state.texts === texts && whole !== texts) this.store.update({ texts: whole });
  }

  /** Opens a built-in scenario, with the reader's own edits. The last choice wins when two loads overlap. */
  async choose(id: string): Promise<void> {
    this.chosen = id;
    const text = await waitedFor(scenarioText(id));
    if (this.chosen !== id) return;
    if (text === undefined) return this.refused({ diagnostics: [problem("ui.refused.unknown", { id })] });
    this.engine.provide(dataName(id, revisionOf(id)), new TextEncoder().encode(text));
    const edited = this.drafts?.recall(id);
    if (edited === undefined || !this.open(edited, id)) this.open(text, id);
    this.original = text;
  }

  /** Opens a document; a refused one leaves the session as it was, with the reasons in `loading`. */
  open(scenario: string | object, id: string | null = null): boolean {
    try {
      this.take(new this.engine(scenario), scenario, id);
      return true;
    } catch (error) {
      this.refused(error);
      return false;
    }
  }

  /** Opens what a link carries. A link that can't be opened leaves everything as it was, and says why. */
  async openLink(fragment: string): Promise<Pick<OpenedLink, "view" | "lang"> | undefined> {
    const link = await readLink(this.engine, fragment).catch((error: unknown) => this.refused(error));
    if (!link) return undefined;
    const { sandbox, builtIn, ran, step, agrees, verdict } = link;
    const current = builtIn != null && builtIn.revision === revisionOf(builtIn.id) ? builtIn.id : null;
    this.take(sandbox, sandbox.text(), current);
    this.original = current === null ? undefined : await scenarioText(current);
    for (const result of ran) this.log(result);
    this.did = ran.map(({ trace: { command, host } }) => ({ command, host }));
    this.store.update({ fromLink: true, differs: agrees ? null : (verdict ?? null) });
    this.progress.look();
    if (step != null) this.step(step);
    return link;
  }

  /** A link's fragment: scenario, edits, commands, and what is seen. Nothing, with the reason in `loading`, where the
   * engine can't make one. */
  share(view: View): string {
    const { scenarioId, step, texts } = this.store.state;
    const builtIn = scenarioId === null ? undefined : { id: scenarioId, revision: revisionOf(scenarioId) };
    try {
      return this.sandbox?.share({ step: step || undefined, view, lang: texts.language, builtIn }) ?? "";
    } catch (error) {
      this.refused(error);
      return "";
    }
  }

  /** The built-in scenario, if it stands as it was written. */
  unedited(): string | null {
    const { scenarioId, text } = this.store.state;
    return text === this.original ? scenarioId : null;
  }

  /** Runs a command on a host and shows its trace. */
  run(command: string, host = this.store.state.host): Promise<void> {
    return this.whole(() => {
      const result = this.execute(command, host);
      if (!result) return;
      this.store.update({ host, clock: this.sandbox?.clock() ?? 0 });
      this.did.push({ command, host });
      this.log(result);
      this.progress.look();
    });
  }

  /** Runs the scenario's commands in order and shows the last. */
  async runAll(): Promise<void> {
    for (const { command, on } of this.store.state.document.run ?? []) if (command !== undefined) await this.run(command, on);
  }

  /** Puts a policy's text in force and runs the shown command again; a broken text is kept as a draft.
   * An empty pointer means the whole scenario. */
  setPolicy(pointer: string, text: string): void {
    void this.whole(() => this.putInForce(pointer, text));
  }

  private putInForce(pointer: string, text: string): void {
    if (!this.sandbox) return;
    const { drafts, policies, text: whole } = this.store.state;
    const before = pointer === "" ? whole : policies.find((policy) => policy.pointer === pointer)?.text;
    try {
      if (pointer === "") this.rewrite(text);
      else this.sandbox.setPolicy(pointer, text);
    } catch (error) {
      if (missingPart(error) !== undefined) throw error;
      this.store.update({ drafts: new Map<string, Draft>([...drafts, [pointer, { text, diagnostics: diagnosticsOf(error) }]]) });
      return;
    }
    if (before !== undefined && before !== text) this.past.typed(pointer, before, whole);
    this.changed(drafts.has(pointer) ? new Map([...drafts].filter(([other]) => other !== pointer)) : drafts);
  }

  /** Asks the engine about the scenario as it stands; undefined before there is one. */
  ask<T>(question: (sandbox: Sandbox) => T): T | undefined {
    return this.sandbox && question(this.sandbox);
  }

  /** Applies an edit of the scenario as one step, and runs the shown command again. */
  apply({ code, patch }: ScenarioSuggestion): void {
    const before = this.ask((sandbox) => ({ document: sandbox.scenario(), policies: sandbox.policies() }));
    if (!before) return;
    void this.whole(() => {
      this.sandbox?.patch([...patch]);
      this.past.applied({ code, patch, ...before });
      this.changed(this.store.state.drafts);
    });
  }

  /** The edit that was applied last, if none came after it. */
  get applied(): Applied | undefined {
    return this.past.lastApplied;
  }

  /** Takes the last edit back, and runs the shown command again; policies get their text back as it was written. */
  takeBack(): void {
    const { sandbox } = this;
    const edit = this.past.pop();
    if (!edit || !sandbox) return;
    try {
      if (edit.kind === "applied") takeBack(sandbox, edit);
      else if (edit.pointer === "") this.rewrite(edit.before);
      else sandbox.setPolicy(edit.pointer, edit.before);
    } catch {
      // What stood there is gone since: there is nothing left to take back.
      this.past.clear();
    }
    void this.whole(() => this.changed(new Map()));
  }

  /** Gives up a refused text and goes back to the one in force. */
  dropDraft(pointer: string): void {
    const drafts = new Map(this.store.state.drafts);
    if (drafts.delete(pointer)) this.store.update({ drafts });
  }

  /** Applies the solution of a lesson's entry, step by step. */
  async solve(entry: number): Promise<void> {
    this.past.typed("", this.store.state.text, this.store.state.text);
    for (const { patch, command, on, advanceClock } of this.store.state.document.lesson?.[entry]?.solution ?? []) {
      if (patch) await this.whole(() => this.sandbox?.patch([...patch]));
      else if (command !== undefined) await this.run(command, on);
      else if (advanceClock !== undefined) this.moveClock(advanceClock);
    }
    await this.whole(() => this.changed(new Map()));
  }

  /** Takes these policy types and policies (by pointer) for absent, and these policies for ones that can't be seen, and
   * all others as they are; runs the shown command again. */
  suppose(what: Partial<Pick<State, "without" | "unseen">>): void {
    const { without, unseen } = { ...this.store.state, ...what };
    void this.whole(() => {
      this.sandbox?.without([...without]);
      this.sandbox?.unseen([...unseen]);
      this.store.update({ without, unseen, ...this.runAgain() });
    });
  }

  /** Moves the clock and runs the shown command once more: keys expire, sessions are renewed. */
  advanceClock(seconds: number): void {
    const { host, command } = shownEntry(this.store.state) ?? {};
    this.moveClock(seconds);
    if (command !== undefined) void this.run(command, host);
  }

  /** Opens a policy's text. */
  openPolicy(pointer: string): void {
    this.store.update({ opened: { pointer } });
  }

  /** The shown command's trace if `text` were the scenario; undefined where that doesn't load. */
  inVersion(text: string): Trace | undefined {
    const shown = shownEntry(this.store.state);
    return shown && traceIn(this.engine, text, this.did, shown);
  }

  /** Texts that the scenario had before: as opened, as published, before the last edit; each that differs, once. */
  versions(): readonly Version[] {
    const { text } = this.store.state;
    return differing(text, [
      { name: "opened", text: this.openedText },
      { name: "published", text: this.original ?? text },
      { name: "before", text: this.past.wholeBefore ?? text },
    ]);
  }

  private moveClock(seconds: number): void {
    this.sandbox?.advanceClock(seconds);
    this.did.push({ seconds });
    this.store.update({ clock: this.sandbox?.clock() ?? 0 });
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

  /** Lights the steps that a line of a policy decides. */
  hover(hovered: State["hovered"]): void {
    const before = this.store.state.hovered;
    if (before?.pointer !== hovered?.pointer || before?.line !== hovered?.line) this.store.update({ hovered });
  }

  /** A small scenario to begin from, with ids of its own. */
  async begin(): Promise<void> {
    const { default: text } = await import("./starter.json?raw");
    this.open(reseeded(this.engine, text, (title) => title));
  }

  /** The scenario as it stands, as the reader's own, with ids of its own. */
  duplicate(): void {
    const { texts, text } = this.store.state;
    this.open(reseeded(this.engine, text, (title) => texts.ui("ui.duplicate.title", { title: texts.localized(title) })));
  }

  /** The scenario as it was first opened, edits and shells gone. */
  async reset(): Promise<void> {
    const { scenarioId } = this.store.state;
    if (scenarioId === null) return void this.open(this.opened);
    this.drafts?.forget(scenarioId);
    await this.choose(scenarioId);
  }

  /** Forgets which parts of lessons were done, here and on earlier visits. */
  forgetProgress(): void {
    this.drafts?.forgetFinished();
    this.store.update({ finished: new Set() });
  }

  clearLog(): void {
    this.store.update({ entries: [], shown: null, step: 0 });
  }

  /** Puts away what was refused. */
  dismiss(): void {
    this.store.update({ loading: { status: "ready" }, differs: null });
  }

  private take(sandbox: Sandbox, opened: string | object, id: string | null): void {
    const fresh = asOpened(sandbox, id, id === null ? [] : this.drafts?.finished(id));
    this.sandbox?.free();
    this.sandbox = sandbox;
    this.opened = opened;
    this.original = undefined;
    this.chosen = id ?? "";
    this.past.clear();
    this.did = [];
    this.progress.stop();
    this.store.update(fresh);
  }

  /** Says what could not be done, and why; all else stays as it was. */
  refused(error: unknown): void {
    this.store.update({ loading: { status: "refused", diagnostics: diagnosticsOf(error) } });
  }

  /** Does `work` when all is there that it needs; where that can't be loaded, says so. */
  private async whole(work: () => void): Promise<void> {
    try {
      await withParts(work);
    } catch (error) {
      this.refused(error);
    }
  }

  private get openedText(): string {
    return typeof this.opened === "string" ? this.opened : JSON.stringify(this.opened, null, 2);
  }

  private execute(command: string, host: string, how: "run" | "runAgain" = "run"): RunResult | undefined {
    const known = this.store.state.hosts.some(({ name }) => name === host);
    return this.sandbox && known && command.trim() !== "" ? this.sandbox[how](command, host) : undefined;
  }

  private log(result: RunResult): void {
    this.store.update(appended(this.store.state, entryOf(this.nextEntry++, result, false)));
  }

  /** Another text of the whole scenario: a fresh load, in which the console's log stays. */
  private rewrite(text: string): void {
    const sandbox = new this.engine(text);
    // A policy that was left out or unseen may be gone with the text.
    const known = (name: string) => !name.startsWith("/") || sandbox.policies().some(({ pointer }) => pointer === name);
    const [without, unseen] = [this.store.state.without.filter(known), this.store.state.unseen.filter(known)];
    sandbox.without(without);
    sandbox.unseen(unseen);
    this.sandbox?.free();
    this.sandbox = sandbox;
    const hosts = sandbox.hosts();
    const host = hosts.some(({ name }) => name === this.store.state.host) ? this.store.state.host : (hosts[0]?.name ?? "");
    this.store.update({ document: sandbox.scenario() as ScenarioDocument, hosts, host, without, unseen, clock: sandbox.clock() });
  }

  /** Reads what an edit may have changed, and runs the shown command again. */
  private changed(drafts: ReadonlyMap<string, Draft>): void {
    const { sandbox } = this;
    if (!sandbox) return;
    const { policies, places, warnings } = this.store.state;
    this.store.update({
      drafts,
      undoable: this.past.some,
      policies: kept(policies, sandbox.policies()),
      places: kept(places, sandbox.places()),
      text: sandbox.text(),
      warnings: kept(warnings, sandbox.diagnostics()),
      ...this.runAgain(),
    });
    this.progress.lookSoon();
  }

  /** After an edit: the shown command once more. */
  private runAgain(): Partial<State> {
    const before = shownEntry(this.store.state);
    const result = before && this.execute(before.command, before.host, "runAgain");
    return result ? ranAgain(this.store.state, before, entryOf(this.nextEntry++, result, true)) : {};
  }
}
