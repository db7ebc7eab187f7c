/** JSON as rows of coloured text, with the statements that decided lit and the faults underlined. */
import { h } from "../dom.ts";
import type { TextSpan } from "../engine.ts";

export interface Range {
  readonly span: TextSpan;
  /** Statements by what they decide, faults by how grave they are. */
  readonly kind: "lit" | "lit deny" | "lit almost" | "error" | "warning" | "info";
}

/** Whether whole lines are marked. */
export function isLit({ kind }: Range): boolean {
  return kind.startsWith("lit");
}

const TOKEN = /"(?:[^"\\]|\\.)*"?(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

/** One element a line, in order. Works on text that isn't JSON too: it colours what it recognises. */
export function jsonRows(text: string, ranges: readonly Range[]): HTMLElement[] {
  const last = (line: string, at: number) => (at === 0 && line === "" ? "\u200b" : line);
  return text.split("\n").map((line, at) => row(last(line, at), at + 1, ranges));
}

function row(line: string, number: number, ranges: readonly Range[]): HTMLElement {
  const here = ranges.filter(({ span }) => span.start.line <= number && number <= span.end.line);
  const lit = here.find(isLit);
  const bad = here.filter((range) => !isLit(range)).map(({ span, kind }) => ({
    kind,
    from: span.start.line < number ? 0 : span.start.column - 1,
    to: span.end.line > number ? line.length : Math.max(span.end.column - 1, span.start.column),
  }));
  const element = h("span", { class: lit ? `row ${lit.kind}` : "row" });
  let at = 0;
  for (const token of line.matchAll(TOKEN)) {
    pieces(element, line, at, token.index, "", bad);
    const kind = token[0].startsWith('"') ? (token[1] === undefined ? "j-string" : "j-key") : "j-atom";
    at = token.index + token[0].length;
    pieces(element, line, token.index, at, kind, bad);
  }
  pieces(element, line, at, line.length, "", bad);
  return element;
}

function pieces(
  into: HTMLElement,
  line: string,
  from: number,
  to: number,
  kind: string,
  bad: readonly { kind: string; from: number; to: number }[],
): void {
  const cuts = [from, to, ...bad.flatMap((range) => [range.from, range.to])]
    .filter((cut) => cut >= from && cut <= to)
    .sort((a, b) => a - b);
  for (let index = 1; index < cuts.length; index++) {
    const [start = 0, end = 0] = [cuts[index - 1], cuts[index]];
    if (start === end) continue;
    const wrong = bad.find((range) => range.from <= start && end <= range.to);
    const names = `${kind}${wrong ? ` bad ${wrong.kind}` : ""}`.trim();
    const piece = line.slice(start, end);
    into.append(names ? h("span", { class: names }, piece) : piece);
  }
}
