/** First, back, play, forward, last: the same moves as the arrow keys. */
import { h } from "../../dom.ts";
import type { Session } from "../../session.ts";
import { shownEntry, type State } from "../../state.ts";
import { whenChanged } from "../../store.ts";
import type { UiKey } from "../../texts.ts";
import type { View } from "../view.ts";

/** Milliseconds that play stays on a step. */
const STAY = 1400;

export interface Player extends View {
  readonly onkey: (event: KeyboardEvent) => void;
}

export function player(session: Session): Player {
  const title = h("h2");
  const place = h("span", { class: "place", "aria-live": "off" });
  const button = (sign: string, onclick: () => void) => h("button", { class: "button quiet move", type: "button", onclick }, h("span", { "aria-hidden": "true" }, sign));
  const count = () => shownEntry(session.store.state)?.trace.steps.length ?? 0;
  const go = (step: number) => {
    stop();
    session.step(step);
  };
  const first = button("⇤", () => go(1));
  const back = button("←", () => go(session.store.state.step - 1));
  const play = button("▶", () => (timer === undefined ? start() : stop()));
  const next = button("→", () => go(session.store.state.step + 1));
  const last = button("⇥", () => go(count()));
  const element = h("header", {}, title, place, h("div", { class: "moves", role: "group" }, first, back, play, next, last));
  let timer: number | undefined;

  const start = () => {
    if (session.store.state.step >= count()) session.step(1);
    timer = window.setInterval(() => {
      if (session.store.state.step >= count()) stop();
      else session.step(session.store.state.step + 1);
    }, STAY);
    label();
  };
  const stop = () => {
    window.clearInterval(timer);
    timer = undefined;
    label();
  };
  const label = () => {
    const playing = timer !== undefined;
    name(play, playing ? "ui.player.stop" : "ui.player.play");
    play.firstElementChild?.replaceChildren(playing ? "❚❚" : "▶");
  };
  const name = (of: HTMLElement, key: UiKey) => {
    const text = session.store.state.texts.ui(key);
    of.setAttribute("aria-label", text);
    of.title = text;
  };
  return {
    element,
    onkey(event) {
      const step = session.store.state.step;
      const targets: Record<string, number> = { ArrowRight: step + 1, ArrowDown: step + 1, ArrowLeft: step - 1, ArrowUp: step - 1, Home: 1, End: count() };
      const target = targets[event.key];
      if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      go(target);
    },
    render: whenChanged<State>(
      (state) => [state.texts, state.step, shownEntry(state)],
      (state) => {
        const of = shownEntry(state)?.trace.steps.length ?? 0;
        title.textContent = state.texts.ui("ui.diagram.title");
        place.textContent = of > 0 ? state.texts.ui("ui.player.place", { step: state.step, count: of }) : "";
        for (const move of [first, back]) move.disabled = of === 0 || state.step <= 1;
        for (const move of [next, last]) move.disabled = of === 0 || state.step >= of;
        play.disabled = of === 0;
        name(first, "ui.player.first");
        name(back, "ui.player.back");
        name(next, "ui.player.next");
        name(last, "ui.player.last");
        label();
      },
    ),
  };
}
