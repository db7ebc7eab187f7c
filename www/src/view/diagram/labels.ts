/** Where badges and words stand: in the first place of several that nothing else holds, else nowhere. */
import type { Box, Layout } from "./layout.ts";
import type { Point } from "./lines.ts";

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Half a badge, with what keeps it apart from others. */
const BADGE = 12;
const WORD_HEIGHT = 14;

export class Labels {
  private readonly taken: Area[];

  constructor(private readonly layout: Layout, taken: readonly Area[]) {
    this.taken = [...taken];
  }

  take(area: Area): void {
    this.taken.push(area);
  }

  /** The first of the places where a badge is free; it may stand inside no box. */
  badge(places: readonly Point[]): Point | undefined {
    const free = places.find(({ x, y }) => {
      const area = { x: x - BADGE, y: y - BADGE, w: 2 * BADGE, h: 2 * BADGE };
      return this.isFree(area) && !this.layout.boxes.some((box) => meet(box, area));
    });
    if (free) this.take({ x: free.x - BADGE + 0.5, y: free.y - BADGE + 0.5, w: 2 * BADGE - 1, h: 2 * BADGE - 1 });
    return free;
  }

  /** Where a word of a width stands beside a badge: its middle. Never across a box's border. */
  word({ x, y }: Point, width: number): Point | undefined {
    const aside = 15 + width / 2;
    const places = [
      { x: x + aside, y },
      { x: x - aside, y },
      { x, y: y - 21 },
      { x, y: y + 21 },
      { x: x + aside - 6, y: y + 19 },
      { x: x - aside + 6, y: y + 19 },
      { x: x + aside - 6, y: y - 19 },
      { x: x - aside + 6, y: y - 19 },
    ];
    const free = places.find((middle) => {
      const area = wordArea(middle, width);
      return this.isFree(area) && this.layout.boxes.every((box) => !meet(box, area) || within(area, box));
    });
    if (free) this.take(wordArea(free, width));
    return free;
  }

  private isFree(area: Area): boolean {
    const { width, height } = this.layout;
    return within(area, { x: 0, y: 0, w: width, h: height }) && !this.taken.some((other) => meet(other, area));
  }
}

function wordArea({ x, y }: Point, width: number): Area {
  return { x: x - width / 2 - 1, y: y - WORD_HEIGHT / 2, w: width + 2, h: WORD_HEIGHT };
}

function meet(one: Area, other: Area): boolean {
  return one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
}

function within(one: Area, outer: Area): boolean {
  return outer.x <= one.x && outer.y <= one.y && one.x + one.w <= outer.x + outer.w && one.y + one.h <= outer.y + outer.h;
}

/** Points along a way, those about `share` of its longest straight first. */
export function along(straights: readonly (readonly [Point, Point])[], share: number): readonly Point[] {
  const step = 4;
  return straights.flatMap(([a, b]) => {
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    const at = (part: number) => ({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part });
    const count = Math.floor(length / step);
    const parts = Array.from({ length: count + 1 }, (_, index) => (index * step) / (length || 1));
    return [share, ...parts.sort((one, other) => Math.abs(one - share) - Math.abs(other - share))].map(at);
  });
}

/** Rows of `count` badges at the foot of a box, left to right, as many as it has room for. */
export function rowsIn({ x, y, w, h }: Box, pitch: number, count: number): readonly Point[] {
  const across = Math.max(Math.floor((w - 6) / pitch), 1);
  const rows = Math.min(Math.max(Math.floor((h - 44) / pitch), 1), Math.ceil(count / across));
  const left = x + Math.min((w - (across - 1) * pitch) / 2, 17);
  return Array.from({ length: across * rows }, (_, at) => ({ x: left + (at % across) * pitch, y: y + h - 15 - (rows - 1 - Math.floor(at / across)) * pitch }));
}
