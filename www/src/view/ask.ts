/** A request of one's own: an AWS error message read into it, its policies pasted, the decision with what would change it.
 * The way in for a reader with a real AccessDenied; nothing of it leaves the page. */
import { h } from "../dom.ts";
import { loadPart, type AuthorizeEvidence, type DeniedMessage, type Gate, type Outcome } from "../engine.ts";
import type { Session } from "../session.ts";
import type { State } from "../state.ts";
import type { Texts, UiKey } from "../texts.ts";
import rules from "../style/ask.css?inline";
import dialogRules from "../style/dialog.css?inline";
import { gates } from "./evidence/authorization.ts";
import { mark } from "./mark.ts";
import { nearMiss } from "./sentence.ts";
import type { Dialog } from "./tool.ts";

const GATES: readonly Gate[] = ["identity", "resource", "boundary", "session", "scp", "rcp", "vpc-endpoint"];

/** A text field takes no more. */
const MOST = 64 * 1024;

/** Milliseconds without typing until the request is evaluated. */
const PAUSE = 150;

interface Suggestion {
  readonly gate: Gate;
  readonly code: string;
  readonly policy: string | null;
  readonly patch?: readonly object[];
  readonly document?: object;
}

interface Answer extends AuthorizeEvidence {
  readonly error?: { readonly message: string; readonly pointer: string };
  readonly dependsOn?: readonly { readonly gate: Gate; readonly policy: string }[];
  readonly suggestions: readonly Suggestion[];
}

interface Row {
  readonly element: HTMLElement;
  readonly gate: HTMLSelectElement;
  readonly text: HTMLTextAreaElement;
  readonly unknown: HTMLInputElement;
}

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
  const policies = h("div", { class: "asked-policies" });
  const answer = h("div", { class: "answer", "aria-live": "polite" });
  let rows: Row[] = [];
  let timer: number | undefined;
  let drawnIn: Texts | undefined;

  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(evaluate, PAUSE);
  };
  const read = () => {
    const found = fields.message.value.trim() === "" ? undefined : session.engine.readDeniedMessage(fields.message.value);
    for (const name of ["principal", "action", "resource"] as const) {
      const value = found?.[name];
      if (value !== undefined) fields[name].value = value;
    }
    said.replaceChildren(...(fields.message.value.trim() === "" ? [] : told(session.store.state, found)));
    // The policy that AWS names is asked for by name; it is there to be pasted.
    const gate = found?.gate;
    if (gate && GATES.includes(gate) && !rows.some((row) => row.gate.value === gate)) add(gate);
    later();
  };
  fields.message.addEventListener("input", read);
  for (const field of [fields.principal, fields.action, fields.resource, fields.context]) field.addEventListener("input", later);

  function add(gate: Gate = "identity"): void {
    const { texts } = session.store.state;
    const choice = h("select", { class: "select", "aria-label": texts.ui("ui.ask.kind") }, GATES.map((one) => h("option", { value: one }, texts.ui(`ui.gate.${one}`))));
    choice.value = gate;
    const text = h("textarea", { rows: 7, maxlength: MOST, spellcheck: "false", "aria-label": texts.ui("ui.ask.policy"), placeholder: '{"Version": "2012-10-17", "Statement": [ … ]}' });
    const unknown = h("input", { type: "checkbox" });
    const remove = h("button", { class: "button quiet", type: "button", "aria-label": texts.ui("ui.ask.remove") }, "✕");
    const element = h("div", { class: "policy-row" }, h("div", { class: "row" }, choice, h("label", { class: "check" }, unknown, texts.ui("ui.ask.unknown")), h("span", { class: "grow" }), remove), text);
    const row = { element, gate: choice, text, unknown };
    remove.addEventListener("click", () => {
      rows = rows.filter((one) => one !== row);
      element.remove();
      later();
    });
    choice.addEventListener("change", later);
    text.addEventListener("input", later);
    unknown.addEventListener("change", () => {
      text.hidden = unknown.checked;
      later();
    });
    rows.push(row);
    policies.append(element);
  }

  function evaluate(): void {
    const state = session.store.state;
    const { texts } = state;
    const values = [fields.principal, fields.action, fields.resource].map(({ value }) => value.trim());
    if (values.some((value) => value === "")) {
      answer.replaceChildren(h("p", { class: "aside" }, texts.ui("ui.ask.waiting")));
      return;
    }
    const context = contextOf(fields.context.value);
    if (context === undefined) {
      answer.replaceChildren(h("p", { class: "notice denied" }, texts.ui("ui.ask.context.broken")));
      return;
    }
    const [principal, action, resource] = values;
    const request = { principal, action, resource, context, policies: policiesOf(rows, texts) };
    const unread = unreadable(rows, texts);
    if (unread.length > 0) {
      answer.replaceChildren(...unread);
      return;
    }
    answer.replaceChildren(...levelled(rows, texts), ...decided(state, session.ask((sandbox) => sandbox.evaluate(request, { explain: true, suggest: true })) as Answer));
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
    const kept = rows.map(({ gate, text, unknown }) => [gate.value as Gate, text.value, unknown.checked] as const);
    rows = [];
    policies.replaceChildren();
    for (const [gate, text, unknown] of kept.length > 0 ? kept : ([["identity", "", false]] as const)) {
      add(gate);
      const row = rows.at(-1);
      if (!row) continue;
      row.text.value = text;
      row.text.hidden = row.unknown.checked = unknown;
    }
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
          policies,
          h("button", { class: "button add", type: "button", onclick: () => (add(), later()) }, texts.ui("ui.ask.add")),
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

/** What the pasted text says by itself. */
function told({ texts }: State, found: DeniedMessage | undefined): readonly HTMLElement[] {
  if (!found) return [h("p", { class: "notice" }, texts.ui("ui.ask.unread"))];
  const { gate, decision, policy, notes } = found;
  return [
    ...(gate && decision ? [h("p", { class: "notice denied" }, texts.ui(decision === "ExplicitDeny" ? "ui.ask.says.explicit" : "ui.ask.says.implicit", { gate: texts.ui(`ui.gate.${gate}`) }), policy ? h("code", {}, policy) : null)] : []),
    ...notes.map((code) => h("p", { class: "notice" }, texts.code(code))),
  ];
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

/** Policy types of which a request meets one: several would be a question that nobody can answer. */
const ONE: readonly Gate[] = ["boundary", "resource"];

function filled(rows: readonly Row[], gate: Gate): readonly Row[] {
  return rows.filter((row) => row.gate.value === gate && (row.unknown.checked || row.text.value.trim() !== ""));
}

function unreadable(rows: readonly Row[], texts: Texts): readonly HTMLElement[] {
  const several = ONE.filter((gate) => filled(rows, gate).length > 1);
  return several.map((gate) => h("p", { class: "notice denied" }, texts.ui("ui.ask.one", { gate: texts.ui(`ui.gate.${gate}`) })));
}

/** Of several SCPs or RCPs it is said how they are read. */
function levelled(rows: readonly Row[], texts: Texts): readonly HTMLElement[] {
  const several = (["scp", "rcp"] as const).filter((gate) => filled(rows, gate).length > 1);
  return several.map((gate) => h("p", { class: "notice" }, texts.ui("ui.ask.one-level", { gate: texts.ui(`ui.gate.${gate}`) })));
}

/** The rows as the engine takes policies: their texts, so that places in them are exact. */
function policiesOf(rows: readonly Row[], texts: Texts): object {
  const of = (gate: Gate) =>
    rows
      .map((row, at) => ({ row, name: `${texts.ui(`ui.gate.${row.gate.value as Gate}`)} ${at + 1}` }))
      .filter(({ row }) => filled(rows, gate).includes(row))
      .map(({ row, name }) => (row.unknown.checked ? { name, unknown: true } : { name, document: row.text.value }));
  const levels = (gate: Gate) => (of(gate).length > 0 ? [{ target: "root", policies: of(gate) }] : undefined);
  const [boundary, resource] = [of("boundary")[0], of("resource")[0]];
  const asked = { identity: of("identity"), session: of("session"), vpcEndpoint: of("vpc-endpoint"), boundary, resource, scp: levels("scp"), rcp: levels("rcp") };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)));
}

