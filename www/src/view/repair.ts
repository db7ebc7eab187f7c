/** The smallest change: the edits that would turn a decision, each with what it does to the text, ready to apply. */
import { h } from "../dom.ts";
import { withParts, type Gate, type ScenarioSuggestion, type StepOf } from "../engine.ts";
import { segments, valueAt } from "../json_patch.ts";
import { diagnosticsOf } from "../refusal.ts";
import type { Session } from "../session.ts";
import { shownEntry, type State } from "../state.ts";
import { difference } from "./difference.ts";
import { gateName } from "./gate_name.ts";
import { part } from "./evidence/parts.ts";
import { policyTitle } from "./policy_title.ts";

/** Milliseconds until suggestions are looked for: they are evaluated one by one, and typing comes first. */
const AFTER = 60;

/** What is longer is broken into lines. */
const LINE = 56;

/** Lines around a change that are shown with it. */
const AROUND = 1;

export function repair(session: Session, state: State, step: StepOf<"authorize">): HTMLElement | null {
  const { texts, entries } = state;
  // The engine remembers the questions of the last command alone.
  if (shownEntry(state) !== entries.at(-1) || step.evidence.decision === "Depends") return null;
  const allowed = step.evidence.decision === "Allow";
  const list = h("div", { class: "repairs", "aria-busy": "true" });
  const element = part(texts.ui(allowed ? "ui.repair.deny" : "ui.repair.allow"), list);
  element.prepend(...takeBack(session, state));
  element.classList.add("mending");
  element.tabIndex = -1;
  const look = async () => {
    if (!element.isConnected) return;
    const found = await withParts(() => repairs(session, state, step));
    if (!element.isConnected) return;
    list.replaceChildren(...found);
    list.removeAttribute("aria-busy");
  };
  const lost = (error: unknown) => {
    list.replaceChildren(...diagnosticsOf(error).map(({ code, params }) => h("p", { class: "notice denied" }, texts.code(code, params))));
    list.removeAttribute("aria-busy");
  };
  setTimeout(() => void look().catch(lost), AFTER);
  return element;
}

/** What was applied last, and the way back. */
function takeBack(session: Session, { texts }: State): readonly HTMLElement[] {
  if (!session.applied) return [];
  const notice = h(
    "div",
    { class: "notice done", role: "status" },
    h("span", { class: "grow" }, texts.ui("ui.repair.applied")),
    h("button", { class: "button", type: "button", onclick: () => session.takeBack() }, texts.ui("ui.repair.undo")),
  );
  return [notice];
}

function repairs(session: Session, state: State, step: StepOf<"authorize">): readonly HTMLElement[] {
  const { texts } = state;
  const { decision, blockedBy } = step.evidence;
  const all = session.ask((sandbox) => sandbox.suggest(step.step)) ?? [];
  const document = session.ask((sandbox) => sandbox.scenario());
  const gates = [...new Set([...blockedBy, ...all.map(({ gate }) => gate)])];
  const said = decision !== "Allow" && blockedBy.length > 1 ? [h("p", { class: "aside" }, texts.ui("ui.repair.each"))] : [];
  if (decision === "Allow" && all.length === 0) return [h("p", { class: "aside" }, texts.ui("ui.repair.none"))];
  return [...said, ...gates.map((gate) => ofGate(gate))];

  function ofGate(gate: Gate): HTMLElement {
    const own = all.filter((suggestion) => suggestion.gate === gate);
    return h(
      "section",
      { class: "repair-gate" },
      h("h5", {}, gateName(state, step.evidence, gate), own.length > 1 && decision !== "Allow" ? h("span", { class: "aside" }, texts.ui("ui.repair.choose")) : null),
      own.length === 0 ? h("p", { class: "aside" }, texts.ui("ui.repair.none")) : null,
      own.map((suggestion) => one(session, state, suggestion, document)),
    );
  }
}

function one(session: Session, state: State, suggestion: ScenarioSuggestion, document: object | undefined): HTMLElement {
  const { texts } = state;
  const { code, policy, patch } = suggestion;
  const title = policy === null ? null : policyTitle(state, policy, patch[0]?.path);
  return h(
    "div",
    { class: "repair", "data-code": code },
    h(
      "header",
      {},
      h("p", {}, title === null ? null : [h("b", {}, title), ": "], texts.code(`reason.suggestion.${code}`)),
      state.readonly ? null : h("button", { class: "button", type: "button", onclick: () => session.apply(suggestion) }, texts.ui("ui.repair.apply")),
    ),
    patch.map(({ op, path, value }) => h("figure", {}, h("figcaption", {}, place(state, path)), h("pre", { tabindex: 0 }, difference(texts, lines(op === "add" && path.endsWith("/-") ? undefined : valueAt(document, path)), lines(value), AROUND)))),
  );
}

/** `Statement 1 › Action`, or where a new resource goes. */
function place({ texts, policies }: State, path: string): string {
  const policy = policies.find(({ pointer }) => path === pointer || path.startsWith(`${pointer}/`));
  const keys = segments(policy ? path.slice(policy.pointer.length) : path.replace(/^.*?\/Resources/, "")).filter((key) => key !== "-");
  const [first, number, ...rest] = keys;
  if (policy && first === "Statement" && number !== undefined && /^\d+$/.test(number)) {
    return [texts.ui("ui.statement", { number: Number(number) + 1 }), ...rest].join(" › ");
  }
  return keys.join(" › ") || (policy?.title ?? path);
}

function lines(value: unknown): readonly string[] {
  return value === undefined ? [] : fitted(value, "").split("\n");
}

/** JSON in which what is short stands on one line. */
function fitted(value: unknown, indent: string): string {
  const whole = JSON.stringify(value, null, 1).replace(/\n\s*/g, " ").replace(/([{[]) /g, "$1").replace(/ ([}\]])/g, "$1");
  if (typeof value !== "object" || value === null || whole.length + indent.length <= LINE) return whole;
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => inner + fitted(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${fitted(item, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${items.join(",\n")}\n${indent}${close}`;
}
