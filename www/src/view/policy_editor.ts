/** One policy's text: a text area over coloured rows of the same metrics, and the list of its problems. */
import { h } from "../dom.ts";
import { isStep, type Diagnostic, type PolicyText } from "../engine.ts";
import type { Session } from "../session.ts";
import { selectedStep, shownEntry, type State } from "../state.ts";
import { settlingAuthorization } from "../verdict.ts";
import { jsonRows, type Range } from "./json_text.ts";

/** A policy is at most 20,480 characters on AWS; beyond this a text isn't one. */
const MOST_CHARACTERS = 100_000;

export interface PolicyEditor {
  readonly element: HTMLElement;
  render(state: State, policy: PolicyText): void;
}

export function policyEditor(session: Session, pointer: string): PolicyEditor {
  const rows = h("pre", { "aria-hidden": "true" });
  const area = h("textarea", { spellcheck: "false", autocomplete: "off", autocapitalize: "off", maxlength: MOST_CHARACTERS });
  const problems = h("div", { class: "problems", role: "status" });
  const element = h("div", {}, h("div", { class: "code" }, rows, area), problems);

  area.addEventListener("input", () => session.setPolicy(pointer, area.value));
  area.addEventListener("keydown", (event) => event.stopPropagation());

  return {
    element,
    render(state, policy) {
      const { texts } = state;
      const draft = state.drafts.get(pointer);
      const text = draft?.text ?? policy.text;
      // Setting an equal value would move the caret.
      if (area.value !== text) area.value = text;
      area.readOnly = state.readonly;
      area.setAttribute("aria-label", texts.ui("ui.policies.text", { policy: policy.title }));
      const faults = draft?.diagnostics ?? state.warnings.filter((one) => one.pointer.startsWith(pointer));
      const ranges = draft
        ? draft.diagnostics.map(underline).filter((range) => range !== undefined)
        : litRanges(state, policy);
      rows.replaceChildren(...jsonRows(text, ranges));
      problems.hidden = faults.length === 0;
      problems.replaceChildren(
        ...(draft
          ? [
              h(
                "div",
                { class: "notice denied" },
                h("span", { class: "grow" }, texts.ui("ui.policies.draft")),
                h("button", { class: "button", type: "button", onclick: () => session.dropDraft(pointer) }, texts.ui("ui.policies.drop")),
              ),
            ]
          : []),
        ...faults.map((fault) => problem(state, fault, draft !== undefined)),
      );
    },
  };

  function problem({ texts }: State, fault: Diagnostic, inText: boolean): HTMLElement {
    const { start } = fault;
    return h(
      "button",
      { class: fault.severity, type: "button", onclick: () => start && inText && goTo(area, start) },
      start && inText ? h("span", { class: "at" }, texts.ui("ui.problem.at", { line: start.line, column: start.column })) : null,
      h("span", { class: "what" }, texts.code(fault.code, fault.params)),
    );
  }
}

function underline({ start, end }: Diagnostic): Range | undefined {
  return start ? { kind: "bad", span: { start, end: end ?? start } } : undefined;
}

/** What the selected authorization, else the one that settled the command, cites in this text. */
function litRanges(state: State, policy: PolicyText): Range[] {
  const selected = selectedStep(state);
  const trace = shownEntry(state)?.trace;
  const step = selected && isStep(selected, "authorize") ? selected : trace && settlingAuthorization(trace);
  if (!step) return [];
  const kind = step.evidence.decision === "Allow" ? "lit" : "lit deny";
  return step.evidence.decidedBy
    .filter((citation) => citation.policy === policy.policy && citation.pointer.startsWith(policy.pointer))
    .flatMap(({ span }) => (span ? [{ kind, span } as const] : []));
}

function goTo(area: HTMLTextAreaElement, { line, column }: { line: number; column: number }): void {
  const before = area.value.split("\n").slice(0, line - 1);
  const offset = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  area.focus();
  area.setSelectionRange(offset, offset);
}
