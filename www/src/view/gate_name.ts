/** What a policy type is, and is called: a role's trust policy is the resource-based policy of sts:AssumeRole. */
import type { AuthorizeEvidence, Gate } from "../engine.ts";
import type { State } from "../state.ts";

export function gateName(state: State, evidence: AuthorizeEvidence, gate: Gate): string {
  return state.texts.ui(`ui.gate.${gateKind(state, evidence, gate)}`);
}

export function gateKind({ policies }: State, evidence: AuthorizeEvidence, gate: Gate): Gate | "trust" {
  const explained = gate === "resource" ? evidence.explain.resource : undefined;
  const trusts = explained?.some(({ policy, statements }) =>
    policies.some((one) => one.kind === "trust" && one.policy === policy && statements.every(({ pointer }) => pointer.startsWith(one.pointer))),
  );
  // Where the trust policy is left out no statement of it tells.
  const left = gate === "resource" && explained === undefined && evidence.action === "sts:AssumeRole";
  return trusts || left ? "trust" : gate;
}
