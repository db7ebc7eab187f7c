/** What a policy type is called: a role's trust policy is the resource-based policy of sts:AssumeRole. */
import type { AuthorizeEvidence, Gate } from "../engine.ts";
import type { State } from "../state.ts";

export function gateName({ texts, policies }: State, evidence: AuthorizeEvidence, gate: Gate): string {
  const explained = gate === "resource" ? evidence.explain.resource : undefined;
  const trusts = explained?.some(({ policy, statements }) =>
    policies.some((one) => one.kind === "trust" && one.policy === policy && statements.every(({ pointer }) => pointer.startsWith(one.pointer))),
  );
  return texts.ui(trusts ? "ui.gate.trust" : `ui.gate.${gate}`);
}
