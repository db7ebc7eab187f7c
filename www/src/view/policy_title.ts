/** What a citation's policy is called on the page: its title, else its own name. */
import type { State } from "../state.ts";

export function policyTitle(state: State, policy: string): string {
  return state.policies.find((candidate) => candidate.policy === policy)?.title ?? policy.slice(policy.indexOf("/") + 1);
}
