/** A menu of rarely needed actions, closed by a choice, by Escape and by a click elsewhere. */
import { h } from "../dom.ts";

export interface MenuItem {
  readonly text: string;
  readonly choose: () => void;
}

export interface Menu {
  readonly element: HTMLDetailsElement;
  show(title: string, items: readonly MenuItem[]): void;
}

export function menu(): Menu {
  const summary = h("summary", { class: "button quiet" });
  const list = h("div", {});
  const element = h("details", { class: "menu" }, summary, list);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !element.open) return;
    element.open = false;
    summary.focus();
  });
  element.addEventListener("focusout", (event) => {
    if (!element.contains(event.relatedTarget as Node | null)) element.open = false;
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  return {
    element,
    show(title, items) {
      summary.textContent = `${title} ▾`;
      list.replaceChildren(
        ...items.map(({ text, choose }) => {
          const onclick = () => {
            element.open = false;
            choose();
          };
          return h("button", { class: "item", type: "button", onclick }, text);
        }),
      );
    },
  };
}
