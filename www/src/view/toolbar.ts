/** The bar over the views: which scenario, and back to its start. What the page puts in its slots stands in it. */
import { h } from "../dom.ts";
import { hasConsole, offeredCommands, shownEntry, type State } from "../state.ts";
import { scenarios } from "../scenarios.ts";
import type { Session } from "../session.ts";
import { whenChanged } from "../store.ts";
import type { View } from "./view.ts";

export function toolbarView(session: Session): View {
  const picker = h("select", { class: "select" });
  const command = h("select", { class: "select command" });
  const begin = h("button", { class: "button quiet", type: "button", onclick: () => void session.begin() });
  const duplicate = h("button", { class: "button quiet", type: "button", onclick: () => session.duplicate() });
  const reset = h("button", { class: "button quiet", type: "button", onclick: () => void session.reset() });
  const element = h(
    "div",
    { class: "bar" },
    h("slot", { name: "start" }),
    picker,
    begin,
    duplicate,
    reset,
    command,
    h("span", { class: "grow" }),
    h("slot", { name: "end" }),
  );
  command.addEventListener("change", () => {
    const offer = offeredCommands(session.store.state.document)[Number(command.value)];
    if (offer?.command !== undefined) session.run(offer.command, offer.on);
  });
  const renderCommand = (state: State) => {
    const offers = offeredCommands(state.document);
    command.hidden = hasConsole(state.view) || offers.length === 0;
    command.setAttribute("aria-label", state.texts.ui("ui.console.offered"));
    command.replaceChildren(...offers.map((offer, at) => h("option", { value: at }, `$ ${offer.command}`)));
    const shown = shownEntry(state)?.command;
    command.value = String(offers.findIndex((offer) => offer.command === shown));
    const slotted = (element.getRootNode() as ShadowRoot).host?.querySelector(":scope > [slot]");
    element.hidden = !state.controls && command.hidden && !slotted;
  };
  picker.addEventListener("change", () => void session.choose(picker.value));
  return {
    element,
    render: whenChanged<State>(
      (state) => [state.texts, state.scenarioId, state.document, state.controls, state.view, state.shown],
      (state) => {
        renderCommand(state);
        const { texts, scenarioId, controls } = state;
        for (const control of [picker, begin, duplicate, reset]) control.hidden = !controls;
        begin.textContent = texts.ui("ui.new");
        duplicate.textContent = texts.ui("ui.duplicate");
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
