import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const scenarios = new URL("./scenarios/", import.meta.url);

/** `virtual:scenarios`: id, revision and title of each built-in scenario, in the order of scenarios.json. */
function scenarioIndex(): Plugin {
  const name = "virtual:scenarios";
  return {
    name: "scenario-index",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const order: string[] = JSON.parse(readFileSync(new URL("./scenarios.json", import.meta.url), "utf8"));
      const files = readdirSync(scenarios)
        .filter((file) => file.endsWith(".json"))
        .map((file) => file.slice(0, -".json".length));
      // A published text that changes stays as revisions/ID@REVISION.json, for the links that name it.
      const folder = new URL("revisions/", scenarios);
      const revisions = existsSync(folder) ? readdirSync(folder) : [];
      const missing = order.filter((scenario) => !files.includes(scenario));
      const unlisted = files.filter((scenario) => !order.includes(scenario));
      if (missing.length + unlisted.length > 0) {
        this.error(`scenarios.json: no file for [${missing}], not listed [${unlisted}]`);
      }
      const entries = order.map((scenario) => {
        const { title } = JSON.parse(readFileSync(new URL(`${scenario}.json`, scenarios), "utf8"));
        const older = revisions.filter((file) => file.startsWith(`${scenario}@`)).length;
        return { id: scenario, revision: older + 1, title };
      });
      return `export default ${JSON.stringify(entries)};`;
    },
  };
}

/** Sentences that only the command line says. */
const COMMAND_LINE = ["check.", "run."];

/** Sentences that few readers come to: problems, remarks, and what opens at a click. They are a file of their own. */
const LATER = ["denied-message.", "diagnostic.", "cli.", "gate.", "ui.ask.", "ui.clock.", "ui.compare.", "ui.share."];

/** The catalogues without what no page can say, in two parts: `?later` is the second. */
function pageTexts(): Plugin {
  return {
    name: "page-texts",
    enforce: "pre",
    transform(code, id) {
      const catalogue = /\/texts\/(?:en|ko)\.json(\?later)?$/.exec(id);
      if (!catalogue) return undefined;
      const later = catalogue[1];
      const begins = (key: string, prefixes: readonly string[]) => prefixes.some((prefix) => key.startsWith(prefix));
      const said = Object.entries(JSON.parse(code)).filter(
        ([key]) => !begins(key, COMMAND_LINE) && begins(key, LATER) === (later !== undefined),
      );
      const text = JSON.stringify(Object.fromEntries(said));
      // With a question after it, a name doesn't say that this is JSON.
      return later === undefined ? text : { code: `export default JSON.parse(${JSON.stringify(text)});`, moduleType: "js" };
    },
  };
}

/** Tells the service worker which files there are, and what tells this build from others. */
function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const worker = Object.values(bundle).find(({ fileName }) => fileName === "service-worker.js");
        if (worker?.type !== "chunk") return;
        const hash = createHash("sha256");
        const kept = Object.values(bundle).filter((file) => file !== worker && !file.fileName.startsWith(".vite") && !/embed|\.map$/.test(file.fileName));
        for (const file of kept) hash.update(file.fileName).update(file.type === "chunk" ? file.code : file.source);
        const files = ["./", "icon.svg", ...kept.map(({ fileName }) => fileName).filter((name) => name !== "index.html")];
        worker.code = worker.code.replace(/["'`]__BUILT__["'`]/, JSON.stringify({ version: hash.digest("hex").slice(0, 16), files }));
      },
    },
  };
}

/** Other pages, and frames without an origin, load the modules and the WebAssembly from here. */
const anyOrigin = { "Access-Control-Allow-Origin": "*" };

/** `vite build` makes the pages; with `--mode package` the element alone, for the npm package. */
export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: [scenarioIndex(), pageTexts(), offline()],
  json: { namedExports: false, stringify: true },
  server: { host: "127.0.0.1", port: 8000, strictPort: true, headers: anyOrigin },
  preview: { headers: anyOrigin },
  build: {
    target: "es2022",
    // These have light-dark(), which older targets would spell out twice.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    outDir: mode === "package" ? "package" : "dist",
    copyPublicDir: mode !== "package",
    manifest: mode !== "package",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        "iam-sandbox": "src/element.ts",
        ...(mode === "package" ? { sdk: "src/sdk.ts" } : { index: "index.html", embed: "embed.html", "service-worker": "src/service_worker.ts" }),
      },
      // The element's script has a name that other pages can keep.
      preserveEntrySignatures: "allow-extension",
      output: {
        entryFileNames: (chunk) =>
          ["iam-sandbox", "sdk", "service-worker"].includes(chunk.name) ? `${chunk.name}.js` : "assets/[name]-[hash].js",
      },
    },
  },
}));
