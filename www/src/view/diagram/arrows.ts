/** Steps as arrows between boxes: a lane for each request and each answer, through the gateways that it took. */
import { isStep, type Place, type Step } from "../../engine.ts";
import type { Box, Layout } from "./layout.ts";
import { along, Labels, rowsIn, type Area } from "./labels.ts";
import { elbow, origin, straights, turn, turnBox, type Pieces, type Point } from "./lines.ts";
import { endsOf } from "./scene.ts";

export interface Arrow {
  readonly step: Step;
  /** SVG path data; empty for what happens inside one box. */
  readonly path: string;
  readonly badge: Point;
  /** Whether the badge found no place of its own: it shows while its step is selected. */
  readonly crowded: boolean;
  /** The middle of the word beside the badge, where there is room for one. */
  readonly word?: Point;
  /** The head, turned clockwise from pointing right; none where a packet was dropped. */
  readonly tip?: Point & { readonly turn: number };
  /** Where a packet was dropped. */
  readonly stop?: Point;
}

/** Stands for the badges that found no place. */
export interface More {
  readonly at: Point;
  readonly steps: readonly number[];
}

/** A step between two boxes, and the lane of that pair in which it is drawn. */
interface Planned {
  readonly step: Step;
  readonly boxes: readonly Box[];
  readonly pair: string;
  readonly lane: number;
}

/** A way as it is drawn, and how far along it its badge would stand. */
interface Way extends Pick<Arrow, "step" | "path" | "tip" | "stop"> {
  readonly pieces: Pieces;
  readonly share: number;
}

const PITCH = 26;
const BADGE = 25;

/** One arrow for each step whose ends are on the map, in order. `taken` is where text stands, `wordWidth` how wide
 * the word of a step's outcome is; 0 for none. */
export function arrows(
  layout: Layout,
  steps: readonly Step[],
  slotOf: (place: Place) => string,
  taken: readonly Area[],
  wordWidth: (step: Step) => number,
): { readonly arrows: readonly Arrow[]; readonly more: readonly More[] } {
  const box = (place: Place) => layout.boxes.find(({ slot }) => slot === slotOf(place));
  const inside = new Map<Box, Step[]>();
  const planned = bundle(layout, plan(steps, box, (one, step) => inside.set(one, [...(inside.get(one) ?? []), step])));
  const ways = planned.map((one) => wayOf(layout, one, planned.filter(({ pair }) => pair === one.pair)));
  const labels = new Labels(layout, [...taken, ...ways.flatMap(({ tip, stop }) => [...(tip ? [around(tip, 6)] : []), ...(stop ? [around(stop, 8)] : [])])]);
  const drawn = new Map<number, Arrow>();
  const more: More[] = [];
  for (const [one, all] of inside) {
    const places = rowsIn(one, BADGE, all.length);
    const last = places.at(-1) ?? origin;
    const kept = all.length > places.length ? places.length - 1 : all.length;
    if (kept < all.length) more.push({ at: last, steps: all.slice(kept).map(({ step }) => step) });
    for (const [at, step] of all.entries()) {
      const badge = at < kept ? (places[at] ?? last) : last;
      labels.take(around(badge, 12));
      drawn.set(step.step, { step, path: "", badge, crowded: at >= kept });
    }
  }
  for (const { pieces, share, ...way } of ways) {
    const places = along(straights(pieces), share);
    const badge = labels.badge(places);
    drawn.set(way.step.step, { ...way, badge: badge ?? places[0] ?? origin, crowded: !badge });
  }
  const all = steps.flatMap(({ step }) => drawn.get(step) ?? []);
  const said = all.map((arrow) => {
    const width = arrow.crowded ? 0 : wordWidth(arrow.step);
    const word = width > 0 ? labels.word(arrow.badge, width) : undefined;
    return word ? { ...arrow, word } : arrow;
  });
  return { arrows: said, more };
}

function around({ x, y }: Point, half: number): Area {
  return { x: x - half, y: y - half, w: 2 * half, h: 2 * half };
}

