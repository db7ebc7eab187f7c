/** Lines in right angles between two boxes. */
import type { Box, Layout } from "./layout.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A way in pieces, one between each two boxes. */
export type Pieces = readonly (readonly Point[])[];

export const origin: Point = { x: 0, y: 0 };

/** From one box to another in right angles, through the lane where a box stands outside the account. */
export function elbow({ lane }: Layout, a: Box, b: Box, offset: number): readonly Point[] {
  const forward = b.x >= a.x + a.w;
  if (!forward && a.x < b.x + b.w) return upright(a, b, offset);
  const start = forward ? a.x + a.w : a.x;
  const end = forward ? b.x : b.x + b.w;
  const top = Math.max(a.y, b.y);
  const bottom = Math.min(a.y + a.h, b.y + b.h);
  if (bottom - top > Math.abs(offset) * 2 + 8) {
    const y = (top + bottom) / 2 + offset;
    return [{ x: start, y }, { x: end, y }];
  }
  const [from, to] = [level(a, offset), level(b, offset)];
  const turn = a.kind === "laptop" || b.kind === "laptop" ? lane + offset / 2 : (start + end) / 2 + offset;
  return [{ x: start, y: from }, { x: turn, y: from }, { x: turn, y: to }, { x: end, y: to }];
}

function upright(a: Box, b: Box, offset: number): readonly Point[] {
  const down = b.y >= a.y + a.h;
  const x = (Math.max(a.x, b.x) + Math.min(a.x + a.w, b.x + b.w)) / 2 + offset;
  return [{ x, y: down ? a.y + a.h : a.y }, { x, y: down ? b.y : b.y + b.h }];
}

/** The height at which a lane meets a box's side, kept off its corners. */
function level({ y, h }: Box, offset: number): number {
  return y + h / 2 + Math.max(Math.min(offset, h / 2 - 6), 6 - h / 2);
}

/** A map that leads down is one that leads across, mirrored at its diagonal. */
export function turn({ x, y }: Point): Point {
  return { x: y, y: x };
}

export function turnBox(box: Box): Box {
  return { ...box, x: box.y, y: box.x, w: box.h, h: box.w };
}

/** The straights of a way, the longest first. */
export function straights(pieces: Pieces): readonly (readonly [Point, Point])[] {
  const all = pieces.flatMap((points) => points.slice(1).map((b, at) => [points[at] ?? origin, b] as const));
  const length = ([a, b]: readonly [Point, Point]) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  return all.sort((one, other) => length(other) - length(one));
}
