/** SigV4: the canonical request and the string to sign, as the client made or the service recomputed them. */
import { h } from "../../dom.ts";
import type { AuthenticateEvidence, SignEvidence } from "../../engine.ts";
import type { State } from "../../state.ts";
import { block, pairs, part } from "./parts.ts";

export function signature({ texts }: State, evidence: SignEvidence | AuthenticateEvidence): readonly (Node | null)[] {
  const recomputed: Partial<SignEvidence> & AuthenticateEvidence = evidence;
  const { canonicalRequest, stringToSign, scope, signedHeaders, signature: computed, provided, principal, error } = recomputed;
  const agree = provided && computed ? provided === computed : undefined;
  return [
    pairs([
      [texts.ui("ui.caller"), principal && h("code", {}, principal)],
      [texts.ui("ui.error"), error && h("code", { class: "tone-denied" }, error)],
      [texts.ui("ui.scope"), scope && h("code", {}, scope)],
      [texts.ui("ui.signed-headers"), signedHeaders && h("code", {}, signedHeaders)],
      [texts.ui("ui.signature"), computed && h("code", {}, computed)],
      [texts.ui("ui.signature.provided"), provided && h("code", {}, provided)],
      [
        texts.ui("ui.signature.compared"),
        agree === undefined
          ? null
          : h("b", { class: agree ? "tone-ok" : "tone-denied" }, texts.ui(agree ? "ui.signature.same" : "ui.signature.different")),
      ],
    ]),
    canonicalRequest ? part(texts.ui("ui.canonical-request"), block(texts, canonicalRequest)) : null,
    stringToSign ? part(texts.ui("ui.string-to-sign"), block(texts, stringToSign)) : null,
  ];
}
