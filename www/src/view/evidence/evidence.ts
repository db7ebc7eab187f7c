/** A step's evidence: the bytes, hops, keys and statements behind its one sentence. */
import { h, type Child, type Keyed } from "../../dom.ts";
import { isStep, type Place, type Step } from "../../engine.ts";
import type { Session } from "../../session.ts";
import type { State } from "../../state.ts";
import { mark } from "../mark.ts";
import { authorization } from "./authorization.ts";
import { credentials } from "./credentials.ts";
import { exchange } from "./http.ts";
import { route } from "./route.ts";
import { signature } from "./signature.ts";
import { sentence } from "../sentence.ts";

/** The parts of a step's evidence, in order. */
export function evidence(session: Session, state: State, step: Step): readonly Keyed[] {
  const { texts } = state;
  const said = sentence(state, step);
  const head = () => h(
    "header",
    {},
    mark(step.outcome, step.step),
    h(
      "div",
      {},
      h("div", { class: "kind" }, texts.ui(`ui.kind.${step.kind}`), " · ", h("span", { class: `tone-${step.outcome}` }, texts.ui(`ui.outcome.${step.outcome}`))),
      h("h3", {}, said),
      h("div", { class: "ends" }, end(state, step.from), sameEnd(step) ? null : [" → ", end(state, step.to)], " · ", h("time", { datetime: step.at }, clock(step.at))),
    ),
  );
  const key = JSON.stringify([texts.language, step.step, step.kind, step.outcome, said, step.from, step.to, step.at]);
  return [{ key, make: head }, ...parts(session, state, step)];
}

function end({ texts }: State, { kind, id }: Place): Child {
  return [texts.ui(`ui.node.${kind}`), id ? [" ", h("code", {}, id)] : null];
}

function sameEnd({ from, to }: Step): boolean {
  return from.kind === to.kind && from.id === to.id;
}

/** `2026-01-07T09:00:00Z` as date and time of the scenario's clock. */
function clock(at: string): string {
  return at.replace("T", " ").replace("Z", " UTC");
}

function parts(session: Session, state: State, step: Step): readonly Keyed[] {
  if (isStep(step, "authorize")) return authorization(session, state, step);
  return [{
    key: JSON.stringify([state.texts.language, step.kind, step.evidence]),
    make: () => h("div", { class: "parts" }, whole(state, step)),
  }];
}

function whole(state: State, step: Step): readonly (Node | null)[] {
  if (isStep(step, "credentials")) return credentials(state, step);
  if (isStep(step, "route")) return route(state, step.evidence);
  if (isStep(step, "sign", "authenticate")) return signature(state, step.evidence);
  if (isStep(step, "imds", "sts", "respond")) return exchange(state, step.evidence);
  return [];
}
