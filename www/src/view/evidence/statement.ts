/** One statement: what each of its elements was asked, and whether it matched. */
import { h, type Child } from "../../dom.ts";
import type { NearMiss, StatementMatch } from "../../engine.ts";
import type { State } from "../../state.ts";
import { nearMiss } from "../sentence.ts";

export function statement(state: State, one: StatementMatch, number: number, misses: readonly NearMiss[]): HTMLElement {
  const { texts } = state;
  const near = misses.filter(({ pointer }) => pointer === one.pointer || pointer.startsWith(`${one.pointer}/`));
  return h(
    "div",
    { class: `statement ${one.matched ? one.effect.toLowerCase() : ""}` },
    h(
      "header",
      {},
      h("span", { class: "sid" }, one.sid ?? texts.ui("ui.statement", { number })),
      h("code", {}, one.effect),
      h("span", { class: one.matched ? "tone-ok" : "tone-skipped" }, texts.ui(one.matched ? "ui.statement.matched" : "ui.statement.unmatched")),
    ),
    one.elements.map(({ element, matched, asked, against }) =>
      row(matched, h("b", {}, element), [
        h("span", { class: "asked" }, texts.ui("ui.element.asked"), " ", code(asked)),
        h("div", {}, texts.ui("ui.element.against"), " ", code(against)),
      ]),
    ),
    one.conditions.map(({ operator, key, values, actual, matched }) =>
      row(matched, [h("b", {}, operator), " ", h("code", {}, key)], [
        h("span", { class: "asked" }, texts.ui("ui.element.asked"), " ", actual == null ? texts.ui("ui.context.absent") : code(actual)),
        h("div", {}, texts.ui("ui.element.against"), " ", code(values)),
      ]),
    ),
    near.map(({ code: why }) => h("div", { class: "near" }, nearMiss(texts, why))),
  );

  function row(matched: boolean, name: Child, detail: Child): HTMLElement {
    const said = texts.ui(matched ? "ui.element.matched" : "ui.element.unmatched");
    return h(
      "div",
      { class: "element" },
      h("span", { class: `tick tone-${matched ? "ok" : "denied"}`, role: "img", "aria-label": said, title: said }, matched ? "✓" : "✕"),
      h("div", {}, name, h("div", {}, detail)),
    );
  }
}

function code(value: unknown): HTMLElement {
  const text = Array.isArray(value) ? value.join(", ") : typeof value === "object" ? JSON.stringify(value) : String(value);
  return h("code", {}, text);
}