function decided(state: State, answer: Answer): readonly Node[] {
  const { texts } = state;
  if (answer.error) {
    return [h("p", { class: "notice denied" }, worded(texts, answer.error.message), " ", h("code", {}, answer.error.pointer))];
  }
  const { decision, blockedBy, nearMisses, suggestions, dependsOn = [] } = answer;
  const outcome: Outcome = decision === "Allow" ? "ok" : decision === "Depends" ? "error" : "denied";
  const names = (all: readonly Gate[]) => all.map((gate) => texts.ui(`ui.gate.${gate}`));
  return [
    h("div", { class: "decided" }, mark(outcome), h("div", {}, h("h3", { class: `tone-${outcome}` }, texts.ui(`ui.decision.${decision}`)), h("p", {}, sentence()))),
    ...nearMisses.map(({ policy, code }) => h("p", { class: "notice" }, h("b", {}, policy), ": ", nearMiss(texts, code))),
    ...(suggestions.length > 0 ? [h("h4", {}, texts.ui(decision === "Allow" ? "ui.repair.deny" : "ui.repair.allow")), ...suggestions.map(suggested)] : []),
    h("h4", {}, texts.ui("ui.gates")),
    h("div", { class: "gates" }, gates(state, answer)),
  ];

  function sentence(): string {
    if (decision === "Allow") return texts.ui("ui.ask.allowed");
    if (decision === "Depends") return texts.ui("ui.ask.depends", { policies: dependsOn.map(({ gate }) => texts.ui(`ui.gate.${gate}`)) });
    return texts.ui("ui.ask.blocked", { gates: names(blockedBy) });
  }

  function suggested({ gate, code, policy, patch, document }: Suggestion): HTMLElement {
    return h(
      "div",
      { class: "suggested" },
      h("p", {}, h("b", {}, policy ?? texts.ui(`ui.gate.${gate}`)), ": ", texts.code(`reason.suggestion.${code}`)),
      h("pre", { tabindex: 0 }, JSON.stringify(document ?? patch, null, 2)),
    );
  }
}

/** An error's message: a key with parameters, of which one may be such a message itself. */
function worded(texts: Texts, message: string): string {
  try {
    const { code, params } = JSON.parse(message) as { code: string; params: Record<string, string> };
    return texts.code(code, "reason" in params ? { ...params, reason: worded(texts, params["reason"] ?? "") } : params);
  } catch {
    return message;
  }
}
