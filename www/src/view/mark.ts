/** The mark of an outcome: circle, octagon, triangle, diamond or dashed ring, with a number or a sign inside. */
import { s } from "../dom.ts";
import type { Outcome } from "../engine.ts";

const SHAPES: Record<Outcome, string> = {
  ok: "M12 1a11 11 0 1 0 0 22 11 11 0 1 0 0-22z",
  denied: "M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z",
  error: "M10.3 1.6a2 2 0 0 1 3.4 0l9.8 17.9a2 2 0 0 1-1.7 3H2.2a2 2 0 0 1-1.7-3z",
  unknown: "M12 .6 23.4 12 12 23.4.6 12z",
  skipped: "M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20z",
};

const SIGNS: Record<Outcome, string> = { ok: "✓", denied: "✕", error: "!", unknown: "?", skipped: "–" };

/** Decoration: what it says must also stand in text beside it. */
export function mark(outcome: Outcome, label: string | number = SIGNS[outcome]): SVGSVGElement {
  const y = outcome === "error" ? 15 : 12.5;
  return s(
    "svg",
    { class: `mark ${outcome}`, viewBox: "0 0 24 24", "aria-hidden": "true" },
    s("path", { class: "shape", d: SHAPES[outcome] }),
    s("text", { x: 12, y }, label),
  );
}

export function markPath(outcome: Outcome): string {
  return SHAPES[outcome];
}
