// Completes www/package beside Vite's bundle: the element's declarations and those that they
// name, and package.json. Arguments: the folder of the declarations (below www), the version.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const [declarations, version] = process.argv.slice(2);
const target = "www/package/types";

/** Copies a declaration and all that it imports; `name` has no extension: `src/element`. */
function take(name, taken = new Set()) {
  if (taken.has(name)) return;
  taken.add(name);
  const path = join(target, `${name}.d.ts`);
  mkdirSync(dirname(path), { recursive: true });
  if (name.startsWith("wasm/")) return copyFileSync(join("www", `${name}.d.ts`), path);
  const text = readFileSync(join("www", declarations, `${name}.d.ts`), "utf8");
  const relative = /(from |import\()"(\.{1,2}\/[^"]+?)\.(ts|js)"/g;
  writeFileSync(path, text.replace(relative, '$1"$2.js"'));
  for (const [, , imported] of text.matchAll(relative)) take(normalize(join(dirname(name), imported)), taken);
}

const taken = new Set();
take("src/element", taken);
take("src/sdk", taken);
const manifest = {
  name: "iam-sandbox",
  version,
  description: "<iam-sandbox>: see why AWS allows or denies a request, step by step, in any page",
  license: "Apache-2.0",
  type: "module",
  sideEffects: true,
  exports: {
    ".": { types: "./types/src/element.d.ts", default: "./iam-sandbox.js" },
    "./sdk": { types: "./types/src/sdk.d.ts", default: "./sdk.js" },
  },
};
writeFileSync("www/package/package.json", `${JSON.stringify(manifest, null, 2)}\n`);
copyFileSync("LICENSE", "www/package/LICENSE");
