/** Title and description of the scenario, and what the engine does not model in it. */
import { h } from "../dom.ts";
import type { State } from "../state.ts";
import { whenChanged } from "../store.ts";
import type { View } from "./view.ts";

export function introView(): View {
  const element = h("section", { class: "intro" });
  return {
    element,
    render: whenChanged<State>(
      (state) => [state.texts, state.document, state.warnings],
      ({ texts, document, warnings }) => {
        const description = texts.localized(document.description);
        element.replaceChildren(
          h("h1", {}, texts.localized(document.title)),
          ...(description ? [h("p", {}, description)] : []),
          ...(warnings.length > 0
            ? [
                h(
                  "details",
                  { class: "warnings" },
                  h("summary", {}, texts.ui("ui.warnings", { count: warnings.length })),
                  h(
                    "ul",
                    {},
                    warnings.map((one) => h("li", {}, texts.code(one.code, one.params), " ", h("code", {}, one.pointer))),
                  ),
                ),
              ]
            : []),
        );
      },
    ),
  };
}
