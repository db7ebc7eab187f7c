/** What a step says: of a provider that was passed over the reason, of a denial the policy types that deny and how,
 * of what can't be told what it hangs on, of all others what happened. */
import { isStep, type Step } from "../engine.ts";
import type { State } from "../state.ts";
import type { Texts } from "../texts.ts";
import { gateKind } from "./gate_name.ts";
import { policyTitle } from "./policy_title.ts";

export function sentence(state: State, step: Step): string {
  const { texts } = state;
  const reason = isStep(step, "credentials") ? step.evidence.reason : undefined;
  return denial(state, step) ?? dependence(state, step) ?? texts.code(reason ?? step.code, step.params);
}

function denial(state: State, step: Step): string | undefined {
  if (!isStep(step, "authorize")) return undefined;
  const { decision, blockedBy, gates } = step.evidence;
  if (decision !== "ExplicitDeny" && decision !== "ImplicitDeny") return undefined;
  const wanted = decision === "ExplicitDeny" ? "explicit-deny" : "implicit-deny";
  // A Deny is the reason, whatever else doesn't allow.
  const reasons = blockedBy
    .filter((gate) => gates[gate] === wanted || gate === "s3-block-public-access")
    .map((gate) => state.texts.code(`ui.denied.${gate === "s3-block-public-access" ? "" : `${wanted}.`}${gateKind(state, step.evidence, gate)}`));
  return reasons.length === 0 ? undefined : state.texts.ui("ui.denied", { ...step.params, reasons });
}

/** On which policies a decision hangs, by their titles. */
function dependence(state: State, step: Step): string | undefined {
  if (!isStep(step, "authorize") || step.evidence.decision !== "Depends") return undefined;
  const policies = (step.evidence.dependsOn ?? []).map(({ policy, pointer }) => policyTitle(state, policy, pointer));
  return state.texts.code(step.code, { ...step.params, policies });
}

/** The reason of a near miss, from the engine's bare code. */
export function nearMiss(texts: Texts, code: string): string {
  return texts.code(`reason.near-miss.${code}`);
}
