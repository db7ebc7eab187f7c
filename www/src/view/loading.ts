/** The shape of what is coming, so that nothing jumps when it comes. */
import { h } from "../dom.ts";

export function loadingView(): HTMLElement {
  const bone = (name: string) => h("div", { class: `card bone ${name}` });
  return h(
    "div",
    { class: "sandbox", "data-view": "full", "aria-busy": "true" },
    h("div", { class: "bar" }, h("slot", { name: "start" }), h("span", { class: "grow" }), h("slot", { name: "end" })),
    bone("line"),
    h("div", { class: "columns" }, h("div", { class: "act" }, bone("low"), bone("high")), h("div", { class: "watch" }, bone("line"), bone("high"))),
  );
}

/** Whether an author put something inside for readers without the engine. */
export function hasFallback(element: Element): boolean {
  return [...element.childNodes].some((node) =>
    node instanceof Element ? !node.hasAttribute("slot") && !["SCRIPT", "NOSCRIPT"].includes(node.tagName) : (node.textContent ?? "").trim() !== "" && node.nodeType === Node.TEXT_NODE,
  );
}
