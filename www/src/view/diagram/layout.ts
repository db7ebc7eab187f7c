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
  /** What stands at the right end of the title's line. */
  readonly aside?: string;
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
  /** Where in its organization the account is. */
  readonly organization?: string;
  readonly vpc: string;
  readonly subnet: string;
  readonly internet: string;
  /** The account that owns the bucket, where it is another one; and its id alone. */
  readonly owner?: string;
  readonly ownerShort?: string;
  readonly gateways: readonly { readonly slot: string; readonly kind: Place["kind"]; readonly title: string; readonly detail: string }[];
  readonly imds: { readonly title: string; readonly detail: string };
  readonly services: readonly { readonly slot: string; readonly kind: string; readonly title: string; readonly detail: string }[];
}

/** Below this the drawing would not be legible: the list alone says it. */
export const LEAST_WIDTH = 270;

/** Below this paths lead down instead of across. */
const LEAST_ACROSS = 560;

/** Boxes inside which steps happen are tall enough for a row of their badges under the text. */
const SERVICE = { w: 158, h: 72 };
const HOST = { x: 38, w: 174, h: 76 };
const PLAIN = 48;
const TOP = 78;
const HOST_TOP = 258;
const FRAME_END = 390;

export function layout(scene: Scene, available: number): Layout {
  return available < LEAST_ACROSS ? down(scene, Math.round(available)) : across(scene, available);
}

function across(scene: Scene, available: number): Layout {
  const width = Math.max(Math.round(available), 640);
  const right = width - SERVICE.w - 14;
  const lane = right - 18;
  const inVpc = scene.host !== undefined;
  const frames: Frame[] = [];
  const boxes: Box[] = [];
  const aside = scene.organization === undefined ? {} : { aside: scene.organization };
  if (inVpc) {
    const end = right - 34;
    frames.push({ kind: "account", title: scene.account, ...aside, x: 1, y: 1, w: end - 1, h: FRAME_END - 1 });
    frames.push({ kind: "vpc", title: scene.vpc, x: 14, y: 26, w: end - 28, h: FRAME_END - 40 });
    frames.push({ kind: "subnet", title: scene.subnet, x: 26, y: 50, w: 198, h: FRAME_END - 78 });
    boxes.push({ slot: "imds", kind: "imds", ...scene.imds, x: HOST.x, y: TOP, w: HOST.w, h: PLAIN });
    if (scene.host) boxes.push({ kind: "host", ...scene.host, ...HOST, y: HOST_TOP });
    boxes.push(...gateways(scene, 224, end - 14));
  }
  scene.services.forEach((service, at) => {
    boxes.push({ ...service, x: right, y: service.slot === "s3" ? HOST_TOP : 2 + at * 116, ...SERVICE });
  });
  if (scene.owner) frames.push({ kind: "account", title: scene.owner, x: right - 13, y: HOST_TOP - 28, w: SERVICE.w + 26, h: SERVICE.h + 42 });
  const below = inVpc ? FRAME_END + 12 : HOST_TOP - 30;
  if (scene.laptop) {
    const bottom = below + 30 + HOST.h + 14;
    frames.push({ kind: "internet", title: scene.internet, x: 1, y: below, w: 236, h: bottom - below });
    boxes.push({ kind: "laptop", ...scene.laptop, ...HOST, x: 29, y: below + 30 });
    return { width, height: Math.max(bottom + 2, FRAME_END + 2), frames, boxes, lane, down: false };
  }
  return { width, height: FRAME_END + 2, frames, boxes, lane, down: false };
}

/** Gateways stand between subnet and border, a single one level with the host. */
function gateways({ gateways: all }: Scene, from: number, to: number): readonly Box[] {
  const w = Math.min(172, to - from - 54);
  const x = (from + to) / 2 - w / 2;
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
  const aside = scene.organization === undefined ? {} : { aside: scene.organization };
  const narrow = 62;
  const tall = 136;
  const under = 76 + tall + 12;
  const first = under + 40;
  const out = first + 46 + 12;
  let foot = 10;
  if (inVpc) {
    frames.push({ kind: "account", title: scene.account, ...aside, x: 1, y: 1, w: width - 2, h: out + 12 });
    frames.push({ kind: "vpc", title: scene.vpc, x: 9, y: 25, w: width - 18, h: out - 20 });
    frames.push({ kind: "subnet", title: scene.subnet, x: 17, y: 49, w: width - 34, h: under - 49 });
    if (scene.host) boxes.push({ kind: "host", ...scene.host, x: 21, y: 76, w: width - 42 - 76 - narrow, h: tall });
    boxes.push({ slot: "imds", kind: "imds", ...scene.imds, title: "IMDS", detail: "", x: width - 21 - narrow, y: 76, w: narrow, h: tall });
    const pitch = Math.min((width - 42 + 8) / Math.max(scene.gateways.length, 1), 156);
    scene.gateways.forEach((gateway, at) => boxes.push({ ...gateway, x: 21 + at * pitch, y: first, w: pitch - 8, h: 46 }));
    foot = out + 56;
  }
  const gap = 46;
  const room = width - 2 - 2 * gap;
  const tallFoot = scene.owner ? 72 : 58;
  let x = 1;
  for (const service of [...scene.services].reverse()) {
    const bucket = service.slot === "s3";
    const w = room * (bucket ? 0.42 : 0.29);
    boxes.push({ ...service, detail: bucket ? (scene.ownerShort ?? "") : "", x, y: foot, w, h: tallFoot });
    x += w + gap;
  }
  const lane = foot - 22;
  const end = foot + tallFoot + 20;
  if (!scene.laptop) return { width, height: end, frames, boxes, lane, down: true };
  const frame = end + 26;
  frames.push({ kind: "internet", title: scene.internet, x: 1, y: frame, w: width - 2, h: 30 + HOST.h + 12 });
  boxes.push({ kind: "laptop", ...scene.laptop, x: 24, y: frame + 30, w: Math.min(HOST.w, width - 48), h: HOST.h });
  return { width, height: frame + 30 + HOST.h + 14, frames, boxes, lane: end + 12, down: true };
}
