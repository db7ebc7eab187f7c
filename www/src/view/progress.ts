/** A bar over the page while something is fetched that the reader waits for. */
import { watchBusy } from "../busy.ts";
import { h } from "../dom.ts";
import type { State } from "../state.ts";
import { whenChanged } from "../store.ts";
import type { View } from "./view.ts";

/** Milliseconds of waiting that nobody notices. */
const UNNOTICED = 200;

export function progressView(): View {
  const label = h("span", { class: "visually-hidden" });
  const element = h("div", { class: "progress", role: "status", hidden: true }, label);
  let timer: number | undefined;
  watchBusy((busy) => {
    window.clearTimeout(timer);
    if (busy) timer = window.setTimeout(() => (element.hidden = false), UNNOTICED);
    else element.hidden = true;
  });
  return {
    element,
    render: whenChanged<State>(
      (state) => [state.texts],
      ({ texts }) => (label.textContent = texts.ui("ui.loading")),
    ),
  };
}
