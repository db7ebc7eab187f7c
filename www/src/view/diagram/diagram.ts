/** The picture of the path: fixed places and a numbered arrow for each step. It says nothing that the list doesn't. */
import { decidedAt } from "../../decided.ts";
import { h, s, setAttribute } from "../../dom.ts";
import type { Session } from "../../session.ts";
import { selectedStep, shownEntry, type State } from "../../state.ts";
import { whenChanged } from "../../store.ts";
import { markPath } from "../mark.ts";
import type { View } from "../view.ts";
import { arrows, type Arrow } from "./arrows.ts";
import { icon } from "./icons.ts";
import { layout, LEAST_WIDTH, type Box, type Frame } from "./layout.ts";
import { player } from "./player.ts";
import { endsOf, scene, slotOf } from "./scene.ts";
import { shortener, type Shorten } from "./shorten.ts";
import { sentence } from "../sentence.ts";

/** As in the style sheet. */
const NAME = "650 12px";
const DETAIL = "400 11px";

export function diagramView(session: Session): View {
  const controls = player(session);
  const drawing = s("svg", { class: "drawing", role: "group", tabindex: 0 });
  const dot = s("circle", { class: "dot", r: 5 });
  const frame = h("div", { class: "frame" }, drawing);
  const element = h("section", { class: "card diagram" }, controls.element, frame);
  const shorten = shortener(drawing);
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
      if (width < LEAST_WIDTH) return drawing.replaceChildren();
      const plan = layout(scene(state), width);
      const steps = shownEntry(state)?.trace.steps ?? [];
      drawing.setAttribute("viewBox", `0 0 ${plan.width} ${plan.height}`);
      drawing.setAttribute("aria-label", state.texts.ui("ui.diagram"));
      const drawn = arrows(plan, steps, slotOf);
      drawing.replaceChildren(
        ...plan.frames.map(frameOf),
        s("g", { class: "lines" }, drawn.map((arrow) => line(arrow))),
        ...plan.boxes.map((box) => boxOf(box, shorten, plan.down)),
        dot,
        s("g", { class: "arrows" }, drawn.map((arrow) => badge(session, state, arrow))),
      );
    },
  );
  const renderTravel = whenChanged<State>(
    (state) => [shownEntry(state)?.trace, state.step],
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

function frameOf({ kind, title, x, y, w, h: height }: Frame): SVGElement {
  return s(
    "g",
    { class: `place-frame ${kind}` },
    s("rect", { x, y, width: w, height, rx: 8 }),
    s("text", { x: x + 12, y: y + 17 }, title),
  );
}

function boxOf({ slot, kind, title, detail, x, y, w, h: height }: Box, shorten: Shorten, compact: boolean): SVGElement {
  const inset = compact ? 10 : 40;
  const room = w - inset - 8;
  const middle = !compact && (kind === "host" || slot === "s3") ? y + height / 2 - 6 : y + height / 2;
  return s(
    "g",
    { class: "box", "data-slot": slot },
    s("rect", { x, y, width: w, height, rx: 8 }),
    compact ? null : s("path", { class: "icon", d: icon(kind), transform: `translate(${x + 12} ${middle - 10})` }),
    s("text", { class: "name", x: x + inset, y: detail ? middle - 4 : middle + 4 }, shorten(title, room, NAME)),
    detail ? s("text", { class: "detail", x: x + inset, y: middle + 12 }, s("title", {}, detail), shorten(detail, room, DETAIL)) : null,
  );
}

function line({ step, path, tip }: Arrow): SVGElement | null {
  if (path === "") return null;
  return s(
    "g",
    { class: `line ${step.outcome}`, "data-line": step.step },
    s("path", { class: "way", d: path }),
    tip ? s("path", { class: "tip", d: "M0 0l-9-5v10z", transform: `translate(${tip.x} ${tip.y}) rotate(${tip.turn})` }) : null,
  );
}

function badge(session: Session, { texts }: State, { step, badge: at, tag, stop }: Arrow): SVGElement {
  const outcome = texts.ui(`ui.outcome.${step.outcome}`);
  const label = texts.ui("ui.diagram.arrow", { step: step.step, kind: texts.ui(`ui.kind.${step.kind}`), outcome });
  const said = step.outcome === "denied" || step.outcome === "error";
  const aside = tag.dx === 0 ? "middle" : "start";
  return s(
    "g",
    { class: `arrow ${step.outcome}`, "data-arrow": step.step, "data-outcome": step.outcome, onclick: () => session.step(step.step) },
    s("title", {}, `${label}: ${sentence(texts, step)}`),
    stop ? s("path", { class: "stop", d: `M${stop.x - 6} ${stop.y - 6}l12 12m0-12l-12 12` }) : null,
    s(
      "g",
      { role: "button", "aria-label": label },
      s("circle", { class: "target", cx: at.x, cy: at.y, r: 14 }),
      s("path", { class: "shape", d: markPath(step.outcome), transform: `translate(${at.x - 11} ${at.y - 11}) scale(.917)` }),
    ),
    s("text", { class: "number", "aria-hidden": "true", x: at.x, y: at.y + (step.outcome === "error" ? 3 : 0.5) }, step.step),
    said ? s("text", { class: "tag", "aria-hidden": "true", x: at.x + tag.dx, y: at.y + tag.dy, "text-anchor": aside }, outcome) : null,
  );
}
