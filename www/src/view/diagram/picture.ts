/** The shown drawing as a file of its own: colours written out, no script, no style sheet, readable by itself. */

/** What the drawing's looks are made of; each is written on the element where it differs from its parent's. */
const LOOKS = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "paint-order", "opacity",
  "font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline",
] as const;

/** Looks that children have from their parents. */
const INITIAL: Readonly<Record<string, string>> = { "stroke-dasharray": "none", "paint-order": "normal", opacity: "1", stroke: "none" };

/** SVG text of the drawing in this root; undefined where none is shown. */
export function picture(root: ShadowRoot): string | undefined {
  const drawing = root.querySelector<SVGSVGElement>(".drawing");
  const { width = 0, height = 0 } = drawing?.viewBox.baseVal ?? {};
  if (!drawing || width === 0 || drawing.getClientRects().length === 0) return undefined;
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  plain(drawing, copy, undefined);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("role", "img");
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of [["width", width], ["height", height], ["fill", getComputedStyle(drawing.closest(".card") ?? drawing).backgroundColor]] as const) {
    ground.setAttribute(name, String(value));
  }
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

/** Writes an element's looks on its copy and removes what only the page needs. */
function plain(from: Element, copy: Element, above: CSSStyleDeclaration | undefined): void {
  const looks = getComputedStyle(from);
  for (const { name } of [...copy.attributes]) {
    if (name === "class" || name === "tabindex" || name === "style" || name.startsWith("data-") || (name === "role" && above)) copy.removeAttribute(name);
  }
  for (const name of LOOKS) {
    const value = looks.getPropertyValue(name);
    const usual = name === "opacity" || !above ? INITIAL[name] : above.getPropertyValue(name);
    if (value !== usual && value !== "") copy.setAttribute(name, value);
  }
  const [shown, copies] = [[...from.children], [...copy.children]];
  for (const [at, child] of shown.entries()) {
    const twin = copies[at];
    if (!twin) continue;
    const { visibility, opacity } = getComputedStyle(child);
    if (visibility === "hidden" || opacity === "0" || child.classList.contains("target")) twin.remove();
    else plain(child, twin, looks);
  }
}
