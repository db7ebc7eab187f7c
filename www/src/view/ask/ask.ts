/** A request of one's own: an AWS error message read into it, its policies pasted, the decision with what would change it.
 * The way in for a reader with a real AccessDenied; nothing of it leaves the page. */
import { h } from "../../dom.ts";
import { loadPart } from "../../engine.ts";
import type { Session } from "../../session.ts";
import type { Texts, UiKey } from "../../texts.ts";
import rules from "../../style/ask.css?inline";
import dialogRules from "../../style/dialog.css?inline";
import type { Dialog } from "../tool.ts";
import { applied, decided, explained, failed, suggested, told, type Answer, type Drafted, type Suggestion } from "./answer.ts";
import { MOST, PolicyRows, type Pasted } from "./rows.ts";

/** Milliseconds without typing until the request is evaluated. */
const PAUSE = 150;

export function askDialog(session: Session): Dialog {
  const dialog = h("dialog", { class: "wide ask-aws" });
  const fields = {
    message: h("textarea", { rows: 3, maxlength: MOST, spellcheck: "false" }),
    principal: h("input", { type: "text", maxlength: 2048, spellcheck: "false", autocomplete: "off" }),
    action: h("input", { type: "text", maxlength: 256, spellcheck: "false", autocomplete: "off" }),
    resource: h("input", { type: "text", maxlength: 2048, spellcheck: "false", autocomplete: "off" }),
    context: h("textarea", { rows: 2, maxlength: MOST, spellcheck: "false" }),
  };
  const said = h("div", { class: "said", role: "status" });
  const made = h("div", { class: "made-changes" });
  // What is heard at each answer: the decision alone, not all that explains it.
  const verdict = h("div", { class: "heard", role: "status" });
  const rest = h("div", { class: "rest" });
  const answer = h("div", { class: "answer" }, verdict, made, rest);
  const rows = new PolicyRows(session.engine, () => session.store.state.texts, typed);
  /** The edits that were made, with the policies before each. */
  let past: { readonly before: readonly Pasted[]; readonly change: Drafted }[] = [];
  let timer: number | undefined;
  let drawnIn: Texts | undefined;

  function later(): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(evaluate, PAUSE);
  }

  /** What the reader types from here on is not to be taken back with an edit. */
  function typed(): void {
    past = [];
    later();
  }

  const read = () => {
    const found = fields.message.value.trim() === "" ? undefined : session.engine.readDeniedMessage(fields.message.value);
    for (const name of ["principal", "action", "resource"] as const) {
      const value = found?.[name];
      if (value !== undefined) fields[name].value = value;
    }
    said.replaceChildren(...(fields.message.value.trim() === "" ? [] : told(session.store.state.texts, found)));
    // The policy that AWS names is asked for by name; it is there to be pasted.
    if (found?.gate) rows.askFor(found.gate);
    later();
  };
  fields.message.addEventListener("input", read);
  for (const field of [fields.principal, fields.action, fields.resource, fields.context]) field.addEventListener("input", later);

  function evaluate(): void {
    const state = session.store.state;
    const { texts } = state;
    const change = past.at(-1)?.change;
    made.replaceChildren(...(change ? [applied(texts, change, undo)] : []));
    rest.replaceChildren();
    const unasked = unanswerable(texts);
    if (unasked) return verdict.replaceChildren(...unasked);
    const [principal, action, resource] = values();
    const request = { principal, action, resource, context: contextOf(fields.context.value), policies: rows.asked() };
    const found = session.ask((sandbox) => sandbox.evaluate(request, { explain: true, suggest: true })) as Answer;
    if (found.error) return verdict.replaceChildren(failed(texts, found.error));
    const levelled = rows.levelled.map((gate) => h("p", { class: "notice" }, texts.ui("ui.ask.one-level", { gate: texts.ui(`ui.gate.${gate}`) })));
    verdict.replaceChildren(...levelled, decided(texts, found));
    const drafted = found.suggestions.map((suggestion) => ({ suggestion, drafts: rows.drafts(suggestion) }));
    rest.replaceChildren(...suggested(texts, found, drafted, apply), ...explained(state, found));
  }

  function values(): readonly string[] {
    return [fields.principal, fields.action, fields.resource].map(({ value }) => value.trim());
  }

  /** Why there is nothing to ask the engine yet. */
  function unanswerable(texts: Texts): readonly HTMLElement[] | undefined {
    if (values().includes("")) return [h("p", { class: "aside" }, texts.ui("ui.ask.waiting"))];
    if (contextOf(fields.context.value) === undefined) return [h("p", { class: "notice denied" }, texts.ui("ui.ask.context.broken"))];
    const several = rows.tooMany.map((gate) => h("p", { class: "notice denied" }, texts.ui("ui.ask.one", { gate: texts.ui(`ui.gate.${gate}`) })));
    return several.length > 0 ? several : undefined;
  }

  function apply(suggestion: Suggestion): void {
    past.push({ before: rows.all, change: { suggestion, drafts: rows.drafts(suggestion) } });
    rows.apply(suggestion);
    evaluate();
    // The button that was pressed is gone: the way back is what comes next.
    made.querySelector("button")?.focus();
  }

  function undo(): void {
    const last = past.pop();
    if (!last) return;
    rows.show(last.before);
    evaluate();
    answer.querySelector("button")?.focus();
  }

  function draw(): void {
    const { texts } = session.store.state;
    if (drawnIn === texts) return;
    drawnIn = texts;
    const field = (key: UiKey, control: HTMLElement, placeholder: string) => {
      control.setAttribute("placeholder", placeholder);
      return h("label", { class: "field" }, h("span", {}, texts.ui(key)), control);
    };
    dialog.setAttribute("aria-label", texts.ui("ui.ask"));
    rows.show(rows.all.length > 0 ? rows.all : [{ gate: "identity", text: "", unknown: false }]);
    dialog.replaceChildren(
      h("header", {}, h("h2", {}, texts.ui("ui.ask")), h("button", { class: "button quiet", type: "button", "aria-label": texts.ui("ui.close"), onclick: () => dialog.close() }, "✕")),
      h("p", {}, texts.ui("ui.ask.what")),
      h(
        "div",
        { class: "ask-columns" },
        h(
          "div",
          { class: "asking" },
          field("ui.ask.message", fields.message, "An error occurred (AccessDenied) when calling the GetObject operation: User: … is not authorized to perform: …"),
          said,
          field("ui.ask.principal", fields.principal, "arn:aws:sts::111122223333:assumed-role/app/session"),
          field("ui.action", fields.action, "s3:GetObject"),
          field("ui.resource", fields.resource, "arn:aws:s3:::amzn-s3-demo-bucket/key"),
          field("ui.ask.context", fields.context, '{"aws:SourceIp": "203.0.113.9"}'),
          h("h3", {}, texts.ui("ui.policies")),
          rows.element,
          h("button", { class: "button add", type: "button", onclick: () => (rows.add(), typed()) }, texts.ui("ui.ask.add")),
        ),
        answer,
      ),
    );
    evaluate();
  }

  return {
    dialog,
    rules: dialogRules + rules,
    async open() {
      await loadPart("editor");
      draw();
      dialog.showModal();
      fields.message.focus();
    },
  };
}

/** JSON as it was typed, or none; undefined where it isn't an object. */
function contextOf(text: string): object | undefined {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
