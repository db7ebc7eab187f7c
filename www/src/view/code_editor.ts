/** CodeMirror for one JSON text, loaded when a reader first touches a text. The plain text area stands in until then. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, StateEffect, StateField, type Extension, type Text } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, hoverTooltip, keymap, lineNumbers, tooltips, WidgetType, type DecorationSet } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";
import { h } from "../dom.ts";
import type { Position } from "../engine.ts";
import type { Meaning, Proposal } from "../policy_language.ts";
import { isLit, type Range } from "./json_text.ts";

/** A problem in the text, already worded. */
export interface Fault {
  readonly severity: "error" | "warning" | "info";
  /** The severity in a word, and the code of the finding. */
  readonly source: string;
  readonly message: string;
  readonly start: Position;
  readonly end: Position;
}

/** What the editor shows. */
export interface Shown {
  readonly text: string;
  readonly ranges: readonly Range[];
  readonly faults: readonly Fault[];
  readonly readonly: boolean;
  readonly label: string;
}

/** What is known of the text while it is typed. */
export interface Assistant {
  proposals(text: string, offset: number): readonly Proposal[];
  meaning(text: string, offset: number): Meaning | undefined;
  intrinsics(text: string): readonly { from: number; to: number; text: string }[];
}

export interface CodeEditor {
  readonly element: HTMLElement;
  show(shown: Shown): void;
  /** From now on proposals and meanings come from there. */
  assist(assistant: Assistant): void;
  goTo(position: Position): void;
  /** The line under the pointer, from 1. */
  lineAt(event: MouseEvent): number | undefined;
}

interface Setup {
  readonly root: Document | ShadowRoot;
  readonly selection: { readonly anchor: number; readonly head: number };
  readonly shown: Shown;
  readonly most: number;
  onInput(text: string): void;
}

const setLit = StateEffect.define<readonly Range[]>();

const lit = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    const effect = transaction.effects.find((one) => one.is(setLit));
    return effect ? lines(transaction.state.doc, effect.value) : decorations.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function lines(doc: Text, ranges: readonly Range[]): DecorationSet {
  const marks = ranges
    .filter(isLit)
    .flatMap(({ span, kind }) => {
      const end = Math.min(span.end.line, doc.lines);
      return Array.from({ length: Math.max(end - span.start.line + 1, 0) }, (_, at) => ({ kind, line: span.start.line + at }));
    })
    .sort((a, b) => a.line - b.line);
  return Decoration.set(marks.map(({ kind, line }) => Decoration.line({ class: kind }).range(doc.line(line).from)), true);
}

const setAssistant = StateEffect.define<Assistant>();

const assistantOf = StateField.define<Assistant | undefined>({
  create: () => undefined,
  update: (before, { effects }) => effects.find((one) => one.is(setAssistant))?.value ?? before,
});

/** What an intrinsic stands for, behind it: drawn, so that the text itself stays what was written. */
class Resolved extends WidgetType {
  constructor(private readonly text: string) {
    super();
  }

  override eq({ text }: Resolved): boolean {
    return text === this.text;
  }

  override toDOM(): HTMLElement {
    return h("span", { class: "resolved", "data-value": this.text, role: "img", "aria-label": `= ${this.text}` });
  }
}

