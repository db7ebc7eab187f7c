/** What a step says: of a provider that was passed over the reason, of all others what happened. */
import { isStep, type Step } from "../engine.ts";
import type { Texts } from "../texts.ts";

export function sentence(texts: Texts, step: Step): string {
  const reason = isStep(step, "credentials") ? step.evidence.reason : undefined;
  return texts.code(reason ?? step.code, step.params);
}

/** The reason of a near miss, from the engine's bare code. */
export function nearMiss(texts: Texts, code: string): string {
  return texts.code(`reason.near-miss.${code}`);
}
