/** The bar over the views: which scenario, what to do with it. What the page puts in its slots stands in it. */
import { h } from "../dom.ts";
import { loadPart } from "../engine.ts";
import { scenarios } from "../scenarios.ts";
import type { Session } from "../session.ts";
import type { Site } from "../snippets.ts";
import { hasConsole, offeredCommands, shownEntry, type State } from "../state.ts";
import { whenChanged } from "../store.ts";
import { download, pickFile } from "./files.ts";
import { menu } from "./menu.ts";
import { tool } from "./tool.ts";
import type { View } from "./view.ts";

export function toolbarView(session: Session, site: Site): View {
  const picker = h("select", { class: "select picker" });
  const command = h("select", { class: "select command" });
  const more = menu();
  const reset = h("button", { class: "button quiet", type: "button", onclick: () => void session.reset() });
  const undo = h("button", { class: "button quiet", type: "button", onclick: () => session.takeBack() });
  const asking = tool(session, () => import("./ask/ask.ts").then(({ askDialog }) => askDialog(session)));
  const ask = h("button", { class: "button", type: "button", onclick: () => void asking.open() });
  const compare = tool(session, () => import("./compare.ts").then(({ compareDialog }) => compareDialog(session)));
  const share = tool(session, () => import("./share.ts").then(({ shareDialog }) => shareDialog(session, site)));
  const open = h("button", { class: "button primary", type: "button", onclick: () => share.open() });
  const whole = h("a", { class: "button quiet", target: "_blank", rel: "noopener" });
  // The address is made when it is about to be followed, by the part of the engine that makes links.
  const point = () => void loadPart("link").then(() => (whole.href = new URL(session.share("full"), site.base).href));
  for (const event of ["pointerenter", "pointerdown", "focus"]) whole.addEventListener(event, point);
  const element = h(
    "div",
    { class: "bar" },
    h("slot", { name: "start" }),
    picker,
    command,
    undo,
    reset,
    more.element,
    open,
    ask,
    h("span", { class: "grow" }),
    whole,
    h("slot", { name: "end" }),
    share.element,
    compare.element,
    asking.element,
  );
  picker.addEventListener("change", () => void session.choose(picker.value));
  command.addEventListener("change", () => {
    const offer = offeredCommands(session.store.state.document)[Number(command.value)];
    if (offer?.command !== undefined) void session.run(offer.command, offer.on);
  });

  const renderPicker = ({ texts, scenarioId, controls, document, text }: State) => {
    for (const control of [picker, undo, reset, more.element, open, ask]) control.hidden = !controls;
    picker.setAttribute("aria-label", texts.ui("ui.scenario"));
    const own = h("option", { value: "" }, texts.localized(document.title) || texts.ui(text === "" ? "ui.scenario.choose" : "ui.scenario.own"));
    picker.replaceChildren(
      ...(scenarioId === null ? [own] : []),
      ...scenarios.map(({ id, title }) => h("option", { value: id }, texts.localized(title))),
    );
    picker.value = scenarioId ?? "";
  };
  const renderActions = ({ texts, text }: State) => {
    reset.textContent = texts.ui("ui.reset");
    undo.textContent = texts.ui("ui.undo");
    ask.textContent = texts.ui("ui.ask");
    ask.disabled = text === "";
    open.textContent = texts.ui("ui.share");
    for (const control of [reset, open]) control.disabled = text === "";
    whole.textContent = `${texts.ui("ui.full-page")} ↗`;
    whole.hidden = session.isKept || text === "";
    if (!whole.hidden && !whole.href) whole.href = site.base.href;
    more.show(texts.ui("ui.more"), [
      { text: texts.ui("ui.new"), choose: () => void session.begin() },
      ...(text === "" ? [] : [{ text: texts.ui("ui.duplicate"), choose: () => session.duplicate() }]),
      ...(text === "" ? [] : [{ text: texts.ui("ui.compare"), choose: () => void compare.open() }]),
      ...(session.isKept ? [{ text: texts.ui("ui.forget-progress"), choose: () => session.forgetProgress() }] : []),
      { text: texts.ui("ui.open-file"), choose: () => void pickFile((content) => session.open(content)) },
      ...(text === "" ? [] : [{ text: texts.ui("ui.download"), choose: () => download("scenario.json", session.store.state.text) }]),
    ]);
  };
  const renderCommand = (state: State) => {
    const offers = offeredCommands(state.document);
    command.hidden = hasConsole(state.view) || offers.length === 0;
    command.setAttribute("aria-label", state.texts.ui("ui.console.offered"));
    command.replaceChildren(...offers.map((offer, at) => h("option", { value: at }, `$ ${offer.command}`)));
    const shown = shownEntry(state)?.command;
    command.value = String(offers.findIndex((offer) => offer.command === shown));
    const slotted = (element.getRootNode() as ShadowRoot).host?.querySelector(":scope > [slot]");
    element.hidden = !state.controls && command.hidden && whole.hidden && !slotted;
  };
  const renderBar = whenChanged<State>(
    (state) => [state.texts, state.scenarioId, state.document, state.controls, state.text === ""],
    (state) => {
      renderPicker(state);
      renderActions(state);
    },
  );
  const renderUndo = whenChanged<State>(
    (state) => [state.undoable],
    (state) => (undo.disabled = !state.undoable),
  );
  const renderCommands = whenChanged<State>(
    (state) => [state.texts, state.document, state.controls, state.view, shownEntry(state)?.command],
    renderCommand,
  );
  return {
    element,
    render(state) {
      renderBar(state);
      renderUndo(state);
      renderCommands(state);
    },
  };
}
