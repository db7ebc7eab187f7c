/** The step that a reader wants to see first, and the headline of a trace: both read from the trace's outcomes. */
import { isStep, type Step, type StepOf, type Trace } from "./engine.ts";

/** The authorization that settled a trace: the first denied one, else the last. */
export function settlingAuthorization(trace: Trace): StepOf<"authorize"> | undefined {
  const all = trace.steps.filter((step) => isStep(step, "authorize"));
  return all.find((step) => step.outcome === "denied" || step.outcome === "unknown") ?? all.at(-1);
}

/** The step to open first: the first that stopped the request, else the last authorization, else the last step. */
export function decidingStep(trace: Trace): Step | undefined {
  const stopped = trace.steps.filter((step) => ["denied", "error", "unknown"].includes(step.outcome));
  return (
    stopped.find((step) => step.kind === "authorize") ??
    stopped.find((step) => step.kind !== "respond") ??
    stopped[0] ??
    trace.steps.filter((step) => step.kind === "authorize").at(-1) ??
    trace.steps.at(-1)
  );
}
