/** What the engine throws, as problems to show. */
import type { Diagnostic } from "./engine.ts";

const START = { line: 1, column: 1 };

/** One problem of the document as a whole. */
export function problem(code: string, params: Record<string, string> = {}): Diagnostic {
  return { severity: "error", code, params, pointer: "", start: START, end: START };
}

/** The diagnostics of a refusal; of anything else that was thrown, one that says it. */
export function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  if (typeof error === "object" && error !== null) {
    if ("diagnostics" in error && Array.isArray(error.diagnostics)) return error.diagnostics;
    if ("code" in error && typeof error.code === "string") return [problem(error.code)];
  }
  if (error instanceof WebAssembly.RuntimeError) return [problem("ui.refused.stopped", { reason: error.message })];
  return [problem("ui.refused.unreadable", { reason: error instanceof Error ? error.message : String(error) })];
}

/** Whether it is the program that failed, rather than what it was given. */
export function isOfProgram({ code }: Diagnostic): boolean {
  return code === "diagnostic.needs" || code === "ui.refused.stopped";
}
