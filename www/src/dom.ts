/** Elements from names and text. Nothing here reads HTML: a string always becomes a text node. */

export type Child = Node | string | number | null | undefined | false | readonly Child[];

type Props = Record<string, unknown>;

const SVG = "http://www.w3.org/2000/svg";

function apply(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on") && typeof value === "function") {
      element.addEventListener(name.slice(2), value as EventListener);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child instanceof Node ? child : String(child));
  }
}

/** An HTML element: attributes, `on...` listeners, children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  apply(element, props);
  append(element, children);
  return element;
}

/** An SVG element. */
export function s<K extends keyof SVGElementTagNameMap>(
  name: K,
  props: Props = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name) as SVGElementTagNameMap[K];
  apply(element, props);
  append(element, children);
  return element;
}

/** Sets or removes an attribute, touching the document only on a change. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** What a child is: its key says all that it shows, so that an equal key means an equal element. */
export interface Keyed {
  readonly key: string;
  readonly make: () => Element;
}

const keyed = new WeakMap<Element, ReadonlyMap<string, Element>>();

/** Gives a parent these children in this order, keeping those that it has already: what stays is not laid out anew. */
export function patch(parent: Element, wanted: readonly Keyed[]): void {
  const before = keyed.get(parent);
  const now = new Map(wanted.map(({ key, make }) => [key, before?.get(key) ?? make()]));
  const stays = new Set<Element>(now.values());
  for (const child of [...parent.children]) if (!stays.has(child)) child.remove();
  let at = parent.firstElementChild;
  for (const child of now.values()) {
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  }
  keyed.set(parent, now);
}
