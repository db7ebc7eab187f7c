/** A decision: every policy type, its statements and elements, and the context that they were asked with. */
import { h, type Keyed } from "../../dom.ts";
import type { AuthorizeEvidence, Gate, GateState, Outcome, StepOf } from "../../engine.ts";
import type { Session } from "../../session.ts";
import type { State } from "../../state.ts";
import { gateName } from "../gate_name.ts";
import { mark } from "../mark.ts";
import { policyTitle } from "../policy_title.ts";
import { repair } from "../repair.ts";
import { pairs, part } from "./parts.ts";
import { statement } from "./statement.ts";

const GATE_OUTCOMES: Record<GateState, Outcome> = {
  allow: "ok",
  "explicit-deny": "denied",
  "implicit-deny": "denied",
  bypassed: "skipped",
  "not-applicable": "skipped",
};

/** Each part stays where an edit leaves it as it was; the keys of the context seldom change. */
export function authorization(session: Session, state: State, step: StepOf<"authorize">): readonly Keyed[] {
  const { texts } = state;
  const { evidence } = step;
  const { action, resource, decision, context, unsupported: unread } = evidence;
  const titles = state.policies.map(({ policy, pointer, title }) => [policy, pointer, title]);
  const keyed = (make: () => HTMLElement | null, ...shown: readonly unknown[]): Keyed => ({
    key: JSON.stringify([texts.language, shown]),
    make: () => make() ?? h("div", { hidden: true }),
  });
  return [
    keyed(() => pairs([
      [texts.ui("ui.action"), h("code", {}, action)],
      [texts.ui("ui.resource"), h("code", {}, resource)],
      [texts.ui("ui.decision"), h("b", {}, texts.ui(`ui.decision.${decision}`))],
    ]), "pairs", action, resource, decision),
    keyed(() => repair(session, state, step), "repair", state.shown, step.step, session.applied?.code),
    keyed(() => part(texts.ui("ui.gates"), h("div", { class: "gates" }, gates(state, evidence)), absentGates(state, evidence)), "gates", evidence.gates, evidence.explain, evidence.blockedBy, evidence.nearMisses, titles),
    keyed(() => whatIf(session, state, evidence), "what-if", evidence.gates, state.without, titles),
    keyed(() => unsupported(state, evidence), "unsupported", unread, titles),
    keyed(() => part(texts.ui("ui.context"), contextKeys(state, context)), "context", context),
  ];
}

/** Each policy type that has a part in the decision, to be opened. */
export function gates(state: State, evidence: AuthorizeEvidence): readonly HTMLElement[] {
  return gateStates(evidence)
    .filter(([, result]) => result !== "not-applicable")
    .map(([gate, result]) => gateRow(state, evidence, gate, result));
}

function gateStates({ gates }: AuthorizeEvidence): readonly [Gate, GateState][] {
  return Object.entries(gates) as [Gate, GateState][];
}

/** The policy types that have no part in this decision, in one line. */
function absentGates({ texts }: State, evidence: AuthorizeEvidence): HTMLElement | null {
  const names = gateStates(evidence)
    .filter(([, result]) => result === "not-applicable")
    .map(([gate]) => texts.ui(`ui.gate.${gate}`));
  return names.length === 0 ? null : h("p", { class: "aside" }, texts.ui("ui.gates.absent", { gates: names }));
}

function gateRow(state: State, evidence: AuthorizeEvidence, gate: Gate, result: GateState): HTMLElement {
  const { texts } = state;
  const policies = evidence.explain[gate] ?? [];
  const blocks = evidence.blockedBy.includes(gate);
  const outcome = blocks ? "denied" : result === "implicit-deny" ? "skipped" : GATE_OUTCOMES[result];
  const line = [
    mark(outcome),
    h("span", { class: "name" }, gateName(state, evidence, gate)),
    h("span", { class: `tone-${outcome}` }, texts.ui(`ui.gate-result.${result}`)),
  ];
  if (policies.length === 0) {
    return h("div", { class: "gate" }, h("div", { class: "line" }, line));
  }
  return h(
    "details",
    { class: "gate", open: blocks || (result === "allow" && (gate === "identity" || gate === "resource")) },
    h("summary", {}, line),
    h(
      "div",
      { class: "inside" },
      policies.map((policy) => [
        h("div", {}, h("b", {}, policyTitle(state, policy.policy, policy.statements[0]?.pointer))),
        policy.statements.length === 0 ? h("p", {}, texts.ui("ui.statements.none")) : null,
        policy.statements.map((one, at) => statement(state, one, at + 1, evidence.nearMisses)),
      ]),
    ),
  );
}

/** Each policy type as a switch: off, and the command runs as if it were not there. */
function whatIf(session: Session, state: State, evidence: AuthorizeEvidence): HTMLElement | null {
  const { texts, without } = state;
  const gates = gateStates(evidence)
    .filter(([gate, result]) => result !== "not-applicable" || without.includes(gate))
    .map(([gate]) => gate);
  if (gates.length === 0) return null;
  const element = part(
    texts.ui("ui.what-if"),
    h(
      "div",
      { class: "switches", role: "group", "aria-label": texts.ui("ui.what-if") },
      gates.map((gate) => {
        const off = without.includes(gate);
        const next = off ? without.filter((other) => other !== gate) : [...without, gate];
        return h(
          "button",
          { class: "switch", type: "button", "aria-pressed": String(!off), onclick: () => session.suppose({ without: next }) },
          gateName(state, evidence, gate),
        );
      }),
    ),
  );
  element.classList.add("what-if");
  return element;
}

/** What could not be evaluated: it must never pass for a match or a mismatch in silence. */
function unsupported(state: State, { unsupported: all }: AuthorizeEvidence): HTMLElement | null {
  const { texts } = state;
  if (all.length === 0) return null;
  return part(
    texts.ui("ui.unsupported"),
    h(
      "ul",
      { class: "unsupported" },
      all.map(({ policy, pointer, code }) =>
        h("li", { class: "near" }, h("b", {}, policyTitle(state, policy, pointer)), " ", h("code", {}, pointer.split("/").at(-1) ?? ""), ": ", texts.code(`ui.unsupported.${code}`)),
      ),
    ),
  );
}

/** The keys that the request has; those that it has not, with the reason, behind them. */
function contextKeys(state: State, context: AuthorizeEvidence["context"]): readonly HTMLElement[] {
  const all = Object.entries(context);
  const absent = all.filter(([, { values }]) => values == null);
  const list = keyList(state, all.filter(([, { values }]) => values != null));
  if (absent.length === 0) return [list];
  const rest = h("details", { class: "absent-keys" }, h("summary", {}, state.texts.ui("ui.context.absent-keys", { count: absent.length })));
  rest.addEventListener("toggle", () => rest.append(keyList(state, absent)), { once: true });
  return [list, rest];
}

function keyList({ texts }: State, keys: readonly (readonly [string, AuthorizeEvidence["context"][string]])[]): HTMLElement {
  return h(
    "dl",
    { class: "keys" },
    keys.map(([key, { values, origin }]) =>
      h(
        "div",
        { class: values == null ? "absent" : "" },
        h("dt", {}, h("code", {}, key)),
        h("dd", {}, values == null ? texts.ui("ui.context.absent") : h("code", {}, values.join(", ") || '""')),
        h("dd", { class: "origin" }, texts.code(origin)),
      ),
    ),
  );
}
