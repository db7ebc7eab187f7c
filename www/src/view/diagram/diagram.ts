/** The picture of the path: fixed places and a numbered arrow for each step. It says nothing that the list doesn't. */
import { decidedAt } from "../../decided.ts";
import { h, patch, s, setAttribute, type Keyed } from "../../dom.ts";
import type { Step } from "../../engine.ts";
import type { Session } from "../../session.ts";
import { selectedStep, shownEntry, type State } from "../../state.ts";
import { whenChanged } from "../../store.ts";
import { markPath } from "../mark.ts";
import type { View } from "../view.ts";
import { arrows, type Arrow, type More } from "./arrows.ts";
import { icon } from "./icons.ts";
import { layout, LEAST_WIDTH, type Box, type Frame, type Layout } from "./layout.ts";
import { player } from "./player.ts";
import { endsOf, scene, slotOf } from "./scene.ts";
import { lettering, type Lettering } from "./shorten.ts";
import type { Area } from "./labels.ts";
import { sentence } from "../sentence.ts";

/** As in the style sheet. */
const NAME = "650 12px";
const DETAIL = "400 11px";
const WORD = "650 11px";

export function diagramView(session: Session): View {
  const controls = player(session);
  const drawing = s("svg", { class: "drawing", role: "group", tabindex: 0 });
  const dot = s("circle", { class: "dot", r: 5 });
  const group = (name: string) => s("g", { class: name });
  const [frames, lines, boxes, badges] = [group("frames"), group("lines"), group("boxes"), group("arrows")];
  drawing.append(frames, lines, boxes, dot, badges);
  const frame = h("div", { class: "frame" }, drawing);
  const element = h("section", { class: "card diagram" }, controls.element, frame);
  const letters = lettering(drawing);
  let width = 0;

  drawing.addEventListener("keydown", controls.onkey);
  new ResizeObserver(([entry]) => {
    const next = Math.floor(entry?.contentRect.width ?? 0);
    if (next === width) return;
    width = next;
    element.classList.toggle("narrow", width < LEAST_WIDTH);
    render(session.store.state);
  }).observe(frame);

  const renderDrawing = whenChanged<State>(
    (state) => [state.texts, state.places, shownEntry(state)?.trace, state.host, width],
    (state) => {
      if (width < LEAST_WIDTH) return;
      const { texts } = state;
      const plan = layout(scene(state), width);
      const steps = shownEntry(state)?.trace.steps ?? [];
      setAttribute(drawing, "viewBox", `0 0 ${plan.width} ${plan.height}`);
      setAttribute(drawing, "aria-label", texts.ui("ui.diagram"));
      const widthOf = (step: Step) => (isStopped(step) ? letters.width(texts.ui(`ui.outcome.${step.outcome}`), WORD) : 0);
      const { arrows: drawn, more } = arrows(plan, steps, slotOf, textAreas(plan, letters), widthOf);
      patch(frames, plan.frames.map((one) => ({ key: JSON.stringify(one), make: () => frameOf(one, letters) })));
      patch(lines, drawn.filter(({ path }) => path !== "").map(line));
      patch(boxes, plan.boxes.map((box) => ({ key: JSON.stringify([box, plan.down]), make: () => boxOf(box, letters, plan.down) })));
      const crowdedFirst = [...drawn].sort((one, other) => Number(other.crowded) - Number(one.crowded));
      patch(badges, [...more.map((one) => ({ key: JSON.stringify(one), make: () => moreOf(one) })), ...crowdedFirst.map((arrow) => badge(session, state, arrow))]);
    },
  );
  // After an edit the picture changes where it stands; only a reader's own step or command sets the dot going.
  const renderTravel = whenChanged<State>(
    (state) => [shownEntry(state)?.again ? undefined : state.shown, state.step],
    (state) => {
      const way = drawing.querySelector(`[data-line="${state.step}"] .way`)?.getAttribute("d");
      if (way) travel(dot, way);
    },
  );
  const renderSelection = whenChanged<State>(
    (state) => [state.texts, state.places, shownEntry(state)?.trace, state.host, width, state.step, state.hovered],
    (state) => {
      const step = selectedStep(state);
      const decided = decidedAt(state);
      const { from, to } = step ? endsOf(step) : {};
      const ends = [from, to].map((place) => place && slotOf(place));
      for (const part of drawing.querySelectorAll("[data-arrow], [data-line]")) {
        const number = Number(part.getAttribute("data-arrow") ?? part.getAttribute("data-line"));
        setAttribute(part, "data-decided", decided.has(number) ? "" : null);
        setAttribute(part, "data-when", number === state.step ? "now" : number > state.step && state.step > 0 ? "later" : null);
      }
      // The selected step's badge stands where it is one of many.
      for (const more of drawing.querySelectorAll(".more")) {
        const stands = (more.getAttribute("data-for") ?? "").split(" ").includes(String(state.step));
        setAttribute(more, "visibility", stands ? "hidden" : null);
      }
      for (const box of drawing.querySelectorAll("[data-slot]")) {
        setAttribute(box, "data-lit", ends.includes(box.getAttribute("data-slot") ?? "") ? "" : null);
      }
    },
  );
  const render = (state: State) => {
    controls.render(state);
    renderDrawing(state);
    renderSelection(state);
    renderTravel(state);
  };
  return { element, render };
}

