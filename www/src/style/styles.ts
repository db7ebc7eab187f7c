/** The element's style sheet, made once and shared by every element on the page. */
import base from "./element.css?inline";
import console from "./console.css?inline";
import editor from "./editor.css?inline";
import diagram from "./diagram.css?inline";
import evidence from "./evidence.css?inline";
import lesson from "./lesson.css?inline";
import path from "./path.css?inline";
import policies from "./policies.css?inline";
import print from "./print.css?inline";
import standing from "./standing.css?inline";
import states from "./states.css?inline";

let sheet: CSSStyleSheet | undefined;

export function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync([base, states, lesson, console, diagram, path, evidence, policies, editor, standing, print].join("\n"));
  }
  return sheet;
}

/** Adds the rules of a part that came later, once for each element. */
export function addStyles(root: ShadowRoot, rules: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  root.adoptedStyleSheets.push(sheet);
}
