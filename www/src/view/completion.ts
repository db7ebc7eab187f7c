/** Tab completion in the console, from the words of the scenario's commands and of those already run. */
import type { State } from "../state.ts";

/** The line completed as far as all candidates agree; undefined when there is nothing to add. */
export function complete(line: string, state: State): string | undefined {
  const lines = [
    ...state.entries.map((entry) => entry.command),
    ...[...(state.document.run ?? []), ...state.lesson.flatMap((entry) => entry.run)].map(
      (step) => step.command ?? "",
    ),
  ];
  const whole = extend(line, lines);
  if (whole !== undefined) return whole;
  const start = line.search(/\S*$/);
  const word = line.slice(start);
  const words = lines.flatMap((candidate) => candidate.split(/\s+/));
  const extended = word === "" ? undefined : extend(word, words);
  return extended === undefined ? undefined : line.slice(0, start) + extended;
}

function extend(typed: string, candidates: readonly string[]): string | undefined {
  const fitting = candidates.filter((candidate) => candidate.startsWith(typed) && candidate.length > typed.length);
  let common = fitting[0];
  if (common === undefined) return undefined;
  for (const candidate of fitting) {
    let length = 0;
    while (length < common.length && common[length] === candidate[length]) length++;
    common = common.slice(0, length);
  }
  return common.length > typed.length ? common : undefined;
}
