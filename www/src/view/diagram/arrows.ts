/** Steps as arrows between boxes: lanes beside each other, a way through the gateways that the route took. */
import { isStep, type Place, type Step } from "../../engine.ts";
import type { Box, Layout } from "./layout.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

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

type Pieces = readonly (readonly Point[])[];

const LANE = 26;
const BADGE = 25;
const BESIDE = { dx: 16, dy: 0 };

/** One arrow for each step, in order. */
export function arrows(layout: Layout, steps: readonly Step[], slotOf: (place: Place) => string): readonly Arrow[] {
  const box = (place: Place) => layout.boxes.find(({ slot }) => slot === slotOf(place));
  const ways = new Map<string, readonly Box[]>();
  const planned = steps.map((step) => {
    const from = box(step.from);
    const to = box(step.to);
    if (from && to && isStep(step, "route")) {
      const passed = step.evidence.hops.flatMap(({ node }) => layout.boxes.filter(({ slot }) => slot === slotOf(node)));
      const way = passed.filter((one) => one !== from && one !== to);
      ways.set(`${from.slot} ${to.slot}`, way);
      ways.set(`${to.slot} ${from.slot}`, [...way].reverse());
    }
    const pair = from && to ? [from.slot, to.slot].sort().join(" ") : "";
    return { step, from, to, pair, via: ways.get(`${from?.slot} ${to?.slot}`) ?? [] };
  });
  const lanes = new Map<string, number>();
  const inside = new Map<string, number>();
  const count = (pair: string) => planned.filter((one) => one.pair === pair && one.from !== one.to).length;
  return planned.flatMap(({ step, from, to, pair, via }) => {
    if (!from || !to) return [];
    if (from === to) {
      const at = inside.get(from.slot) ?? 0;
      inside.set(from.slot, at + 1);
      return [{ step, path: "", tag: BESIDE, badge: insideBadge(from, at, planned.filter((one) => one.from === from && one.to === from).length) }];
    }
    const at = lanes.get(pair) ?? 0;
    lanes.set(pair, at + 1);
    return [between(layout, step, [from, ...via, to], at, count(pair))];
  });
}

function insideBadge(box: Box, at: number, of: number): Point {
  const pitch = Math.min(BADGE, (box.w - 24) / Math.max(of - 1, 1));
  return { x: box.x + 14 + at * pitch, y: box.y + box.h };
}

function between(layout: Layout, step: Step, boxes: readonly Box[], at: number, of: number): Arrow {
  const pitch = Math.min(LANE, (layout.down ? 60 : 46) / Math.max(of - 1, 1));
  const offset = (at - (of - 1) / 2) * pitch;
  const dropped = isStep(step, "route") ? step.evidence.droppedBy : undefined;
  const turned = layout.down ? boxes.map(turnBox) : boxes;
  const whole = turned.slice(1).map((box, index) => elbow(layout, turned[index] as Box, box, offset));
  const drawn = dropped ? cut(layout, whole, dropped) : whole;
  const pieces = layout.down ? drawn.map((points) => points.map(turn)) : drawn;
  const longest = [...pieces].flatMap(straights).sort((a, b) => length(b) - length(a))[0] ?? [origin, origin];
  const stagger = pitch < LANE ? (at - (of - 1) / 2) * Math.min(BADGE, (length(longest) - BADGE) / Math.max(of, 1)) : 0;
  const flat = Math.abs(longest[0].y - longest[1].y) < 1;
  const tag = flat ? { dx: 0, dy: offset > 0 ? 22 : -20 } : BESIDE;
  const stop = dropped ? pieces.at(-1)?.at(-1) : undefined;
  return { step, path: pieces.map(draw).join(""), badge: along(longest, stagger), tag, ...(stop ? { stop } : { tip: tipOf(pieces) }) };
}

function tipOf(pieces: Pieces): Arrow["tip"] {
  const [before = origin, end = origin] = pieces.at(-1)?.slice(-2) ?? [];
  return { ...end, turn: (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI };
}

/** A map that leads down is one that leads across, mirrored at its diagonal. */
function turn({ x, y }: Point): Point {
  return { x: y, y: x };
}

function turnBox(box: Box): Box {
  return { ...box, x: box.y, y: box.x, w: box.h, h: box.w };
}

const origin: Point = { x: 0, y: 0 };

/** From one box to another in right angles, through the lane where a box stands outside the account. */
function elbow({ lane }: Layout, a: Box, b: Box, offset: number): readonly Point[] {
  const forward = b.x >= a.x + a.w;
  if (forward || a.x >= b.x + b.w) {
    const start = forward ? a.x + a.w : a.x;
    const end = forward ? b.x : b.x + b.w;
    const top = Math.max(a.y, b.y);
    const bottom = Math.min(a.y + a.h, b.y + b.h);
    if (bottom - top > Math.abs(offset) * 2 + 8) {
      const y = (top + bottom) / 2 + offset;
      return [{ x: start, y }, { x: end, y }];
    }
    const [from, to] = [middle(a) + within(offset, a.h), middle(b) + within(offset, b.h)];
    const turn = a.kind === "laptop" || b.kind === "laptop" ? lane + offset / 2 : (start + end) / 2 + offset;
    return [{ x: start, y: from }, { x: turn, y: from }, { x: turn, y: to }, { x: end, y: to }];
  }
  const down = b.y >= a.y + a.h;
  const x = (Math.max(a.x, b.x) + Math.min(a.x + a.w, b.x + b.w)) / 2 + offset;
  return [{ x, y: down ? a.y + a.h : a.y }, { x, y: down ? b.y : b.y + b.h }];
}

function middle(box: Box): number {
  return box.y + box.h / 2;
}

function within(offset: number, height: number): number {
  return Math.max(Math.min(offset, height / 2 - 6), 6 - height / 2);
}

/** The way as far as the packet came. */
function cut(layout: Layout, pieces: Pieces, dropped: string): Pieces {
  const [first] = pieces;
  const [start, next] = first ?? [];
  if (!start || !next) return pieces;
  const subnet = layout.frames.find(({ kind }) => kind === "subnet");
  if (dropped === "security-group") return [[start, { ...start, x: start.x + Math.sign(next.x - start.x || 1) * 34 }]];
  if (dropped === "route-table" && subnet) {
    return [[start, { ...start, x: (layout.down ? subnet.y + subnet.h : subnet.x + subnet.w) + 14 }]];
  }
  if (dropped === "hop-limit") return [[start, { x: (start.x + next.x) / 2, y: (start.y + next.y) / 2 }]];
  return pieces.length > 1 ? pieces.slice(0, -1) : [[start, { ...start, x: (start.x + next.x) / 2 }]];
}

function straights(points: readonly Point[]): readonly (readonly [Point, Point])[] {
  return points.slice(1).map((point, at) => [points[at] as Point, point] as const);
}

function length([a, b]: readonly [Point, Point]): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function along([a, b]: readonly [Point, Point], by: number): Point {
  const all = length([a, b]) || 1;
  return { x: (a.x + b.x) / 2 + ((b.x - a.x) / all) * by, y: (a.y + b.y) / 2 + ((b.y - a.y) / all) * by };
}

function draw(points: readonly Point[]): string {
  return points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}
