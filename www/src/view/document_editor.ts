/** One JSON text to edit: a text area over coloured rows until the full editor is there, and the list of its problems. */
import { waitedFor } from "../busy.ts";
import { h, setAttribute } from "../dom.ts";
import { isStep, type Diagnostic, type PolicyText, type Position } from "../engine.ts";
import { PolicyLanguage, type Finding } from "../policy_language.ts";
import type { Session } from "../session.ts";
import { selectedStep, shownEntry, type State } from "../state.ts";
import { settlingAuthorization } from "../verdict.ts";
import type { CodeEditor, Fault, Shown } from "./code_editor.ts";
import { problemsList } from "./findings.ts";
import { jsonRows, type Range } from "./json_text.ts";

/** A scenario is at most 256 KB; beyond this a text isn't one. */
const MOST_CHARACTERS = 256 * 1024;

/** Milliseconds after a key press until the text is checked. */
const CHECK_AFTER = 150;

export interface DocumentEditor {
  readonly element: HTMLElement;
  render(state: State, policy: PolicyText): void;
  /** Begins to check the text: somebody reads it. */
  read(): void;
}

/** `pointer` is what the session's `setPolicy` takes; empty for the whole scenario. */
export function documentEditor(session: Session, pointer: string): DocumentEditor {
  const rows = h("pre", { "aria-hidden": "true" });
  const area = h("textarea", { spellcheck: "false", autocomplete: "off", autocapitalize: "off", maxlength: MOST_CHARACTERS });
  const plain = h("div", { class: "code" }, rows, area);
  const problems = h("div", { class: "problems", role: "status" });
  const element = h("div", {}, plain, problems);
  const input = (text: string) => session.setPolicy(pointer, text);
  let shown: Shown | undefined;
  let editor: CodeEditor | undefined;
  let loading = false;
  /** Where the editor is to begin. */
  let aim: Position | undefined;
  let language: PolicyLanguage | undefined;
  let learning: string | undefined;
  let isRead = false;
  /** The findings of the last checked text. */
  let findings: readonly Finding[] = [];
  let checked: string | undefined;
  let checking: number | undefined;
  let drawn: { state: State; policy: PolicyText } | undefined;

  /** Loads the language of policies in the reader's language, once somebody reads the text. */
  const learn = async () => {
    const wanted = session.store.state.texts.language;
    if (!isRead || wanted === learning) return;
    learning = wanted;
    try {
      const known = await PolicyLanguage.load(session, wanted);
      if (learning !== wanted) return;
      language = known;
    } catch {
      // Without it the text can still be edited; the next touch tries again.
      learning = undefined;
      return;
    }
    assist();
    check();
  };
  const assist = () =>
    editor?.assist({
      proposals: (text, offset) => (drawn ? language?.proposals(drawn.policy, text, offset) : undefined) ?? [],
      meaning: (text, offset) => drawn && language?.meaning(drawn.policy, text, offset),
      intrinsics: (text) => (drawn ? language?.intrinsics(drawn.policy, text) : undefined) ?? [],
    });
  const check = () => {
    if (!language || !drawn || !shown) return;
    const text = shown.text;
    findings = language.findings(drawn.policy, text);
    checked = text;
    language.need(text, check);
    draw(drawn.state, drawn.policy);
  };
  const checkSoon = () => {
    window.clearTimeout(checking);
    checking = window.setTimeout(check, CHECK_AFTER);
  };

  const upgrade = async () => {
    if (loading) return;
    loading = true;
    try {
      const { codeEditor } = await waitedFor(import("./code_editor.ts"));
      const root = area.getRootNode() as ShadowRoot;
      if (!shown) return;
      const held = root.activeElement === area;
      const selection = { anchor: area.selectionStart, head: area.selectionEnd };
      editor = codeEditor({ root, selection, shown: { ...shown, text: area.value }, most: MOST_CHARACTERS, onInput: input });
      const scrolled = plain.scrollTop;
      const full = h("div", { class: "code full" }, editor.element);
      plain.replaceWith(full);
      editor.show(shown);
      full.querySelector(".cm-scroller")?.scrollTo({ top: scrolled });
      if (held) full.querySelector<HTMLElement>(".cm-content")?.focus({ preventScroll: true });
      if (aim) editor.goTo(aim);
      aim = undefined;
      if (language) assist();
      read();
    } catch {
      // Without the editor the text area still edits; the next touch tries again.
      loading = false;
    }
  };

  const read = () => {
    isRead = true;
    void learn();
  };

  area.addEventListener("input", () => input(area.value));
  area.addEventListener("focus", () => void upgrade());
  area.addEventListener("keydown", (event) => event.stopPropagation());
  element.addEventListener("mousemove", (event) => {
    const line = editor ? editor.lineAt(event) : rowAt(event);
    session.hover(line === undefined ? null : { pointer, line });
  });
  element.addEventListener("mouseleave", () => session.hover(null));

  return {
    element,
    render(state, policy) {
      draw(state, policy);
      if (isRead && state.texts.language !== learning) void learn();
      else if (language && shown?.text !== checked) checkSoon();
    },
    read,
  };

  function draw(state: State, policy: PolicyText): void {
    const { texts } = state;
    drawn = { state, policy };
    const draft = state.drafts.get(pointer);
    const text = draft?.text ?? policy.text;
    const found = language ? findings : [];
    // The checks say more of a text that can't be loaded than the loader does.
    const told = text === checked && found.some(({ type }) => type === "ERROR");
    const own = draft?.diagnostics.filter(({ code }) => !told || !/^diagnostic\.(json|policy)\./.test(code)) ?? [];
    const elsewhere = draft ? [] : state.warnings.filter((one) => pointer !== "" && one.pointer.startsWith(pointer));
    const faults: readonly Fault[] = [...own.map((one) => faultOf(state, one)), ...found.map((one) => faultOfFinding(state, one))];
    const ranges = draft ? [] : litRanges(state, policy);
    shown = { text, ranges, faults, readonly: state.readonly, label: texts.ui("ui.policies.text", { policy: policy.title }) };
    if (editor) {
      editor.show(shown);
    } else {
      // Setting an equal value would move the caret.
      if (area.value !== text) area.value = text;
      area.readOnly = state.readonly;
      setAttribute(area, "aria-label", shown.label);
      rows.replaceChildren(...jsonRows(text, [...ranges, ...faults.map(underline)]));
    }
    problemsList(problems, texts, {
      notice: draft ? notice(state) : null,
      faults: [...faults, ...elsewhere.map(({ severity, code, params }) => ({ severity, source: "", message: texts.code(code, params) }))],
      goTo,
    });
  }

  function notice({ texts }: State): HTMLElement {
    return h(
      "div",
      { class: "notice denied" },
      h("span", { class: "grow" }, texts.ui(pointer === "" ? "ui.document.draft" : "ui.policies.draft")),
      h("button", { class: "button", type: "button", onclick: () => session.dropDraft(pointer) }, texts.ui("ui.policies.drop")),
    );
  }

  /** The text area lies over the rows: the row under the pointer is below it. */
  function rowAt({ clientX, clientY }: MouseEvent): number | undefined {
    const under = (rows.getRootNode() as ShadowRoot).elementsFromPoint(clientX, clientY);
    const at = [...rows.children].findIndex((row) => under.includes(row));
    return at < 0 ? undefined : at + 1;
  }

  function goTo(position: Position): void {
    if (editor) return editor.goTo(position);
    aim = position;
    const before = area.value.split("\n").slice(0, position.line - 1);
    const at = before.reduce((sum, text) => sum + text.length + 1, 0) + position.column - 1;
    area.focus();
    area.setSelectionRange(at, at);
  }
}

