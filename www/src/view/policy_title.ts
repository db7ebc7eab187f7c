/** What a citation's policy is called on the page: its title, else its own name. */
import type { State } from "../state.ts";

export function policyTitle({ policies }: State, policy: string, pointer = ""): string {
  const named = policies.filter((candidate) => candidate.policy === policy);
  const found = named.find((candidate) => pointer.startsWith(candidate.pointer)) ?? named[0];
  return found?.title ?? policy.slice(policy.indexOf("/") + 1);
}
