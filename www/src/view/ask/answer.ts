/** What the engine answers to the form: what the message says, the decision, and the edits that would change it. */
import { h } from "../../dom.ts";
import type { AuthorizeEvidence, DeniedMessage, Gate, Outcome } from "../../engine.ts";
import type { State } from "../../state.ts";
import type { Texts } from "../../texts.ts";
import { difference } from "../difference.ts";
import { gates } from "../evidence/authorization.ts";
import { mark } from "../mark.ts";
import { nearMiss } from "../sentence.ts";

/** A step of a JSON Patch on a policy's document. */
export interface Operation {
  readonly op: "add" | "remove" | "replace";
  readonly path: string;
  readonly value?: unknown;
}

/** An edit of one of the policies, or a policy of its own, that changes the decision. */
export interface Suggestion {
  readonly gate: Gate;
  readonly code: string;
  readonly policy: string | null;
  readonly patch?: readonly Operation[];
  readonly document?: object;
}

export interface Answer extends AuthorizeEvidence {
  readonly error?: { readonly message: string; readonly pointer: string };
  readonly suggestions: readonly Suggestion[];
}

/** A suggestion with the policy's text before it and after each of its operations. */
export interface Drafted {
  readonly suggestion: Suggestion;
  readonly drafts: readonly string[];
}

/** Lines around a change that are shown with it. */
const AROUND = 1;

/** What the pasted text says by itself. */
export function told(texts: Texts, found: DeniedMessage | undefined): readonly HTMLElement[] {
  if (!found) return [h("p", { class: "notice" }, texts.ui("ui.ask.unread"))];
  const { gate, decision, policy, notes } = found;
  return [
    ...(gate && decision ? [h("p", { class: "notice denied" }, texts.ui(decision === "ExplicitDeny" ? "ui.ask.says.explicit" : "ui.ask.says.implicit", { gate: texts.ui(`ui.gate.${gate}`) }), policy ? h("code", {}, policy) : null)] : []),
    ...notes.map((code) => h("p", { class: "notice" }, texts.code(code))),
  ];
}

/** Why there is no decision. */
export function failed(texts: Texts, { message, pointer }: NonNullable<Answer["error"]>): HTMLElement {
  return h("p", { class: "notice denied" }, worded(texts, message), " ", h("code", {}, pointer));
}

/** The decision in a sentence. */
export function decided(texts: Texts, { decision, blockedBy, dependsOn = [] }: Answer): HTMLElement {
  const outcome: Outcome = decision === "Allow" ? "ok" : decision === "Depends" ? "unknown" : "denied";
  const names = (all: readonly Gate[]) => all.map((gate) => texts.ui(`ui.gate.${gate}`));
  const sentence =
    decision === "Allow"
      ? texts.ui("ui.ask.allowed")
      : decision === "Depends"
        ? texts.ui("ui.ask.depends", { policies: names(dependsOn.map(({ gate }) => gate)) })
        : texts.ui("ui.ask.blocked", { gates: names(blockedBy) });
  return h("div", { class: "decided" }, mark(outcome), h("div", {}, h("h3", { class: `tone-${outcome}` }, texts.ui(`ui.decision.${decision}`)), h("p", {}, sentence)));
}

/** What explains the decision. */
export function explained(state: State, answer: Answer): readonly HTMLElement[] {
  const { texts } = state;
  return [
    ...answer.nearMisses.map(({ policy, code }) => h("p", { class: "notice" }, h("b", {}, policy), ": ", nearMiss(texts, code))),
    h("h4", {}, texts.ui("ui.gates")),
    h("div", { class: "gates" }, gates(state, answer)),
  ];
}

/** The edits that would change the decision, each to be made at a click. */
export function suggested(texts: Texts, { decision }: Answer, all: readonly Drafted[], apply: (suggestion: Suggestion) => void): readonly HTMLElement[] {
  if (all.length === 0) return [];
  const items = all.map(({ suggestion, drafts }) =>
    h(
      "div",
      { class: "repair" },
      h(
        "header",
        {},
        h("p", {}, named(texts, suggestion)),
        h("button", { class: "button", type: "button", onclick: () => apply(suggestion) }, texts.ui("ui.repair.apply")),
      ),
      changes(texts, drafts),
    ),
  );
  return [h("h4", {}, texts.ui(decision === "Allow" ? "ui.repair.deny" : "ui.repair.allow")), h("div", { class: "repairs" }, items)];
}

/** The edit that was made last, what it did to the text, and the way back. */
export function applied(texts: Texts, { suggestion, drafts }: Drafted, undo: () => void): HTMLElement {
  return h(
    "div",
    { class: "repair made" },
    h(
      "header",
      {},
      h("p", {}, texts.ui("ui.ask.applied"), " ", named(texts, suggestion)),
      h("button", { class: "button", type: "button", onclick: undo }, texts.ui("ui.repair.undo")),
    ),
    changes(texts, drafts),
  );
}

function named(texts: Texts, { gate, code, policy }: Suggestion): readonly (Node | string)[] {
  return [h("b", {}, policy ?? texts.ui(`ui.gate.${gate}`)), ": ", texts.code(`reason.suggestion.${code}`)];
}

/** The lines that each operation changes. */
function changes(texts: Texts, drafts: readonly string[]): readonly HTMLElement[] {
  const lines = drafts.map((draft) => (draft === "" ? [] : draft.split("\n")));
  return lines.slice(1).map((now, at) => h("figure", {}, h("pre", { tabindex: 0 }, difference(texts, lines[at] ?? [], now, AROUND))));
}

/** An error's message: a key with parameters, of which one may be such a message itself. */
function worded(texts: Texts, message: string): string {
  try {
    const { code, params } = JSON.parse(message) as { code: string; params: Record<string, string> };
    return texts.code(code, "reason" in params ? { ...params, reason: worded(texts, params["reason"] ?? "") } : params);
  } catch {
    return message;
  }
}
