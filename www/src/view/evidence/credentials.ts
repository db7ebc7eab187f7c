/** A provider of the credential chain: what it gave, or why it was passed over. */
import { h } from "../../dom.ts";
import type { CredentialsEvidence } from "../../engine.ts";
import type { State } from "../../state.ts";
import { pairs } from "./parts.ts";

export function credentials({ texts }: State, { provider, reason, accessKeyId, arn }: CredentialsEvidence): readonly (Node | null)[] {
  return [
    pairs([
      [texts.ui("ui.provider"), h("code", {}, provider)],
      [texts.ui("ui.reason"), reason && texts.code(reason)],
      [texts.ui("ui.access-key"), accessKeyId && h("code", {}, accessKeyId)],
      [texts.ui("ui.caller"), arn && h("code", {}, arn)],
    ]),
  ];
}
