/** Tab in the console, as in bash: one word that fits is completed, several as far as they agree; asked again, they are
 * listed. Nobody is caught in the field: where nothing fits, after Escape and on an empty line Tab moves on. */
import { h } from "../dom.ts";
import { withParts } from "../engine.ts";
import type { Session } from "../session.ts";

/** A longer list helps nobody. */
const MOST = 60;

export interface Completion {
  /** Where words are listed. */
  readonly element: HTMLElement;
  /** A Tab in the field. */
  tab(event: KeyboardEvent): void;
  /** An Escape in the field: the next Tab moves on. */
  letGo(): void;
}

export function completion(session: Session, input: HTMLInputElement): Completion {
  const element = h("div", { class: "fits", role: "status", hidden: true });
  /** Whether the next Tab leaves the field. */
  let free = false;
  /** The line and cursor of the last Tab, if it could not add anything. */
  let stuck: string | undefined;

  const now = () => `${input.selectionStart} ${input.value}`;
  const close = () => {
    element.hidden = true;
    element.replaceChildren();
  };
  const typed = () => {
    free = false;
    stuck = undefined;
    close();
  };
  input.addEventListener("input", typed);
  input.addEventListener("blur", typed);

  const insert = (text: string, from: number, to: number) => {
    input.setRangeText(text, from, to, "end");
    typed();
  };
  const list = (options: readonly string[]) => {
    const { texts } = session.store.state;
    element.hidden = false;
    element.replaceChildren(
      h("ul", {}, options.slice(0, MOST).map((option) => h("li", {}, h("code", {}, option)))),
      options.length > MOST ? h("p", {}, texts.ui("ui.console.more", { count: options.length - MOST })) : "",
    );
    element.scrollTo({ top: 0 });
  };
  const complete = async () => {
    const asked = now();
    const { value, selectionStart } = input;
    const found = await withParts(() => session.ask((sandbox) => sandbox.completeCommand(value, selectionStart ?? value.length, session.store.state.host)));
    // The reader may have typed on while a part was loaded.
    if (!found || now() !== asked) return;
    const { from, to, options } = found;
    const [only] = options;
    const common = options.reduce(shared, only ?? "");
    if (options.length === 1 && only !== undefined) {
      const follows = only.endsWith("/") || value.slice(to).startsWith(" ") ? "" : " ";
      insert(only + follows, from, to);
    } else if (common.length > to - from) insert(common, from, to);
    else if (options.length === 0) free = true;
    else if (stuck === asked) list(options);
    else stuck = asked;
  };

  return {
    element,
    tab(event) {
      if (free || input.value === "") return;
      event.preventDefault();
      void complete().catch((error: unknown) => session.refused(error));
    },
    letGo() {
      typed();
      free = true;
    },
  };
}

/** What both begin with. */
function shared(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}