/** A dot that goes the way once, for readers who don't mind motion. */
function travel(dot: SVGElement, way: string): void {
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  dot.style.offsetPath = `path("${way}")`;
  const visible = { opacity: 1 };
  dot.animate([{ offsetDistance: "0%", ...visible }, { offsetDistance: "100%", ...visible }], { duration: 700, easing: "ease-in-out" });
}

function frameOf(frame: Frame, letters: Lettering): SVGElement {
  const { kind, title, aside, x, y, w, h: height } = frame;
  return s(
    "g",
    { class: `place-frame ${kind}` },
    s("rect", { x, y, width: w, height, rx: 8 }),
    s("text", { x: x + (kind === "internet" ? w - 12 : 12), y: y + 17, "text-anchor": kind === "internet" ? "end" : "start" }, s("title", {}, title), letters.shorten(title, w - 20, DETAIL)),
    aside ? s("text", { x: x + w - 12, y: y + 17, "text-anchor": "end" }, s("title", {}, aside), letters.shorten(aside, asideRoom(frame, letters), DETAIL)) : null,
  );
}

/** What the title leaves of its line. */
function asideRoom({ title, w }: Frame, { shorten, width }: Lettering): number {
  return Math.max(w - 24 - width(shorten(title, w - 20, DETAIL), DETAIL) - 16, 0);
}

/** Where a box's texts stand: at the top where badges have their row under them, else in the middle. */
function textsOf(box: Box, compact: boolean): { readonly x: number; readonly name: number; readonly detail: number; readonly room: number; readonly middle: number } {
  const { kind, slot, x, y, w, h: height, detail } = box;
  const inset = compact ? 8 : 38;
  const tall = ["host", "laptop"].includes(kind) || ["sts", "api", "s3"].includes(slot);
  const middle = tall ? y + Math.min(25, height / 2) : y + height / 2;
  return { x: x + inset, name: detail ? middle - 4 : middle + 4, detail: middle + 12, room: w - inset - 6, middle };
}

function boxOf(box: Box, { shorten }: Lettering, compact: boolean): SVGElement {
  const { slot, kind, title, detail, x, y, w, h: height } = box;
  const at = textsOf(box, compact);
  return s(
    "g",
    { class: "box", "data-slot": slot },
    s("rect", { x, y, width: w, height, rx: 8 }),
    compact ? null : s("path", { class: "icon", d: icon(kind), transform: `translate(${x + 11} ${at.middle - 10})` }),
    s("text", { class: "name", x: at.x, y: at.name }, s("title", {}, title), shorten(title, at.room, NAME)),
    detail ? s("text", { class: "detail", x: at.x, y: at.detail }, s("title", {}, detail), shorten(detail, at.room, DETAIL)) : null,
  );
}

