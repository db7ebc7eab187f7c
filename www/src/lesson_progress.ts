/** How far the reader is in the lesson: its goals are tried when something was done that may reach them. */
import { loadPart, missingPart, type Sandbox } from "./engine.ts";
import type { State } from "./state.ts";
import { kept, type Store } from "./store.ts";
import type { Did } from "./versions.ts";

/** Milliseconds after an edit until a lesson's goals are tried: longer than a key press may take. */
const AFTER = 200;

export class LessonProgress {
  private looking: number | undefined;

  constructor(
    private readonly store: Store<State>,
    private readonly sandbox: () => Sandbox | undefined,
    /** What has been done since the scenario was opened, and its text then. */
    private readonly since: () => { readonly did: readonly Did[]; readonly opened: string },
  ) {}

  /** Reads how far the reader is. */
  look(): void {
    const sandbox = this.sandbox();
    const { lesson } = this.store.state;
    if (sandbox) this.store.update({ lesson: kept(lesson, this.asOffered ? sandbox.lesson() : this.goals(sandbox)) });
  }

  /** The same when the reader pauses. */
  lookSoon(): void {
    this.stop();
    this.looking = window.setTimeout(() => this.look(), AFTER);
  }

  stop(): void {
    window.clearTimeout(this.looking);
  }

  /** Whether nothing was done but what the lesson offers: `iam-sandbox check` proves that its goals don't hold then. */
  private get asOffered(): boolean {
    const { text, lesson } = this.store.state;
    const { did, opened } = this.since();
    const offered = lesson.flatMap(({ run }) => run.map(({ command }) => command));
    return text === opened && did.every((one) => "command" in one && offered.includes(one.command));
  }

  /** The lesson with its goals tried; where a goal needs a part of the engine, as it stood until that has come. */
  private goals(sandbox: Sandbox): State["lesson"] {
    try {
      return sandbox.lessonWithGoals();
    } catch (error) {
      const part = missingPart(error);
      if (part === undefined) throw error;
      const again = () => this.sandbox() === sandbox && this.store.update({ lesson: this.goals(sandbox) });
      void loadPart(part).then(again, () => undefined);
      return this.store.state.lesson;
    }
  }
}
