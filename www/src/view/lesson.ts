/** The lesson of a scenario: one text at a time, with the commands that it offers. */
import { h, setAttribute } from "../dom.ts";
import type { Session } from "../session.ts";
import type { LessonEntry, State } from "../state.ts";
import { whenChanged } from "../store.ts";
import type { View } from "./view.ts";

export function lessonView(session: Session): View {
  const title = h("h2");
  const dots = h("div", { class: "dots", role: "group" });
  const list = h("ol", { class: "entries" });
  const element = h("section", { class: "card lesson" }, h("header", {}, title, dots), list);

  const show = (at: number) => {
    [...list.children].forEach((entry, index) => {
      entry.toggleAttribute("inert", index !== at);
      setAttribute(dots.children[index] as Element, "aria-current", index === at ? "step" : null);
    });
  };
  return {
    element,
    render: whenChanged<State>(
      (state) => [state.texts, state.document],
      (state) => {
        const { texts } = state;
        const entries = state.document.lesson ?? [];
        const before = [...list.children].findIndex((entry) => !entry.hasAttribute("inert"));
        element.hidden = entries.length === 0;
        title.textContent = texts.ui("ui.lesson");
        dots.setAttribute("aria-label", texts.ui("ui.lesson"));
        dots.replaceChildren(
          ...entries.map((_, at) =>
            h("button", { type: "button", "aria-label": texts.ui("ui.lesson.part", { number: at + 1, count: entries.length }), onclick: () => show(at) }, at + 1),
          ),
        );
        list.replaceChildren(...entries.map((entry, at) => item(state, entry, at, entries.length)));
        show(Math.min(Math.max(before, 0), entries.length - 1));
      },
    ),
  };

  function item({ texts }: State, entry: LessonEntry, at: number, count: number): HTMLElement {
    return h(
      "li",
      { class: "entry" },
      h("p", {}, texts.localized(entry.text)),
      (entry.run ?? []).map(({ command, on }) =>
        command === undefined
          ? null
          : h("button", { class: "try", type: "button", onclick: () => session.run(command, on) }, h("code", {}, command)),
      ),
      h(
        "div",
        { class: "turn" },
        at > 0 ? h("button", { class: "button quiet", type: "button", onclick: () => show(at - 1) }, texts.ui("ui.lesson.back")) : null,
        at < count - 1 ? h("button", { class: "button", type: "button", onclick: () => show(at + 1) }, texts.ui("ui.lesson.next")) : null,
      ),
    );
  }
}
