/** Two texts as the lines that go and the lines that come. */
import { h } from "../dom.ts";
import type { Texts } from "../texts.ts";

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
    lines.map((line) =>
      h(
        "span",
        { class: `change ${kind}` },
        kind === "kept" ? null : h("span", { class: "visually-hidden" }, texts.ui(kind === "gone" ? "ui.repair.before" : "ui.repair.after"), " "),
        line,
      ));
  const last = now.length - end;
  return [
    ...rows("kept", now.slice(Math.max(start - around, 0), start)),
    ...rows("gone", old.slice(start, old.length - end)),
    ...rows("new", now.slice(start, last)),
    ...rows("kept", now.slice(last, last + around)),
  ];
}