const resolved = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, { state, docChanged, changes, effects }) {
    if (!docChanged && !effects.some((one) => one.is(setAssistant))) return decorations;
    const text = state.doc.toString();
    const found = text.includes('"Fn::') || text.includes('"Ref"') ? state.field(assistantOf)?.intrinsics(text) : [];
    // A text that isn't JSON for a moment keeps what was known.
    if (found === undefined || (found.length === 0 && decorations.size > 0 && !isJson(text))) return decorations.map(changes);
    return Decoration.set(found.map(({ to, text: value }) => Decoration.widget({ widget: new Resolved(value), side: 1 }).range(to)));
  },
  provide: (field) => EditorView.decorations.from(field),
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function proposals({ state, pos, explicit }: CompletionContext): CompletionResult | null {
  // An empty place is filled when the reader asks for it, or has just opened it.
  const opened = /["\w*:{$/-]$/.test(state.sliceDoc(Math.max(pos - 1, 0), pos));
  const found = explicit || opened ? (state.field(assistantOf)?.proposals(state.doc.toString(), pos) ?? []) : [];
  const [first] = found;
  if (!first) return null;
  const options = found.map(({ label, insert, detail }, at) => ({ label, detail, apply: insert, boost: -at / 1000 }));
  return { from: first.from, to: first.to, options, filter: false };
}

const meaning = hoverTooltip((view, pos) => {
  const found = view.state.field(assistantOf)?.meaning(view.state.doc.toString(), pos);
  if (!found) return null;
  const dom = h("div", { class: "meaning" }, h("code", {}, found.word), h("div", {}, found.text));
  return { pos: found.from, end: found.to, above: true, create: () => ({ dom }) };
});

/** Text typed over other text. Left to itself the browser gives it the look of what it replaces as an inline style,
 * which the page's content security policy refuses. Of a selection made in the same moment the editor may not have
 * heard yet. */
const typedOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { state } = view;
    const { data, inputType } = event;
    if (inputType !== "insertText" || data === null || view.composing || state.readOnly) return false;
    const [from, to] = selected(view);
    if (from === to) return false;
    event.preventDefault();
    const insert = () => state.update({ changes: { from, to, insert: data }, selection: { anchor: from + data.length }, userEvent: "input.type", scrollIntoView: true });
    if (!state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, data, insert))) view.dispatch(insert());
    return true;
  },
});

/** Where the selected text begins and ends, by the document rather than by what the editor has heard of it. */
function selected(view: EditorView): [from: number, to: number] {
  const root = view.root as DocumentOrShadowRoot & { getSelection?(): Selection | null };
  const { anchorNode, anchorOffset, focusNode, focusOffset } = (root.getSelection ? root.getSelection() : getSelection()) ?? {};
  const { from, to } = view.state.selection.main;
  const inside = (node: Node | null | undefined): node is Node => view.contentDOM.contains(node ?? null);
  if (!inside(anchorNode) || !inside(focusNode)) return [from, to];
  const ends = [view.posAtDOM(anchorNode, anchorOffset), view.posAtDOM(focusNode, focusOffset)];
  return [Math.min(...ends), Math.max(...ends)];
}

const colours = tagHighlighter([
  { tag: tags.propertyName, class: "j-key" },
  { tag: tags.string, class: "j-string" },
  { tag: [tags.number, tags.bool, tags.null], class: "j-atom" },
]);

const look = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--surface)", color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { font: "var(--t-2) / 20px var(--mono)", overflow: "auto", scrollbarWidth: "thin" },
  ".cm-content": { padding: "10px 0 16px", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 16px 0 9px", borderInlineStart: "3px solid transparent", wordBreak: "normal", overflowWrap: "anywhere" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-3)", border: "0", fontSize: "var(--t-1)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "30px", padding: "0 2px 0 4px" },
  ".cm-cursor": { borderInlineStartColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "light-dark(rgb(33 80 200 / 20%), rgb(145 177 255 / 26%))",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-tint)", outline: "1px solid var(--line-strong)" },
  ".cm-lintRange-error, .cm-lintRange-warning, .cm-lintRange-info": { backgroundImage: "none", textDecoration: "underline wavy var(--denied)", textUnderlineOffset: "3px", textDecorationSkipInk: "none" },
  ".cm-lintRange-warning": { textDecorationColor: "var(--error)", textDecorationStyle: "dashed" },
  ".cm-lintRange-info": { textDecorationColor: "var(--accent)", textDecorationStyle: "dotted" },
  ".cm-lintRange-active": { backgroundColor: "var(--hover)" },
  ".cm-diagnostic": { padding: "6px 10px", borderInlineStartWidth: "3px" },
  ".cm-diagnostic-error": { borderInlineStartColor: "var(--denied-fill)" },
  ".cm-diagnostic-warning": { borderInlineStartColor: "var(--error-fill)" },
  ".cm-diagnostic-info": { borderInlineStartColor: "var(--accent-fill)" },
  ".cm-diagnosticSource": { fontSize: "var(--t-1)", opacity: "1", color: "var(--ink-3)" },
  ".cm-tooltip-lint, .meaning": { maxWidth: "min(420px, 100cqi - 48px)", margin: "0" },
  ".meaning": { padding: "6px 10px" },
  ".meaning code": { font: "var(--t-1) / 1.5 var(--mono)", color: "var(--key)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { font: "var(--t-2) / 1.5 var(--mono)", maxHeight: "15em", maxWidth: "min(520px, 100cqi - 48px)", scrollbarWidth: "thin" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", gap: "14px", padding: "2px 10px", alignItems: "baseline" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent-tint)", color: "var(--ink)" },
  ".cm-completionLabel": { flex: "1 1 auto", minWidth: "0", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionDetail": { flex: "0 0 auto", margin: "0", fontStyle: "normal", fontFamily: "var(--sans)", fontSize: "var(--t-1)", color: "var(--ink-3)" },
  ".resolved::after": { content: '" = " attr(data-value)', color: "var(--ink-3)", fontSize: "var(--t-1)", fontStyle: "italic" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line-strong)", borderRadius: "var(--radius-s)", font: "var(--t-2) / 1.5 var(--sans)" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--sunken)", border: "1px solid var(--line)", color: "var(--ink-2)" },
});