/** Where text stands on the map already. */
function textAreas({ frames, boxes, down }: Layout, { shorten, width }: Lettering): readonly Area[] {
  return [
    ...frames.flatMap((frame) => {
      const { aside, x, y, w } = frame;
      const long = aside ? width(shorten(aside, asideRoom(frame, { shorten, width }), DETAIL), DETAIL) : 0;
      return aside ? [{ x: x + w - 12 - long, y: y + 6, w: long, h: 14 }] : [];
    }),
    ...frames.map(({ kind, title, x, y, w }) => {
      const long = width(shorten(title, w - 20, DETAIL), DETAIL);
      return { x: kind === "internet" ? x + w - 12 - long : x + 12, y: y + 6, w: long, h: 14 };
    }),
    ...boxes.flatMap((box) => {
      const at = textsOf(box, down);
      const name = { x: at.x, y: at.name - 11, w: width(shorten(box.title, at.room, NAME), NAME), h: 14 };
      const detail = { x: at.x, y: at.detail - 11, w: width(shorten(box.detail, at.room, DETAIL), DETAIL), h: 14 };
      return box.detail ? [name, detail] : [name];
    }),
  ];
}

function line({ step, path, tip }: Arrow): Keyed {
  const make = () => s(
    "g",
    { class: `line ${step.outcome}`, "data-line": step.step },
    s("path", { class: "way", d: path }),
    tip ? s("path", { class: "tip", d: "M0 0l-9-5v10z", transform: `translate(${tip.x} ${tip.y}) rotate(${tip.turn})` }) : null,
  );
  return { key: `${step.step} ${step.outcome} ${path} ${tip === undefined}`, make };
}

function isStopped({ outcome }: Step): boolean {
  return outcome === "denied" || outcome === "error" || outcome === "unknown";
}

function badge(session: Session, state: State, { step, badge: at, crowded, word, stop }: Arrow): Keyed {
  const { texts } = state;
  const outcome = texts.ui(`ui.outcome.${step.outcome}`);
  const label = texts.ui("ui.diagram.arrow", { step: step.step, kind: texts.ui(`ui.kind.${step.kind}`), outcome });
  const said = sentence(state, step);
  const make = () => s(
    "g",
    {
      class: `arrow ${step.outcome}${crowded ? " crowded" : ""}`, "data-arrow": step.step, "data-outcome": step.outcome,
      onclick: () => session.step(step.step),
    },
    s("title", {}, `${label}: ${said}`),
    stop ? s("path", { class: "stop", d: `M${stop.x - 6} ${stop.y - 6}l12 12m0-12l-12 12` }) : null,
    s(
      "g",
      { class: "badge", role: "button", "aria-label": label },
      s("circle", { class: "target", cx: at.x, cy: at.y, r: 14 }),
      s("path", { class: "shape", d: markPath(step.outcome), transform: `translate(${at.x - 11} ${at.y - 11}) scale(.917)` }),
    ),
    s("text", { class: "number", "aria-hidden": "true", x: at.x, y: at.y + (step.outcome === "error" ? 3 : 0.5) }, step.step),
    word ? s("text", { class: "tag", "aria-hidden": "true", x: word.x, y: word.y, "text-anchor": "middle" }, outcome) : null,
  );
  return { key: JSON.stringify([step.step, step.outcome, label, said, at, crowded, word, stop]), make };
}

function moreOf({ at, steps }: More): SVGElement {
  return s("text", { class: "more", "aria-hidden": "true", "data-for": steps.join(" "), x: at.x, y: at.y }, `+${steps.length}`);
}
