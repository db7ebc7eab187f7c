/** An HTTP exchange, as bytes on the wire read as text. */
import { h, type Child } from "../../dom.ts";
import type { HttpEvidence, Request, Response } from "../../engine.ts";
import type { State } from "../../state.ts";
import { block, part } from "./parts.ts";

export function exchange({ texts }: State, { request, response }: HttpEvidence): readonly Node[] {
  const asked = message(`${request.method} `, request.url, request.headers, request.body);
  const tone = response && response.status < 400 ? "status good" : "status bad";
  return [
    part(texts.ui("ui.request"), block(texts, asked.text, asked.shown, "http")),
    response
      ? part(texts.ui("ui.response"), answer(response, tone))
      : part(texts.ui("ui.response"), h("p", {}, texts.ui("ui.response.none"))),
  ];

  function answer({ status, headers, body }: Response, kind: string): HTMLElement {
    const { text, shown } = message("HTTP/1.1 ", String(status), headers, body, kind);
    return block(texts, text, shown, "http");
  }
}

function message(
  before: string,
  start: string,
  headers: Request["headers"],
  body: Request["body"],
  tone = "",
): { text: string; shown: Child } {
  const content = "text" in body ? body.text : body.base64;
  const lines = headers.map(([name, value]) => `${name}: ${value}\n`).join("");
  return {
    text: `${before}${start}\n${lines}${content ? `\n${content}` : ""}`,
    shown: [
      h("span", { class: `start ${tone}` }, `${before}${start}\n`),
      headers.map(([name, value]) => [h("span", { class: "name" }, `${name}:`), ` ${value}\n`]),
      content ? h("span", { class: "body" }, `\n${content}`) : null,
    ],
  };
}
