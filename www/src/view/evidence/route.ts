/** The hops of a packet, in order; the one that dropped it ends the list. */
import { h } from "../../dom.ts";
import type { RouteEvidence } from "../../engine.ts";
import type { State } from "../../state.ts";
import { mark } from "../mark.ts";
import { pairs, part } from "./parts.ts";

export function route({ texts }: State, { hops, droppedBy, sourceIp }: RouteEvidence): readonly (Node | null)[] {
  return [
    pairs([
      [texts.ui("ui.source-ip"), sourceIp && h("code", {}, sourceIp)],
      [texts.ui("ui.dropped-by"), droppedBy && h("b", { class: "tone-denied" }, texts.ui(`ui.node.${droppedBy}`))],
    ]),
    hops.length === 0 ? null : part(
      texts.ui("ui.hops"),
      h(
        "ol",
        { class: "hops" },
        hops.map(({ node, verdict, code }) => {
          const dropped = verdict === "drop";
          return h(
            "li",
            { class: dropped ? "stop" : "" },
            mark(dropped ? "denied" : "ok"),
            h(
              "span",
              {},
              h("b", {}, texts.ui(`ui.node.${node.kind}`)),
              node.id ? h("code", { class: "id" }, ` ${node.id}`) : null,
              h("div", {}, texts.code(code)),
            ),
          );
        }),
      ),
    ),
  ];
}
