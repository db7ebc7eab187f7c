/** Pieces that several kinds of evidence share. */
import { h, type Child } from "../../dom.ts";
import type { Texts } from "../../texts.ts";

/** A titled part of a step's evidence. */
export function part(title: string, ...children: Child[]): HTMLElement {
  return h("div", {}, h("h4", {}, title), ...children);
}

/** Names and values; an absent value leaves its row out. */
export function pairs(rows: readonly (readonly [string, Child])[]): HTMLElement | null {
  const given = rows.filter(([, value]) => value !== undefined && value !== null && value !== "");
  if (given.length === 0) return null;
  return h("dl", { class: "pairs" }, given.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/** Text as it is, in a frame, with a button that copies it. */
export function block(texts: Texts, text: string, shown: Child = text, kind = ""): HTMLElement {
  const button = h("button", { class: "button copy", type: "button" }, texts.ui("ui.copy"));
  const pre = h("pre", { tabindex: 0 }, shown);
  button.addEventListener("click", () => void copyText(texts, button, text, () => getSelection()?.selectAllChildren(pre)));
  return h("div", { class: `block ${kind}` }, pre, button);
}

/** Copies and says so on the button; without a clipboard `select` leaves it to the reader's own copy key. */
export async function copyText(texts: Texts, button: HTMLElement, text: string, select: () => void): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = texts.ui("ui.copied");
  } catch {
    select();
    button.textContent = texts.ui("ui.copy-by-key");
  }
  setTimeout(() => (button.textContent = texts.ui("ui.copy")), 1600);
}
