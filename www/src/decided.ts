/** Which steps a line of a policy decides, from the citations of the trace. */
import { isStep } from "./engine.ts";
import { shownEntry, type State } from "./state.ts";

export function decidedAt(state: State): ReadonlySet<number> {
  const { hovered } = state;
  const policy = hovered && state.policies.find(({ pointer }) => pointer === hovered.pointer);
  if (!hovered || !policy) return new Set();
  const covers = (citation: { policy: string; pointer: string; span?: { start: { line: number }; end: { line: number } } | null }) =>
    citation.policy === policy.policy &&
    citation.pointer.startsWith(policy.pointer) &&
    citation.span != null &&
    citation.span.start.line <= hovered.line &&
    hovered.line <= citation.span.end.line;
  const steps = shownEntry(state)?.trace.steps ?? [];
  return new Set(steps.filter((step) => isStep(step, "authorize") && step.evidence.decidedBy.some(covers)).map(({ step }) => step));
}
