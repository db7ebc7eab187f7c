/** CodeMirror for one JSON text, loaded when a reader first touches a text. The plain text area stands in until then. */
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, StateEffect, StateField, type Extension, type Text } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, keymap, lineNumbers, type DecorationSet } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";
import type { Position } from "../engine.ts";
import type { Range } from "./json_text.ts";

/** A problem in the text, already worded. */
export interface Fault {
  readonly severity: "error" | "warning";
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

export interface CodeEditor {
  readonly element: HTMLElement;
  show(shown: Shown): void;
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
    .filter(({ kind }) => kind !== "bad")
    .flatMap(({ span, kind }) => {
      const end = Math.min(span.end.line, doc.lines);
      return Array.from({ length: Math.max(end - span.start.line + 1, 0) }, (_, at) => ({ kind, line: span.start.line + at }));
    })
    .sort((a, b) => a.line - b.line);
  return Decoration.set(marks.map(({ kind, line }) => Decoration.line({ class: kind }).range(doc.line(line).from)), true);
}

const colours = tagHighlighter([
  { tag: tags.propertyName, class: "j-key" },
  { tag: tags.string, class: "j-string" },
  { tag: [tags.number, tags.bool, tags.null], class: "j-atom" },
]);

const look = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--surface)", color: "var(--ink)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
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
  ".cm-lintRange-error, .cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--denied)", textUnderlineOffset: "3px", textDecorationSkipInk: "none" },
  ".cm-lintRange-warning": { textDecorationColor: "var(--error)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line-strong)", borderRadius: "var(--radius-s)", font: "var(--t-2) / 1.5 var(--sans)" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--sunken)", border: "1px solid var(--line)", color: "var(--ink-2)" },
});

export function codeEditor(setup: Setup): CodeEditor {
  const access = new Compartment();
  let told = setup.shown.text;
  const view = new EditorView({
    root: setup.root,
    state: EditorState.create({
      doc: setup.shown.text,
      selection: setup.selection,
      extensions: [
        look, lineNumbers(), foldGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
        EditorView.lineWrapping, indentUnit.of("  "), json(), syntaxHighlighting(colours), lit,
        EditorState.changeFilter.of(({ newDoc }) => newDoc.length <= setup.most),
        // Tab leaves the editor, as it leaves any field.
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...foldKeymap]),
        access.of(accessOf(setup.shown)),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          const text = update.state.doc.toString();
          if (text === told) return;
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
  return {
    element: view.dom,
    show(shown) {
      const { ranges, faults, readonly, label } = shown;
      const now = JSON.stringify([ranges, faults, readonly, label]);
      if (shown.text === told && now === before) return;
      before = now;
      const changes = difference(told, shown.text);
      told = shown.text;
      if (changes) view.dispatch({ changes });
      const marks = faults.map(({ severity, message, start, end }) => {
        const from = offset(view.state.doc, start);
        return { severity, message, from, to: Math.max(offset(view.state.doc, end), from) };
      });
      const effects = [setLit.of(ranges), access.reconfigure(accessOf(shown))];
      if (marks.length > 0 || marked) view.dispatch({ effects }, setDiagnostics(view.state, marks));
      else view.dispatch({ effects });
      marked = marks.length > 0;
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
  return [EditorState.readOnly.of(readonly), EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" })];
}

/** A line and column, from 1 in UTF-16 units, as an offset into a text that may have changed since. */
function offset(doc: Text, { line, column }: Position): number {
  const at = doc.line(Math.max(Math.min(line, doc.lines), 1));
  return Math.min(at.from + Math.max(column - 1, 0), at.to);
}
