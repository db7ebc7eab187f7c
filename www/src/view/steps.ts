/** The path as an ordered list: the content that the diagram mirrors. */
import { h, patch, setAttribute, type Keyed } from "../dom.ts";
import type { Step, Trace } from "../engine.ts";
import type { Session } from "../session.ts";
import { selectedStep, shownEntry, type State } from "../state.ts";
import { whenChanged } from "../store.ts";
import { decidedAt } from "../decided.ts";
import { evidence } from "./evidence/evidence.ts";
import { mark } from "./mark.ts";
import type { View } from "./view.ts";
import { sentence } from "./sentence.ts";

/** Narrower than this, evidence opens under its step instead of beside the list. */
const BESIDE = 640;

export function pathView(session: Session): View {
  const title = h("h2");
  const list = h("ol", { class: "steps" });
  const shown = h("div", { class: "evidence" });
  const pane = h("div", { class: "evidence-pane", role: "region", tabindex: "-1" }, shown);
  const panes = h("div", { class: "panes" }, list, pane);
  const empty = h("div", { class: "state" });
  const element = h("section", { class: "card path" }, h("header", {}, title), empty, panes);
  let beside = true;

  list.addEventListener("keydown", (event) => moveByKey(event, session, list));

  const place = () => {
    const current = list.querySelector<HTMLElement>("[aria-current]");
    const parent = (beside ? undefined : current?.parentElement) ?? panes;
    // Putting it where it is would lay it out anew.
    if (pane.parentElement !== parent) parent.append(pane);
  };
  new ResizeObserver(([entry]) => {
    beside = (entry?.contentRect.width ?? 0) >= BESIDE;
    element.classList.toggle("beside", beside);
    place();
  }).observe(element);

  const renderList = whenChanged<State>(
    (state) => [state.texts, shownEntry(state)?.trace],
    (state) => {
      const { texts } = state;
      const steps = shownEntry(state)?.trace.steps ?? [];
      title.textContent = texts.ui("ui.steps");
      list.setAttribute("aria-label", texts.ui("ui.steps"));
      pane.setAttribute("aria-label", texts.ui("ui.evidence"));
      panes.hidden = steps.length === 0;
      empty.hidden = steps.length > 0;
      const waiting = shownEntry(state) ? "ui.steps.none" : "ui.steps.empty";
      empty.replaceChildren(h("strong", {}, texts.ui(waiting)), h("p", {}, texts.ui(`${waiting}.why`)));
      if (list.contains(pane)) panes.append(pane);
      patch(list, steps.map((step) => item(session, state, step, depth(step, steps), partsOf(step, steps))));
    },
  );
  const renderSelection = whenChanged<State>(
    (state) => [state.texts, selectedStep(state), state.policies, state.without],
    (state) => {
      for (const button of list.querySelectorAll<HTMLElement>(".step")) {
        const current = Number(button.parentElement?.dataset["step"]) === state.step;
        setAttribute(button, "aria-current", current ? "step" : null);
        button.tabIndex = current || state.step === 0 ? 0 : -1;
      }
      const step = selectedStep(state);
      const open = openGroups(shownEntry(state)?.trace.steps ?? [], step);
      for (const one of list.querySelectorAll<HTMLElement>("[data-within]")) one.hidden = !open.has(Number(one.dataset["within"]));
      pane.hidden = !step;
      patch(shown, step ? evidence(session, state, step) : []);
      place();
    },
  );
  const renderHover = whenChanged<State>(
    (state) => [state.hovered, shownEntry(state)?.trace],
    (state) => {
      const decided = decidedAt(state);
      for (const one of list.querySelectorAll("[data-step]")) {
        setAttribute(one, "data-decided", decided.has(Number(one.getAttribute("data-step"))) ? "" : null);
      }
    },
  );
  return {
    element,
    render(state) {
      renderList(state);
      renderHover(state);
      renderSelection(state);
    },
  };
}

function depth(step: Step, steps: Trace["steps"]): number {
  let levels = 0;
  for (let at: Step | undefined = step; at?.parent && levels < 2; levels++) {
    const parent: number = at.parent;
    at = steps.find((candidate) => candidate.step === parent);
  }
  return levels;
}

function partsOf({ step }: Step, steps: Trace["steps"]): number {
  return steps.filter(({ parent }) => parent === step).reduce((sum, part) => sum + 1 + partsOf(part, steps), 0);
}

/** The steps whose parts are shown: the selected one and those that it is a part of. */
function openGroups(steps: Trace["steps"], selected: Step | undefined): ReadonlySet<number> {
  const open = new Set<number>();
  for (let at = selected; at; at = steps.find(({ step }) => step === at?.parent)) open.add(at.step);
  return open;
}

function item(session: Session, state: State, step: Step, level: number, parts: number): Keyed {
  const { texts } = state;
  const outcome = texts.ui(`ui.outcome.${step.outcome}`);
  const said = sentence(state, step);
  const key = [step.step, step.kind, step.outcome, step.parent, level, parts, texts.language, said].join("\n");
  const make = () => h(
    "li",
    { "data-step": step.step, "data-kind": step.kind, "data-outcome": step.outcome, "data-depth": level, "data-within": step.parent },
    h(
      "button",
      { class: "step", type: "button", onclick: () => session.step(step.step) },
      mark(step.outcome, step.step),
      h(
        "span",
        { class: "what" },
        h(
          "span",
          { class: "kind" },
          h("span", {}, texts.ui(`ui.kind.${step.kind}`)),
          h("b", { class: `tone-${step.outcome}` }, outcome),
          parts > 0 ? h("span", { class: "parts" }, texts.ui("ui.steps.parts", { count: parts })) : null,
        ),
        h("span", { class: "said" }, said),
      ),
    ),
  );
  return { key, make };
}

function moveByKey(event: KeyboardEvent, session: Session, list: HTMLElement): void {
  const { step } = session.store.state;
  const last = list.querySelectorAll(".step").length;
  const targets: Record<string, number> = {
    ArrowDown: step + 1, ArrowRight: step + 1, ArrowUp: step - 1, ArrowLeft: step - 1, Home: 1, End: last,
  };
  const target = targets[event.key];
  const from = (event.target as Element).closest(".step");
  if (target === undefined || !from || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  session.step(target);
  list.querySelector<HTMLElement>(".step[aria-current]")?.focus();
}