function plan(
  steps: readonly Step[],
  box: (place: Place) => Box | undefined,
  within: (one: Box, step: Step) => void,
): readonly Planned[] {
  const ways = new Map<string, readonly Box[]>();
  const used = new Map<string, number>();
  const planned: Planned[] = [];
  for (const step of steps) {
    const ends = endsOf(step);
    const [from, to] = [box(ends.from), box(ends.to)];
    if (!from || !to) continue;
    if (from === to) {
      within(from, step);
      continue;
    }
    if (isStep(step, "route")) {
      const way = step.evidence.hops.flatMap(({ node }) => box(node) ?? []).filter((one) => one !== from && one !== to);
      ways.set(`${from.slot} ${to.slot}`, way);
      ways.set(`${to.slot} ${from.slot}`, [...way].reverse());
    }
    const pair = [from.slot, to.slot].sort().join(" ");
    // An exchange with the metadata service goes the way that the step before it found.
    const before = planned.at(-1);
    const together = step.kind === "imds" && before?.step.kind === "route" && before.pair === pair;
    const lane = together ? before.lane : (used.get(pair) ?? 0);
    if (!together) used.set(pair, lane + 1);
    const via = ways.get(`${from.slot} ${to.slot}`) ?? [];
    planned.push({ step, boxes: [from, ...via, to], pair, lane });
  }
  return planned;
}

/** Where a pair of boxes has no room for a lane for each exchange, later ones share the lanes of earlier ones. */
function bundle(layout: Layout, planned: readonly Planned[]): readonly Planned[] {
  return planned.map((one) => {
    const turned = layout.down ? one.boxes.map(turnBox) : one.boxes;
    return { ...one, lane: one.lane % (Math.floor(room(turned) / PITCH) + 1) };
  });
}

function wayOf(layout: Layout, { step, boxes, lane }: Planned, ofPair: readonly Planned[]): Way {
  const turned = layout.down ? boxes.map(turnBox) : boxes;
  const lanes = Math.max(...ofPair.map((other) => other.lane)) + 1;
  const offset = (lane - (lanes - 1) / 2) * PITCH;
  const dropped = isStep(step, "route") ? step.evidence.droppedBy : undefined;
  const whole = turned.slice(1).map((box, index) => elbow(layout, turned[index] as Box, box, offset));
  const drawn = dropped ? cut(layout, whole, dropped) : whole;
  const pieces = layout.down ? drawn.map((points) => points.map(turn)) : drawn;
  const inLane = ofPair.filter((other) => other.lane === lane);
  const share = (inLane.findIndex((other) => other.step === step) + 1) / (inLane.length + 1);
  const end = pieces.at(-1)?.at(-1);
  return { step, pieces, share, path: pieces.map(draw).join(""), ...(dropped && end ? { stop: end } : { tip: tipOf(pieces) }) };
}

/** How far lanes may spread where all boxes of a way face each other. */
function room(boxes: readonly Box[]): number {
  const [a, b] = boxes;
  if (!a || !b) return 0;
  const across = b.x >= a.x + a.w || a.x >= b.x + b.w;
  if (across) return Math.min(...boxes.map(({ h }) => h)) - 14;
  return Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x) - 24;
}

function tipOf(pieces: Pieces): Arrow["tip"] {
  const [before = origin, end = origin] = pieces.at(-1)?.slice(-2) ?? [];
  return { ...end, turn: (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI };
}

/** The way as far as the packet came. */
function cut(layout: Layout, pieces: Pieces, dropped: string): Pieces {
  const [start, next] = pieces[0] ?? [];
  if (!start || !next) return pieces;
  const subnet = layout.frames.find(({ kind }) => kind === "subnet");
  if (dropped === "security-group") return [[start, { ...start, x: start.x + Math.sign(next.x - start.x || 1) * 33 }]];
  if (dropped === "route-table" && subnet) {
    return [[start, { ...start, x: (layout.down ? subnet.y + subnet.h : subnet.x + subnet.w) + 34 }]];
  }
  if (dropped === "hop-limit") return [[start, { x: (start.x + next.x) / 2, y: (start.y + next.y) / 2 }]];
  return pieces.length > 1 ? pieces.slice(0, -1) : [[start, { ...start, x: (start.x + next.x) / 2 }]];
}

function draw(points: readonly Point[]): string {
  return points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}