function faultOf({ texts }: State, { severity, code, params, start, end }: Diagnostic): Fault {
  return { severity, source: texts.ui(severity === "error" ? "ui.finding.ERROR" : "ui.finding.WARNING"), message: texts.code(code, params), start, end };
}

function faultOfFinding({ texts }: State, { type, code, message, start, end }: Finding): Fault {
  const severity = type === "ERROR" ? "error" : type === "SUGGESTION" ? "info" : "warning";
  return { severity, source: `${texts.ui(`ui.finding.${type}`)} · ${code}`, message, start, end };
}

function underline({ severity, start, end }: Fault): Range {
  return { kind: severity, span: { start, end } };
}

/** What the selected authorization, else the one that settled the command, cites in this text; where nothing
 * allowed, the statements that nearly did. */
function litRanges(state: State, policy: PolicyText): Range[] {
  const selected = selectedStep(state);
  const trace = shownEntry(state)?.trace;
  const step = selected && isStep(selected, "authorize") ? selected : trace && settlingAuthorization(trace);
  if (!step || policy.pointer === "") return [];
  const { decision, decidedBy, nearMisses, explain } = step.evidence;
  const here = (cited: { policy: string; pointer: string }) => cited.policy === policy.policy && cited.pointer.startsWith(policy.pointer);
  const kind = decision === "Allow" ? "lit" : "lit deny";
  const decided = decidedBy.filter(here).flatMap(({ span }) => (span ? [{ kind, span } as const] : []));
  if (decision !== "ImplicitDeny") return decided;
  const statements = Object.values(explain).flat().flatMap((one) => one.statements);
  const near = nearMisses.filter(here).flatMap(({ pointer }) => statements.find((one) => pointer.startsWith(`${one.pointer}/`))?.span ?? []);
  return [...decided, ...near.map((span) => ({ kind: "lit almost", span }) as const)];
}
