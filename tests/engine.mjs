// The WebAssembly with all its parts, in Node, as `cargo dev build` wrote it to www/wasm.
import { readFileSync } from "node:fs";
import { chunks } from "../www/wasm/chunks.js";
import { initSync, Sandbox } from "../www/wasm/iam_sandbox.js";

/** The boundary's class. `names`: the parts beside the first; all of them if left out. */
export async function startEngine(names = Object.keys(chunks)) {
  const first = initSync({ module: readFileSync(new URL("../www/wasm/iam_sandbox_bg.wasm", import.meta.url)) });
  for (const name of names) await WebAssembly.instantiate(readFileSync(chunks[name]()), { first });
  return Sandbox;
}
