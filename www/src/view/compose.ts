/** Puts the views that a `view` attribute asks for on the page: what the reader does, and what comes of it. */
import { h } from "../dom.ts";
import type { Session } from "../session.ts";
import type { Site } from "../snippets.ts";
import type { State, View as ViewName } from "../state.ts";
import { consoleView } from "./console.ts";
import { diagramView } from "./diagram/diagram.ts";
import { introView } from "./intro.ts";
import { lessonView } from "./lesson.ts";
import { policiesView } from "./policies.ts";
import { refusedView } from "./problem.ts";
import { progressView } from "./progress.ts";
import { pathView } from "./steps.ts";
import { standingView } from "./standing.ts";
import { toolbarView } from "./toolbar.ts";
import { verdictView } from "./verdict.ts";
import type { View } from "./view.ts";

type Part = "intro" | "lesson" | "console" | "policies" | "verdict" | "standing" | "diagram" | "path";

const SHOWN: Record<ViewName, readonly Part[]> = {
  full: ["intro", "lesson", "console", "policies", "verdict", "standing", "diagram", "path"],
  diagram: ["verdict", "standing", "diagram", "path"],
  policy: ["policies", "verdict", "standing", "path"],
  console: ["console", "verdict"],
};

export function compose(session: Session, site: Site): HTMLElement {
  const parts: Record<Part, View> = {
    intro: introView(),
    lesson: lessonView(session),
    console: consoleView(session),
    policies: policiesView(session),
    verdict: verdictView(session),
    standing: standingView(session),
    diagram: diagramView(session),
    path: pathView(session),
  };
  const toolbar = toolbarView(session, site);
  const refused = refusedView(session);
  const progress = progressView();
  const views = [progress, toolbar, refused, ...Object.values(parts)];
  const act = h("div", { class: "act" }, parts.lesson.element, parts.console.element, parts.policies.element);
  const watch = h("div", { class: "watch" }, parts.verdict.element, parts.standing.element, parts.diagram.element, parts.path.element);
  const element = h(
    "div",
    { class: "sandbox" },
    progress.element,
    toolbar.element,
    refused.element,
    parts.intro.element,
    h("div", { class: "columns" }, act, watch),
  );
  // The evidence scrolls below the verdict, which stays in sight and is as tall as what it says.
  const pane = parts.path.element.querySelector<HTMLElement>(".evidence-pane");
  new ResizeObserver(([entry]) => {
    const below = Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0);
    if (!pane) return;
    // Styles of its own: a property that all its descendants inherit would style them all anew.
    pane.style.top = `${below + 20}px`;
    pane.style.maxHeight = `calc(100vh - ${below + 28}px)`;
  }).observe(parts.verdict.element);
  const arrange = (state: State) => {
    element.dataset["view"] = state.view;
    element.classList.toggle("bare", state.text === "");
    for (const [part, view] of Object.entries(parts)) {
      view.element.classList.toggle("away", !SHOWN[state.view].includes(part as Part));
    }
  };
  session.store.subscribe((state) => {
    arrange(state);
    for (const view of views) view.render(state);
  });
  return element;
}
