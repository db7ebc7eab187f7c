/** What stands in place of the views when there is nothing to show: loading, no engine, a refused scenario. */
import { h } from "../dom.ts";
import type { Session } from "../session.ts";
import type { State } from "../state.ts";
import { whenChanged } from "../store.ts";
import type { View } from "./view.ts";

export function refusedView(session: Session): View {
  const element = h("section", { class: "card refused", role: "alert" });
  return {
    element,
    render: whenChanged<State>(
      (state) => [state.texts, state.loading],
      ({ texts, loading, policies }) => {
        element.hidden = loading.status !== "refused";
        if (loading.status !== "refused") return;
        element.replaceChildren(
          h(
            "div",
            { class: "state" },
            h("strong", {}, texts.ui("ui.refused")),
            h("p", {}, texts.ui(policies.length > 0 ? "ui.refused.kept" : "ui.refused.why")),
            policies.length > 0
              ? h("button", { class: "button", type: "button", onclick: () => session.store.update({ loading: { status: "ready" } }) }, texts.ui("ui.close"))
              : null,
          ),
          h(
            "ol",
            { class: "problems" },
            loading.diagnostics.map((fault) =>
              h(
                "li",
                { class: `problem ${fault.severity}` },
                fault.start ? h("span", { class: "at" }, texts.ui("ui.problem.at", { line: fault.start.line, column: fault.start.column }), " ") : null,
                h("span", { class: "what" }, texts.code(fault.code, fault.params)),
                " ",
                h("code", {}, fault.pointer),
              ),
            ),
          ),
        );
      },
    ),
  };
}
