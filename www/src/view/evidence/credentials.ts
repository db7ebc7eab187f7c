/** A provider of the credential chain: what it gave, or why it was passed over. */
import { h } from "../../dom.ts";
import type { StepOf } from "../../engine.ts";
import type { State } from "../../state.ts";
import { pairs } from "./parts.ts";

export function credentials({ texts }: State, { evidence: { provider, reason, accessKeyId, arn }, params }: StepOf<"credentials">): readonly (Node | null)[] {
  return [
    pairs([
      [texts.ui("ui.provider"), h("code", {}, provider)],
      [texts.ui("ui.reason"), reason && texts.code(reason, params)],
      [texts.ui("ui.access-key"), accessKeyId && h("code", {}, accessKeyId)],
      [texts.ui("ui.caller"), arn && h("code", {}, arn)],
    ]),
  ];
}
