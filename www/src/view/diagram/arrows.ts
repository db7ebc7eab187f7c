/** Steps as arrows between boxes: a lane for each request and each answer, through the gateways that it took. */
import { isStep, type Place, type Step } from "../../engine.ts";
import type { Box, Layout } from "./layout.ts";
import { elbow, isFlat, longest, origin, turn, turnBox, type Pieces, type Point } from "./lines.ts";
import { endsOf } from "./scene.ts";

export interface Arrow {
  readonly step: Step;
  /** SVG path data; empty for what happens inside one box. */
  readonly path: string;
  readonly badge: Point;
  /** Where a word stands beside the badge. */
  readonly tag: { readonly dx: number; readonly dy: number };
  /** The head, turned clockwise from pointing right; none where a packet was dropped. */
  readonly tip?: Point & { readonly turn: number };
  /** Where a packet was dropped. */
  readonly stop?: Point;
}

/** A step between two boxes, and the lane of that pair in which it is drawn. */
interface Planned {
  readonly step: Step;
  readonly boxes: readonly Box[];
  readonly pair: string;
  readonly lane: number;
  /** Its place among the steps of its lane. */
  readonly at: number;
}

const PITCH = 26;
const BADGE = 25;
const BESIDE = { dx: 16, dy: 0 };

/** One arrow for each step whose ends are on the map, in order. */
export function arrows(layout: Layout, steps: readonly Step[], slotOf: (place: Place) => string): readonly Arrow[] {
  const box = (place: Place) => layout.boxes.find(({ slot }) => slot === slotOf(place));
  const inside = new Map<Box, Step[]>();
  const planned = plan(steps, box, (one, step) => inside.set(one, [...(inside.get(one) ?? []), step]));
  const lanes = (pair: string) => Math.max(...planned.filter((one) => one.pair === pair).map(({ lane }) => lane)) + 1;
  const inLane = ({ pair, lane }: Planned) => planned.filter((one) => one.pair === pair && one.lane === lane).length;
  const drawn = new Map<number, Arrow>();
  for (const [one, all] of inside) {
    for (const [at, step] of all.entries()) drawn.set(step.step, { step, path: "", tag: BESIDE, badge: insideBadge(one, at, all.length) });
  }
  for (const one of planned) drawn.set(one.step.step, between(layout, one, lanes(one.pair), inLane(one)));
  return steps.flatMap(({ step }) => drawn.get(step) ?? []);
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
    planned.push({ step, boxes: [from, ...via, to], pair, lane, at: together ? before.at + 1 : 0 });
  }
  return planned;
}

function insideBadge(box: Box, at: number, of: number): Point {
  const pitch = Math.min(BADGE, (box.w - 28) / Math.max(of - 1, 1));
  return { x: box.x + 14 + at * pitch, y: box.y + box.h };
}

function between(layout: Layout, { step, boxes, lane, at }: Planned, lanes: number, inLane: number): Arrow {
  const turned = layout.down ? boxes.map(turnBox) : boxes;
  const pitch = Math.min(PITCH, room(turned) / Math.max(lanes - 1, 1));
  const middle = lane - (lanes - 1) / 2;
  const offset = middle * pitch;
  const dropped = isStep(step, "route") ? step.evidence.droppedBy : undefined;
  const whole = turned.slice(1).map((box, index) => elbow(layout, turned[index] as Box, box, offset));
  const drawn = dropped ? cut(layout, whole, dropped) : whole;
  const pieces = layout.down ? drawn.map((points) => points.map(turn)) : drawn;
  const { a, b, length } = longest(pieces);
  // Lanes too close for their badges side by side have them one after the other.
  const stagger = pitch < BADGE ? middle * Math.min(BADGE, (length - BADGE) / Math.max(lanes, 1)) : 0;
  const along = (length * (at + 1)) / (inLane + 1) + stagger;
  const badge = { x: a.x + ((b.x - a.x) / (length || 1)) * along, y: a.y + ((b.y - a.y) / (length || 1)) * along };
  const tag = isFlat(a, b) ? { dx: 0, dy: offset > 0 ? 22 : -20 } : BESIDE;
  const end = pieces.at(-1)?.at(-1);
  return { step, path: pieces.map(draw).join(""), badge, tag, ...(dropped && end ? { stop: end } : { tip: tipOf(pieces) }) };
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
  if (dropped === "security-group") return [[start, { ...start, x: start.x + Math.sign(next.x - start.x || 1) * 34 }]];
  if (dropped === "route-table" && subnet) {
    return [[start, { ...start, x: (layout.down ? subnet.y + subnet.h : subnet.x + subnet.w) + 14 }]];
  }
  if (dropped === "hop-limit") return [[start, { x: (start.x + next.x) / 2, y: (start.y + next.y) / 2 }]];
  return pieces.length > 1 ? pieces.slice(0, -1) : [[start, { ...start, x: (start.x + next.x) / 2 }]];
}

function draw(points: readonly Point[]): string {
  return points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}
