/** Fixed places: where each part of the cloud stands for a given width. No graph is laid out; the map never moves. */
import type { Place } from "../../engine.ts";

export interface Box {
  readonly slot: string;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Frame {
  readonly kind: "account" | "vpc" | "subnet" | "internet";
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Frame[];
  readonly boxes: readonly Box[];
  /** Where the free lane between the account and the services is, along the direction of the path. */
  readonly lane: number;
  /** Paths lead down on a narrow page, else across. */
  readonly down: boolean;
}

/** What a layout needs to know of the scenario, names already put into words. */
export interface Scene {
  readonly host?: { readonly slot: string; readonly title: string; readonly detail: string };
  readonly laptop?: { readonly slot: string; readonly title: string; readonly detail: string };
  readonly account: string;
  readonly vpc: string;
  readonly subnet: string;
  readonly internet: string;
  readonly gateways: readonly { readonly slot: string; readonly kind: Place["kind"]; readonly title: string; readonly detail: string }[];
  readonly imds: { readonly title: string; readonly detail: string };
  readonly services: readonly { readonly slot: string; readonly kind: string; readonly title: string; readonly detail: string }[];
}

/** Below this the drawing would not be legible: the list alone says it. */
export const LEAST_WIDTH = 270;

/** Below this paths lead down instead of across. */
const LEAST_ACROSS = 560;

const SERVICE = { w: 164, h: 48 };
const HOST = { x: 42, w: 180, h: 72 };
const TOP = 78;
const HOST_TOP = 226;
const FRAME_END = 358;

export function layout(scene: Scene, available: number): Layout {
  return available < LEAST_ACROSS ? down(scene, Math.round(available)) : across(scene, available);
}

function across(scene: Scene, available: number): Layout {
  const width = Math.max(Math.round(available), 640);
  const right = width - SERVICE.w - 2;
  const lane = right - 20;
  const inVpc = scene.host !== undefined;
  const frames: Frame[] = [];
  const boxes: Box[] = [];
  if (inVpc) {
    const end = right - 40;
    frames.push({ kind: "account", title: scene.account, x: 1, y: 1, w: end - 1, h: FRAME_END - 1 });
    frames.push({ kind: "vpc", title: scene.vpc, x: 14, y: 26, w: end - 28, h: FRAME_END - 40 });
    frames.push({ kind: "subnet", title: scene.subnet, x: 28, y: 50, w: 208, h: FRAME_END - 78 });
    boxes.push({ slot: "imds", kind: "imds", ...scene.imds, x: HOST.x, y: TOP, w: HOST.w, h: SERVICE.h });
    if (scene.host) boxes.push({ kind: "host", ...scene.host, ...HOST, y: HOST_TOP });
    boxes.push(...gateways(scene, 236, end - 14));
  }
  scene.services.forEach((service, at) => {
    const last = service.slot === "s3";
    boxes.push({ ...service, x: right, y: last ? HOST_TOP : TOP - 26 + at * 94, w: SERVICE.w, h: last ? HOST.h : SERVICE.h });
  });
  const below = inVpc ? FRAME_END + 12 : HOST_TOP - 30;
  if (scene.laptop) {
    const bottom = below + 92;
    frames.push({ kind: "internet", title: scene.internet, x: 1, y: below, w: 236, h: bottom - below });
    boxes.push({ kind: "laptop", ...scene.laptop, x: HOST.x, y: below + 26, w: HOST.w, h: SERVICE.h });
  }
  return { width, height: scene.laptop && inVpc ? below + 94 : FRAME_END + 2, frames, boxes, lane, down: false };
}

/** Gateways stand between subnet and border, a single one level with the host. */
function gateways({ gateways: all }: Scene, from: number, to: number): readonly Box[] {
  const w = Math.min(172, to - from - 52);
  const x = (from + to) / 2 - w / 2 + 8;
  const h = 46;
  const pitch = 60;
  const middle = HOST_TOP + HOST.h / 2;
  const start = Math.min(middle - h / 2, FRAME_END - 24 - h - (all.length - 1) * pitch);
  return all.map((gateway, at) => ({ ...gateway, x, y: start + at * pitch, w, h }));
}

/** The same map turned: host and metadata service on top, ways out below them, services at the foot. */
function down(scene: Scene, width: number): Layout {
  const frames: Frame[] = [];
  const boxes: Box[] = [];
  const inVpc = scene.host !== undefined;
  const half = (width - 42 - 80) / 2;
  const tall = 136;
  const under = 76 + tall + 20;
  const out = under + 14 + Math.max(scene.gateways.length, 1) * 58;
  let foot = 10;
  if (inVpc) {
    frames.push({ kind: "account", title: scene.account, x: 1, y: 1, w: width - 2, h: out + 12 });
    frames.push({ kind: "vpc", title: scene.vpc, x: 9, y: 25, w: width - 18, h: out - 20 });
    frames.push({ kind: "subnet", title: scene.subnet, x: 17, y: 49, w: width - 34, h: under - 49 });
    if (scene.host) boxes.push({ kind: "host", ...scene.host, x: 21, y: 76, w: half + 14, h: tall });
    boxes.push({ slot: "imds", kind: "imds", ...scene.imds, title: "IMDS", x: width - 7 - half, y: 76, w: half - 14, h: tall });
    scene.gateways.forEach((gateway, at) => boxes.push({ ...gateway, x: 21, y: under + 14 + at * 58, w: half + 48, h: 46 }));
    foot = out + 50;
  }
  const third = (width - 2 - 56) / 3;
  const order = [...scene.services].reverse();
  order.forEach((service, at) => boxes.push({ ...service, detail: "", x: 1 + at * (third + 28), y: foot, w: third, h: 56 }));
  const lane = foot - 22;
  if (!scene.laptop) return { width, height: foot + 72, frames, boxes, lane, down: true };
  frames.push({ kind: "internet", title: scene.internet, x: 1, y: foot + 88, w: width - 2, h: 92 });
  boxes.push({ kind: "laptop", ...scene.laptop, x: 24, y: foot + 118, w: Math.min(HOST.w, width - 48), h: SERVICE.h });
  return { width, height: foot + 184, frames, boxes, lane: foot + 74, down: true };
}
