/** The edits of a session, to be taken back one by one. */
import type { PolicyText, Sandbox, ScenarioSuggestion } from "./engine.ts";
import { inverse } from "./json_patch.ts";

/** A suggestion that was applied, and what was there before. */
export interface Applied {
  readonly code: string;
  readonly patch: ScenarioSuggestion["patch"];
  readonly document: object;
  readonly policies: readonly PolicyText[];
}

type Edit =
  | { readonly kind: "typed"; readonly pointer: string; readonly before: string; readonly whole: string; readonly at: number }
  | ({ readonly kind: "applied" } & Applied);

/** Milliseconds between two key presses of one edit. */
const PAUSE = 1200;

const MOST_EDITS = 100;

export class Past {
  private edits: Edit[] = [];

  get some(): boolean {
    return this.edits.length > 0;
  }

  /** The last edit, if it was a suggestion. */
  get lastApplied(): Applied | undefined {
    const last = this.edits.at(-1);
    return last?.kind === "applied" ? last : undefined;
  }

  /** A text was typed over `before` in the scenario's `whole` text; what is typed without a pause is one edit. */
  typed(pointer: string, before: string, whole: string): void {
    const at = performance.now();
    const last = this.edits.at(-1);
    const goesOn = last?.kind === "typed" && last.pointer === pointer && at - last.at < PAUSE;
    if (goesOn) this.edits.splice(-1, 1, { ...last, at });
    else this.push({ kind: "typed", pointer, before, whole, at });
  }

  applied(edit: Applied): void {
    this.push({ kind: "applied", ...edit });
  }

  pop(): Edit | undefined {
    return this.edits.pop();
  }

  clear(): void {
    this.edits = [];
  }

  /** The scenario's text before the last edit, where it was typed. */
  get wholeBefore(): string | undefined {
    const last = this.edits.at(-1);
    return last?.kind === "typed" ? last.whole : undefined;
  }

  private push(edit: Edit): void {
    this.edits.push(edit);
    if (this.edits.length > MOST_EDITS) this.edits.shift();
  }
}

/** Puts back what a suggestion changed: policies their text as it was written, all else its value. */
export function takeBack(sandbox: Sandbox, { patch, policies, document }: Applied): void {
  for (const { path } of patch.toReversed()) {
    const policy = policies.find(({ pointer }) => path === pointer || path.startsWith(`${pointer}/`));
    if (policy) sandbox.setPolicy(policy.pointer, policy.text);
    else sandbox.patch([inverse(document, path)]);
  }
}
