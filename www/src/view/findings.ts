/** The problems of a text as a list: severity by shape and word, place, sentence, and AWS's code. */
import { h } from "../dom.ts";
import type { Outcome, Position } from "../engine.ts";
import type { Texts } from "../texts.ts";
import { mark } from "./mark.ts";

/** A problem in words; without a place it isn't in this text. */
export interface Listed {
  readonly severity: "error" | "warning" | "info";
  readonly source: string;
  readonly message: string;
  readonly start?: Position;
}

interface List {
  readonly notice: HTMLElement | null;
  readonly faults: readonly Listed[];
  goTo(position: Position): void;
}

/** Shapes that differ without colour: octagon, triangle, circle. */
const SHAPES: Record<Listed["severity"], Outcome> = { error: "denied", warning: "error", info: "ok" };
const SIGNS: Record<Listed["severity"], string> = { error: "✕", warning: "!", info: "i" };

/** More than these would make the page slow, and who has mended the first ones sees the next. */
const MOST = 100;

/** What each list says now. */
const drawn = new WeakMap<HTMLElement, string>();

/** Draws the list anew where it says something else; a screen reader hears what is new. */
export function problemsList(element: HTMLElement, texts: Texts, { notice, faults, goTo }: List): void {
  const now = JSON.stringify([texts.language, notice !== null, faults]);
  if (drawn.get(element) === now) return;
  drawn.set(element, now);
  const more = faults.length > MOST ? [h("p", { class: "aside" }, texts.ui("ui.problem.more", { count: faults.length - MOST }))] : [];
  element.hidden = faults.length === 0 && notice === null;
  element.replaceChildren(...(notice ? [notice] : []), ...faults.slice(0, MOST).map(item), ...more);

  function item({ severity, source, message, start }: Listed): HTMLElement {
    const shape = mark(SHAPES[severity], SIGNS[severity]);
    if (severity === "info") shape.classList.add("info");
    return h(
      "button",
      { class: `problem ${severity}`, type: "button", onclick: () => start && goTo(start) },
      shape,
      h(
        "span",
        { class: "what" },
        source === "" ? null : h("span", { class: "source" }, source, start ? [" · ", h("span", { class: "at" }, texts.ui("ui.problem.at", { line: start.line, column: start.column }))] : null),
        h("span", { class: "said" }, message),
      ),
    );
  }
}