export function codeEditor(setup: Setup): CodeEditor {
  const access = new Compartment();
  let told = setup.shown.text;
  let last = setup.shown;
  let showing = false;
  const view = new EditorView({
    root: setup.root,
    state: EditorState.create({
      doc: setup.shown.text,
      selection: setup.selection,
      extensions: [
        look, lineNumbers(), foldGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
        EditorView.lineWrapping, indentUnit.of("  "), json(), syntaxHighlighting(colours), lit,
        assistantOf, resolved, meaning, typedOver, tooltips({ position: "absolute", tooltipSpace: (view) => view.dom.getBoundingClientRect() }),
        autocompletion({ override: [proposals], icons: false, closeOnBlur: true }),
        EditorState.changeFilter.of(({ newDoc }) => newDoc.length <= setup.most),
        // Tab leaves the editor, as it leaves any field.
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...defaultKeymap, ...historyKeymap, ...foldKeymap]),
        access.of(accessOf(setup.shown)),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          const text = update.state.doc.toString();
          if (text === told) {
            // The same text anew has lost its marks.
            if (!showing) queueMicrotask(mark);
            return;
          }
          told = text;
          // What follows shows itself in this view, which may not happen while it is updating.
          queueMicrotask(() => setup.onInput(text));
        }),
      ],
    }),
  });
  view.dom.addEventListener("keydown", (event) => event.stopPropagation());
  let before = "";
  let marked = false;
  const mark = () => {
    const { ranges, faults } = last;
    const marks = faults.map(({ severity, source, message, start, end }) => {
      const from = offset(view.state.doc, start);
      return { severity, source, message, from, to: Math.max(offset(view.state.doc, end), from) };
    });
    const effects = [setLit.of(ranges), access.reconfigure(accessOf(last))];
    if (marks.length > 0 || marked) view.dispatch({ effects }, setDiagnostics(view.state, marks));
    else view.dispatch({ effects });
    marked = marks.length > 0;
  };
  return {
    element: view.dom,
    show(shown) {
      const { ranges, faults, readonly, label } = shown;
      const now = JSON.stringify([ranges, faults, readonly, label]);
      if (shown.text === told && now === before) return;
      before = now;
      last = shown;
      const changes = difference(told, shown.text);
      told = shown.text;
      showing = true;
      // What comes from outside is a step of its own for undo.
      if (changes) view.dispatch({ changes, annotations: isolateHistory.of("full") });
      showing = false;
      mark();
    },
    assist(assistant) {
      view.dispatch({ effects: setAssistant.of(assistant) });
    },
    lineAt({ clientX: x, clientY: y }) {
      const at = view.posAtCoords({ x, y });
      return at === null ? undefined : view.state.doc.lineAt(at).number;
    },
    goTo(position) {
      const at = offset(view.state.doc, position);
      view.focus();
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    },
  };
}

/** The one stretch in which two texts differ; undefined where they don't. */
function difference(from: string, to: string): { from: number; to: number; insert: string } | undefined {
  if (from === to) return undefined;
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start++;
  let end = 0;
  while (end < most - start && from.at(-1 - end) === to.at(-1 - end)) end++;
  return { from: start, to: from.length - end, insert: to.slice(start, to.length - end) };
}

function accessOf({ readonly, label }: Shown): Extension {
  return [EditorState.readOnly.of(readonly), EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" })];
}

/** A line and column, from 1 in UTF-16 units, as an offset into a text that may have changed since. */
function offset(doc: Text, { line, column }: Position): number {
  const at = doc.line(Math.max(Math.min(line, doc.lines), 1));
  return Math.min(at.from + Math.max(column - 1, 0), at.to);
}
