/** The scenario's clock, and how far it can be moved: tokens and sessions run out, roles are handed out anew. */
import { setAttribute } from "../dom.ts";
import type { Session } from "../session.ts";
import type { State } from "../state.ts";
import { whenChanged } from "../store.ts";
import { menu } from "./menu.ts";
import type { View } from "./view.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const MOVES = [{ minutes: 15 }, { hours: 1 }, { hours: 6 }, { hours: 12 }, { hours: 36 }] as const;

export function clockView(session: Session): View {
  const { element, show } = menu();
  element.classList.add("clock");
  return {
    element,
    render: whenChanged<State>(
      (state) => [state.texts, state.clock, state.text === ""],
      ({ texts, clock, text }) => {
        element.hidden = text === "";
        const at = new Date(clock).toISOString();
        show(
          `${at.slice(0, 10)} ${at.slice(11, 16)}`,
          MOVES.map((move) =>
            "minutes" in move
              ? { text: texts.ui("ui.time.minutes", { count: move.minutes }), choose: () => session.advanceClock(move.minutes * MINUTE) }
              : { text: texts.ui("ui.time.hours", { count: move.hours }), choose: () => session.advanceClock(move.hours * HOUR) },
          ),
        );
        const summary = element.querySelector("summary");
        if (summary) {
          setAttribute(summary, "title", texts.ui("ui.time"));
          setAttribute(summary, "aria-label", `${texts.ui("ui.time")}: ${at.slice(0, 10)} ${at.slice(11, 19)} UTC`);
        }
      },
    ),
  };
}
