/** What could not be opened, and why; the built-in scenarios, where there is nothing else to show. */
import { h } from "../dom.ts";
import { isOfProgram } from "../refusal.ts";
import { scenarios } from "../scenarios.ts";
import type { Session } from "../session.ts";
import type { State } from "../state.ts";
import { whenChanged } from "../store.ts";
import type { View } from "./view.ts";

export function refusedView(session: Session): View {
  const element = h("section", { class: "card refused", role: "alert" });
  return {
    element,
    render: whenChanged<State>(
      (state) => [state.texts, state.loading, state.text === ""],
      ({ texts, loading, text }) => {
        element.hidden = loading.status !== "refused";
        if (loading.status !== "refused") return;
        const { diagnostics } = loading;
        const ofLink = diagnostics.every(({ code }) => code.startsWith("diagnostic.link.") || code === "ui.refused.unknown");
        const ofProgram = diagnostics.every(isOfProgram);
        const alone = ofLink || ofProgram;
        element.replaceChildren(
          h(
            "div",
            { class: "state" },
            h(text === "" ? "h1" : "h2", {}, texts.ui(ofLink ? "ui.refused.link" : ofProgram ? "ui.refused.program" : "ui.refused")),
            alone ? h("p", {}, diagnostics.map(({ code, params }) => texts.code(code, params)).join(" ")) : null,
            h("p", {}, texts.ui(text !== "" ? "ui.refused.kept" : ofLink ? "ui.refused.choose" : "ui.refused.why")),
            text !== "" ? h("button", { class: "button", type: "button", onclick: () => session.dismiss() }, texts.ui("ui.close")) : null,
            text === "" ? starts() : null,
          ),
          alone ? "" : h("ol", { class: "problems" }, diagnostics.map(item)),
        );

        function starts(): HTMLElement {
          return h(
            "div",
            { class: "starts" },
            scenarios.map(({ id, title }) => h("button", { class: "button", type: "button", onclick: () => void session.choose(id) }, texts.localized(title))),
          );
        }

        function item({ severity, start, code, params, pointer }: (typeof diagnostics)[number]): HTMLElement {
          return h(
            "li",
            { class: `problem ${severity}` },
            h("span", { class: "at" }, texts.ui("ui.problem.at", { line: start.line, column: start.column }), " "),
            h("span", { class: "what" }, texts.code(code, params)),
            " ",
            h("code", {}, pointer),
          );
        }
      },
    ),
  };
}
