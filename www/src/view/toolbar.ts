/** The bar over the views: which scenario, and back to its start. What the page puts in its slots stands in it. */
import { h } from "../dom.ts";
import { scenarios } from "../scenarios.ts";
import type { Session } from "../session.ts";
import type { State } from "../state.ts";
import { whenChanged } from "../store.ts";
import type { View } from "./view.ts";

export function toolbarView(session: Session): View {
  const picker = h("select", { class: "select" });
  const reset = h("button", { class: "button", type: "button", onclick: () => void session.reset() });
  const element = h(
    "div",
    { class: "bar" },
    h("slot", { name: "start" }),
    picker,
    reset,
    h("span", { class: "grow" }),
    h("slot", { name: "end" }),
  );
  picker.addEventListener("change", () => void session.choose(picker.value));
  return {
    element,
    render: whenChanged<State>(
      (state) => [state.texts, state.scenarioId, state.document, state.controls],
      (state) => {
        const { texts, scenarioId, controls } = state;
        picker.hidden = reset.hidden = !controls;
        picker.setAttribute("aria-label", texts.ui("ui.scenario"));
        reset.textContent = texts.ui("ui.reset");
        picker.replaceChildren(
          ...(scenarioId === null ? [h("option", { value: "" }, texts.localized(state.document.title) || texts.ui("ui.scenario.own"))] : []),
          ...scenarios.map(({ id, title }) => h("option", { value: id }, texts.localized(title))),
        );
        picker.value = scenarioId ?? "";
      },
    ),
  };
}
