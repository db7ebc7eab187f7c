/** A dialog that is fetched, with its sentences, when it is first opened. */
import { h } from "../dom.ts";
import { waitedFor } from "../busy.ts";
import { addStyles } from "../style/styles.ts";
import type { Session } from "../session.ts";

export interface Dialog {
  readonly dialog: HTMLDialogElement;
  /** Its own style rules. */
  readonly rules: string;
  open(): void | Promise<void>;
}

/** `element` goes on the page; the dialog comes into it. */
export function tool(session: Session, load: () => Promise<Dialog>): { readonly element: HTMLElement; open(): void } {
  const element = h("div", { class: "tool" });
  let loading: Promise<Dialog> | undefined;
  const loaded = () => {
    loading ??= load().then((one) => {
      addStyles(element.getRootNode() as ShadowRoot, one.rules);
      element.append(one.dialog);
      return one;
    });
    // What could not be fetched may be there at the next click.
    loading.catch(() => (loading = undefined));
    return loading;
  };
  return {
    element,
    async open() {
      try {
        const [{ open }] = await waitedFor(Promise.all([loaded(), session.allTexts()]));
        await open();
      } catch (error) {
        session.refused(error);
      }
    },
  };
}
