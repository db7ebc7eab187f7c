/** Two versions of the scenario side by side: what differs in their texts, and the first step where their paths part. */
import { h } from "../dom.ts";
import type { Step, Trace } from "../engine.ts";
import type { Session } from "../session.ts";
import { shownEntry, type State } from "../state.ts";
import rules from "../style/compare.css?inline";
import dialogRules from "../style/dialog.css?inline";
import { difference } from "./difference.ts";
import { mark } from "./mark.ts";
import { sentence } from "./sentence.ts";
import type { Dialog } from "./tool.ts";

/** Steps shown before the one at which the paths part. */
const SHARED = 2;

export function compareDialog(session: Session): Dialog {
  const dialog = h("dialog", { class: "wide" });
  let chosen = 0;
  const draw = () => {
    const state = session.store.state;
    const { texts } = state;
    const versions = session.versions();
    const version = versions[chosen] ?? versions[0];
    dialog.setAttribute("aria-label", texts.ui("ui.compare.title"));
    dialog.replaceChildren(
      h("header", {}, h("h2", {}, texts.ui("ui.compare.title")), h("button", { class: "button quiet", type: "button", "aria-label": texts.ui("ui.close"), onclick: () => dialog.close() }, "✕")),
      ...(version ? [choice(state, versions), changes(state, version.text), paths(session, state, version)] : [h("p", {}, texts.ui("ui.compare.none"))]),
    );
  };
  return {
    dialog,
    rules: dialogRules + rules,
    open() {
      chosen = 0;
      draw();
      dialog.showModal();
    },
  };

  function choice({ texts }: State, versions: ReturnType<Session["versions"]>): HTMLElement | string {
    if (versions.length < 2) return h("p", {}, texts.ui(`ui.compare.${versions[0]?.name ?? "opened"}.what`));
    const select = h("select", { class: "select" }, versions.map(({ name }, at) => h("option", { value: at }, texts.ui(`ui.compare.${name}`))));
    select.value = String(chosen);
    select.addEventListener("change", () => {
      chosen = Number(select.value);
      draw();
      dialog.querySelector("select")?.focus();
    });
    return h("label", { class: "row" }, texts.ui("ui.compare.with"), select);
  }
}

/** The lines that differ, from the first to the last. */
function changes({ texts, text }: State, other: string): HTMLElement {
  const rows = difference(texts, other.split("\n"), text.split("\n"));
  return h("pre", { class: "changes", tabindex: 0, "aria-label": texts.ui("ui.compare.text") }, rows);
}

function paths(session: Session, state: State, version: { readonly name: string; readonly text: string }): HTMLElement {
  const { texts } = state;
  const now = shownEntry(state)?.trace;
  if (!now) return h("p", {}, texts.ui("ui.compare.no-command"));
  const before = session.inVersion(version.text);
  if (!before) return h("p", {}, texts.ui("ui.compare.no-trace"));
  const parting = partingStep(before, now);
  // What both share is told by its end; where nothing parts, all is shared.
  const hidden = Math.max((parting ?? 0) - SHARED, 0);
  const column = (title: string, trace: Trace) =>
    h(
      "section",
      {},
      h("h3", {}, title),
      h(
        "ol",
        { class: "steps" },
        hidden > 0 ? h("li", { class: "alike" }, texts.ui("ui.compare.alike", { count: hidden })) : null,
        trace.steps.map((step, at) => (at < hidden ? null : row(state, step, at, parting))),
      ),
    );
  return h(
    "div",
    {},
    h("p", { class: "parting" }, h("code", {}, now.command), " ", parting === undefined ? texts.ui("ui.compare.same") : texts.ui("ui.compare.part", { step: parting + 1 })),
    h("div", { class: "versions" }, column(texts.ui(`ui.compare.${version.name as "opened"}`), before), column(texts.ui("ui.compare.now"), now)),
  );
}

/** The first place at which two paths are no longer the same; ids and instants apart. */
function partingStep(one: Trace, other: Trace): number | undefined {
  const shape = (step: Step | undefined) => step && JSON.stringify([step.kind, step.outcome, step.code, step.from, step.to]);
  const count = Math.max(one.steps.length, other.steps.length);
  for (let at = 0; at < count; at++) if (shape(one.steps[at]) !== shape(other.steps[at])) return at;
  return undefined;
}

function row(state: State, step: Step, at: number, parting: number | undefined): HTMLElement {
  const { texts } = state;
  const after = parting !== undefined && at >= parting;
  return h(
    "li",
    { class: at === parting ? "parts" : after ? "" : "alike", "aria-current": at === parting ? "step" : undefined },
    mark(step.outcome, step.step),
    h("span", { class: "what" }, h("span", { class: "kind" }, texts.ui(`ui.kind.${step.kind}`), " ", h("b", { class: `tone-${step.outcome}` }, texts.ui(`ui.outcome.${step.outcome}`))), h("span", { class: "said" }, sentence(state, step))),
  );
}
