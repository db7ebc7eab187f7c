/** The policies that the reader pasted, a row each, and the engine's edits of them. */
import { h } from "../../dom.ts";
import type { Engine, Gate } from "../../engine.ts";
import type { Texts } from "../../texts.ts";
import type { Operation, Suggestion } from "./answer.ts";

const GATES: readonly Gate[] = ["identity", "resource", "boundary", "session", "scp", "rcp", "vpc-endpoint"];

/** Policy types of which a request meets one: several would be a question that nobody can answer. */
const ONE: readonly Gate[] = ["boundary", "resource"];

/** A text field takes no more. */
export const MOST = 64 * 1024;

/** What stands in a row. */
export interface Pasted {
  readonly gate: Gate;
  readonly text: string;
  /** The reader can't see this policy. */
  readonly unknown: boolean;
}

interface Row {
  readonly element: HTMLElement;
  readonly gate: HTMLSelectElement;
  readonly text: HTMLTextAreaElement;
  readonly unknown: HTMLInputElement;
}

export class PolicyRows {
  readonly element = h("div", { class: "asked-policies" });
  private rows: Row[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly texts: () => Texts,
    /** Called when the reader changed something. */
    private readonly typed: () => void,
  ) {}

  get all(): readonly Pasted[] {
    return this.rows.map(({ gate, text, unknown }) => ({ gate: gate.value as Gate, text: text.value, unknown: unknown.checked }));
  }

  /** Shows these policies, in the language that is in use. */
  show(all: readonly Pasted[]): void {
    this.rows = [];
    this.element.replaceChildren();
    for (const one of all) this.add(one);
  }

  /** A row for a policy of this type, unless there is one; other types have none. */
  askFor(gate: Gate): void {
    if (GATES.includes(gate) && !this.all.some((one) => one.gate === gate)) this.add({ gate, text: "", unknown: false });
  }

  add(pasted: Pasted = { gate: "identity", text: "", unknown: false }): void {
    const texts = this.texts();
    const gate = h("select", { class: "select", "aria-label": texts.ui("ui.ask.kind") }, GATES.map((one) => h("option", { value: one }, texts.ui(`ui.gate.${one}`))));
    const text = h("textarea", { rows: 7, maxlength: MOST, spellcheck: "false", "aria-label": texts.ui("ui.ask.policy"), placeholder: '{"Version": "2012-10-17", "Statement": [ … ]}' });
    const unknown = h("input", { type: "checkbox" });
    const remove = h("button", { class: "button quiet", type: "button", "aria-label": texts.ui("ui.ask.remove") }, "✕");
    const element = h("div", { class: "policy-row" }, h("div", { class: "row" }, gate, h("label", { class: "check" }, unknown, texts.ui("ui.ask.unknown")), h("span", { class: "grow" }), remove), text);
    gate.value = pasted.gate;
    text.value = pasted.text;
    text.hidden = unknown.checked = pasted.unknown;
    const row = { element, gate, text, unknown };
    remove.addEventListener("click", () => {
      this.rows = this.rows.filter((one) => one !== row);
      element.remove();
      this.typed();
    });
    gate.addEventListener("change", this.typed);
    text.addEventListener("input", this.typed);
    unknown.addEventListener("change", () => {
      text.hidden = unknown.checked;
      this.typed();
    });
    this.rows.push(row);
    this.element.append(element);
  }

  /** Policy types of which more stand here than a request meets. */
  get tooMany(): readonly Gate[] {
    return ONE.filter((gate) => this.filled(gate).length > 1);
  }

  /** Of SCPs and RCPs those of which several stand here, which are read as attached to one level. */
  get levelled(): readonly Gate[] {
    return (["scp", "rcp"] as const).filter((gate) => this.filled(gate).length > 1);
  }

  /** The policies as the engine takes them: their texts, so that places in them are exact. */
  asked(): object {
    const of = (gate: Gate) =>
      this.filled(gate).map((row) => {
        const name = this.nameOf(row);
        return row.unknown.checked ? { name, unknown: true } : { name, document: row.text.value };
      });
    const levels = (gate: Gate) => (of(gate).length > 0 ? [{ target: "root", policies: of(gate) }] : undefined);
    const [boundary, resource] = [of("boundary")[0], of("resource")[0]];
    const asked = { identity: of("identity"), session: of("session"), vpcEndpoint: of("vpc-endpoint"), boundary, resource, scp: levels("scp"), rcp: levels("rcp") };
    return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)));
  }

  /** The text of the policy that a suggestion names, before it and after each of its operations. */
  drafts({ policy, patch = [], document }: Suggestion): readonly string[] {
    if (document !== undefined) return ["", JSON.stringify(document, null, 2)];
    const drafts = [this.rows.find((row) => this.nameOf(row) === policy)?.text.value ?? ""];
    for (const operation of patch) drafts.push(this.patched(drafts.at(-1) ?? "", operation));
    return drafts;
  }

  /** Does what a suggestion says to the policy that it names, or to an empty row. */
  apply(suggestion: Suggestion): void {
    const { gate, policy, document } = suggestion;
    const text = this.drafts(suggestion).at(-1) ?? "";
    const empty = (row: Row) => row.gate.value === gate && row.text.value.trim() === "" && !row.unknown.checked;
    const row = this.rows.find((one) => (document === undefined ? this.nameOf(one) === policy : empty(one)));
    if (row) row.text.value = text;
    else if (document !== undefined) this.add({ gate, text, unknown: false });
  }

  /** Without a document a policy is detached: nothing of it stays. */
  private patched(text: string, operation: Operation): string {
    return operation.op === "remove" && operation.path === "" ? "" : this.engine.patchPolicy(text, [operation]);
  }

  private nameOf(row: Row): string {
    return `${this.texts().ui(`ui.gate.${row.gate.value as Gate}`)} ${this.rows.indexOf(row) + 1}`;
  }

  private filled(gate: Gate): readonly Row[] {
    return this.rows.filter((row) => row.gate.value === gate && (row.unknown.checked || row.text.value.trim() !== ""));
  }
}
