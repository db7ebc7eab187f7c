/** What every view is: an element, and a render function that the store calls. */
import type { State } from "../state.ts";

export interface View {
  readonly element: HTMLElement;
  render(state: State): void;
}
