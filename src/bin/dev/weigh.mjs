// What the built files weigh as a server sends them (brotli, quality 11), and the budgets.
// Prints a line for each file and each budget, then "N passed, N failed". KB are 1000 bytes.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const dist = "www/dist";
const weights = new Map();

function weigh(file) {
  if (!weights.has(file)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    weights.set(file, brotliCompressSync(readFileSync(file), { params }).length);
  }
  return weights.get(file);
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} KB`;

function list(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(html|js|css|wasm|json|svg|bin)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes("/.vite/"))
    .sort();
  for (const file of files) console.log(`${kilobytes(weigh(file))}  ${file}`);
}

/** The files that an entry of the manifest loads before anything is clicked. */
function withStaticImports(manifest, key, found = new Set()) {
  const chunk = manifest[key];
  if (chunk === undefined || found.has(chunk.file)) return found;
  for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(file);
  for (const imported of chunk.imports ?? []) withStaticImports(manifest, imported, found);
  return found;
}

const sum = (files) => files.reduce((total, file) => total + weigh(file), 0);

let passed = 0;
let failed = 0;

/** Fails above `limit`, which only ever goes down; says so while the goal isn't reached. */
function budget(name, { goal, limit }, files) {
  const bytes = sum(files);
  const kept = files.length > 0 && bytes <= limit * 1000;
  kept ? (passed += 1) : (failed += 1);
  const missed = kept && bytes > goal * 1000 ? `, over the goal of ${goal} KB` : "";
  console.log(`${kept ? "ok  " : "OVER"} ${name}:${kilobytes(bytes)} of ${limit} KB${missed}`);
  if (!kept) for (const file of files) console.log(`     ${kilobytes(weigh(file))}  ${file}`);
}

list(dist);
if (existsSync("www/package")) list("www/package");
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));
const path = (file) => join(dist, file);
const wasm = readdirSync(join(dist, "assets")).filter((file) => file.endsWith(".wasm")).map((file) => path(`assets/${file}`));
const first = wasm.filter((file) => file.includes("iam_sandbox_bg"));
const page = [path("index.html"), ...[...withStaticImports(manifest, "index.html")].map(path)];
const catalogue = Object.entries(manifest).filter(([key]) => key.startsWith("texts/")).map(([, chunk]) => path(chunk.file));
const heaviest = catalogue.sort((a, b) => weigh(b) - weigh(a)).slice(0, 1);

budget("First part of the WebAssembly", { goal: 160, limit: 141 }, first);
budget("Page before the editor loads", { goal: 240, limit: 240 }, [...new Set([...page, ...first, ...heaviest])]);
budget("WebAssembly for a first command", { goal: 240, limit: 285 }, [...first, ...wasm.filter((file) => /\/run-/.test(file))]);
budget("All parts of the WebAssembly", { goal: 300, limit: 627 }, wasm);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
