/** The lesson of a scenario: one text at a time, the commands that it offers, the goal that it sets. */
import { h, setAttribute } from "../dom.ts";
import type { LessonEntry } from "../engine.ts";
import type { Session } from "../session.ts";
import type { RunStep, SolutionStep, State } from "../state.ts";
import { whenChanged } from "../store.ts";
import type { View } from "./view.ts";

type Guess = "allow" | "deny";

export function lessonView(session: Session): View {
  const title = h("h2");
  const dots = h("div", { class: "dots", role: "group" });
  const list = h("ol", { class: "entries" });
  const element = h("section", { class: "card lesson" }, h("header", {}, title, dots), list);
  let current = 0;
  let asked = new Map<number, Guess>();
  let hinted = new Map<number, number>();
  let open = new Set<number>();
  let of: unknown;

  const show = (at: number) => {
    current = at;
    [...list.children].forEach((entry, index) => entry.toggleAttribute("inert", index !== at));
    [...dots.children].forEach((dot, index) => setAttribute(dot, "aria-current", index === at ? "step" : null));
  };
  const draw = (state: State) => {
    const { texts, lesson } = state;
    const focused = list.getRootNode() instanceof ShadowRoot ? (list.getRootNode() as ShadowRoot).activeElement : null;
    const key = focused && list.contains(focused) ? focused.getAttribute("data-key") : null;
    element.hidden = lesson.length === 0;
    title.textContent = texts.ui("ui.lesson");
    dots.setAttribute("aria-label", texts.ui("ui.lesson"));
    dots.replaceChildren(
      ...lesson.map((entry, at) => ({ done: entry.done || state.finished.has(at) })).map(({ done }, at) =>
        h(
          "button",
          {
            type: "button", class: done ? "done" : "",
            "aria-label": texts.ui(done ? "ui.lesson.part.done" : "ui.lesson.part", { number: at + 1, count: lesson.length }),
            onclick: () => show(at),
          },
          done ? "✓" : at + 1,
        ),
      ),
    );
    list.replaceChildren(...lesson.map((entry, at) => item(state, entry, at)));
    show(Math.min(current, Math.max(lesson.length - 1, 0)));
    if (key) list.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus();
  };
  return {
    element,
    render: whenChanged<State>(
      (state) => [state.texts, state.lesson, state.document, state.finished],
      (state) => {
        if (of !== state.document) {
          of = state.document;
          current = 0;
          asked = new Map();
          hinted = new Map();
          open = new Set();
        }
        draw(state);
      },
    ),
  };

  function again(): void {
    draw(session.store.state);
  }

  function item(state: State, entry: LessonEntry, at: number): HTMLElement {
    const { texts } = state;
    const guess = asked.get(at);
    const waits = entry.predict && guess === undefined && entry.run.length > 0;
    return h(
      "li",
      { class: "entry" },
      h("p", {}, texts.localized(entry.text)),
      waits ? prediction(state, at) : entry.run.map(({ command, on, done }, number) => offer(state, command, on ?? undefined, done, `${at}.${number}`)),
      !waits && guess ? h("p", { class: "guess" }, guessed(state, entry, at, guess)) : null,
      entry.goal.length > 0 ? goal(state, entry, at) : null,
      hints(state, entry, at),
      h(
        "div",
        { class: "turn" },
        at > 0 ? h("button", { class: "button quiet", type: "button", onclick: () => show(at - 1) }, texts.ui("ui.lesson.back")) : null,
        at < state.lesson.length - 1
          ? h("button", { class: entry.done ? "button primary" : "button", type: "button", onclick: () => show(at + 1) }, texts.ui("ui.lesson.next"))
          : null,
      ),
    );
  }

  function prediction({ texts }: State, at: number): HTMLElement {
    const choose = (guess: Guess) => () => {
      asked.set(at, guess);
      again();
    };
    return h(
      "div",
      { class: "predict", role: "group" },
      h("span", {}, texts.ui("ui.lesson.predict")),
      h("button", { class: "button", type: "button", onclick: choose("allow") }, texts.ui("ui.lesson.predict.allow")),
      h("button", { class: "button", type: "button", onclick: choose("deny") }, texts.ui("ui.lesson.predict.deny")),
    );
  }

  /** What the reader expects, and whether it came so once the commands have run. */
  function guessed({ texts, document }: State, { run }: LessonEntry, at: number, guess: Guess): string {
    if (!run.every(({ done }) => done)) return texts.ui(`ui.lesson.guessed.${guess}`);
    const denied = document.lesson?.[at]?.run?.some(fails) ?? false;
    return texts.ui(denied === (guess === "deny") ? "ui.lesson.guess.right" : "ui.lesson.guess.wrong");
  }

  function offer({ texts }: State, command: string, on: string | undefined, done: boolean, key: string): HTMLElement {
    return h(
      "button",
      { class: done ? "try done" : "try", type: "button", "data-key": key, onclick: () => void session.run(command, on) },
      h("code", {}, command),
      done ? h("span", { class: "tick", role: "img", "aria-label": texts.ui("ui.lesson.done") }, "✓") : null,
    );
  }

  function goal({ texts, document }: State, entry: LessonEntry, at: number): HTMLElement {
    return h(
      "div",
      { class: "goal" },
      h("h3", {}, texts.ui("ui.lesson.goal")),
      h(
        "ul",
        {},
        entry.goal.map(({ command, done }, number) =>
          h(
            "li",
            { class: done ? "done" : "" },
            h("span", { class: "box", role: "img", "aria-label": texts.ui(done ? "ui.lesson.done" : "ui.lesson.open") }, done ? "✓" : ""),
            h("div", {}, h("code", {}, command), h("div", { class: "wanted" }, wanted(document.lesson?.[at]?.goal?.[number]))),
          ),
        ),
      ),
    );

    function wanted(step: RunStep = {}): string {
      const error = step.expect?.error;
      if (error !== undefined) return texts.ui("ui.lesson.wanted.error", { error });
      return texts.ui(fails(step) ? "ui.lesson.wanted.fails" : "ui.lesson.wanted.works");
    }
  }

  function hints({ texts, document }: State, entry: LessonEntry, at: number): readonly (Node | null)[] {
    const shown = hinted.get(at) ?? 0;
    const more = shown < entry.hints.length;
    const steps = document.lesson?.[at]?.solution ?? [];
    const ask = (what: () => void) => () => {
      what();
      again();
    };
    return [
      entry.hints.slice(0, shown).length > 0
        ? h("ul", { class: "hints" }, entry.hints.slice(0, shown).map((hint) => h("li", {}, texts.localized(hint))))
        : null,
      more || entry.hasSolution
        ? h(
            "div",
            { class: "asks" },
            more ? h("button", { class: "button quiet", type: "button", onclick: ask(() => hinted.set(at, shown + 1)) }, texts.ui("ui.lesson.hint")) : null,
            entry.hasSolution && !entry.done && !open.has(at)
              ? h("button", { class: "button quiet", type: "button", onclick: ask(() => open.add(at)) }, texts.ui("ui.lesson.solution"))
              : null,
          )
        : null,
      open.has(at) ? solution(steps, texts.ui("ui.lesson.apply"), () => void session.solve(at), entry.done) : null,
    ];
  }
}

/** Whether a step of the scenario is to be refused. */
function fails({ expect: { exit = 0, status = 200, error, blockedBy = [], droppedBy } = {} }: RunStep): boolean {
  return exit !== 0 || status >= 400 || error !== undefined || blockedBy.length > 0 || droppedBy !== undefined;
}

function solution(steps: readonly SolutionStep[], apply: string, onclick: () => void, done: boolean): HTMLElement {
  const lines = steps.flatMap(({ patch = [], command }) => [
    ...patch.map(({ op, path, value }) => `${op} ${path.split("/").slice(5).join("/")}${value === undefined ? "" : `\n${JSON.stringify(value, null, 2)}`}`),
    ...(command === undefined ? [] : [`$ ${command}`]),
  ]);
  return h(
    "div",
    { class: "solution" },
    h("pre", {}, lines.join("\n")),
    done ? null : h("button", { class: "button", type: "button", onclick }, apply),
  );
}
