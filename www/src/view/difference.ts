/** Two texts as the lines that go and the lines that come. */
import { h } from "../dom.ts";
import type { Texts } from "../texts.ts";

/** A longer line shows what differs in it alone, with so many characters before and after it. */
const LONG = 160;
const NEAR = 40;

/** More columns than these that all lines begin with are left out. */
const DEEP = 8;

/** The rows of the one stretch in which two texts differ, with `around` lines of the new one before and after it.
 * Lines that differ in a comma at their end alone count as alike. */
export function difference(texts: Texts, old: readonly string[], now: readonly string[], around = 0): readonly HTMLElement[] {
  const same = (one: string | undefined, other: string | undefined) => one !== undefined && one.replace(/,$/, "") === other?.replace(/,$/, "");
  const least = Math.min(old.length, now.length);
  let start = 0;
  while (start < least && same(old[start], now[start])) start++;
  let end = 0;
  while (end < least - start && same(old.at(-1 - end), now.at(-1 - end))) end++;
  const rows = (kind: "kept" | "gone" | "new", lines: readonly string[]) =>
    lines.map((line) => line.slice(deep)).map((line) =>
      h(
        "span",
        { class: `change ${kind}` },
        kind === "kept" ? null : h("span", { class: "visually-hidden" }, texts.ui(kind === "gone" ? "ui.repair.before" : "ui.repair.after"), " "),
        line,
      ));
  const last = now.length - end;
  const [gone, come] = cut(old.slice(start, old.length - end), now.slice(start, last));
  const [before, after] = [now.slice(Math.max(start - around, 0), start), now.slice(last, last + around)];
  const shared = Math.min(...[...before, ...gone, ...come, ...after].map((line) => line.search(/\S|$/)));
  const deep = shared > DEEP ? shared : 0;
  return [...rows("kept", before), ...rows("gone", gone), ...rows("new", come), ...rows("kept", after)];
}

/** Two stretches without what both begin and end with, where their first or last line is long. */
function cut(old: readonly string[], now: readonly string[]): readonly [readonly string[], readonly string[]] {
  const texts = [old.join("\n"), now.join("\n")] as const;
  const least = Math.min(texts[0].length, texts[1].length);
  let start = 0;
  while (start < least && texts[0][start] === texts[1][start]) start++;
  let end = 0;
  while (end < least - start && texts[0].at(-1 - end) === texts[1].at(-1 - end)) end++;
  const isLong = (line: string | undefined) => (line?.length ?? 0) > LONG;
  const [first, last] = [isLong(old[0]) || isLong(now[0]), isLong(old.at(-1)) || isLong(now.at(-1))];
  const short = (text: string) => {
    const from = first ? Math.max(Math.min(start, text.search(/\n|$/)) - NEAR, 0) : 0;
    const to = last ? Math.min(Math.max(text.length - end, text.lastIndexOf("\n") + 1) + NEAR, text.length) : text.length;
    return text === "" ? [] : `${from > 0 ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`.split("\n");
  };
  return [short(texts[0]), short(texts[1])];
}
