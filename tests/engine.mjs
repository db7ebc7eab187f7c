// The WebAssembly with all its parts, in Node, as `cargo dev build` wrote it to www/wasm.
import { readFileSync } from "node:fs";
import { chunks } from "../www/wasm/chunks.js";
import { initSync, Sandbox } from "../www/wasm/iam_sandbox.js";

/** The boundary's class. `names`: the parts beside the first; all of them if left out. */
export async function startEngine(names = Object.keys(chunks)) {
  const first = initSync({ module: readFileSync(new URL("../www/wasm/iam_sandbox_bg.wasm", import.meta.url)) });
  for (const name of names) await load(name, first);
  return Sandbox;
}

const loaded = new Map();

/** The exports of the parts up to this one: what a part that comes after it imports. */
async function load(name, first) {
  if (name === null) return first;
  if (!loaded.has(name)) {
    const before = await load(chunks[name].after, first);
    const { instance } = await WebAssembly.instantiate(readFileSync(chunks[name].place()), { first: before });
    loaded.set(name, { ...before, ...instance.exports });
  }
  return loaded.get(name);
}
