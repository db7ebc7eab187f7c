// The adapter for the AWS SDK for JavaScript in a page of its own, without Trusted Types: the SDK parses XML with DOMParser.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "@playwright/test";
import { build, type Rolldown } from "vite";

const TYPES = { js: "text/javascript", wasm: "application/wasm" };

test("the AWS SDK for JavaScript runs in a page, and nothing leaves it", async ({ page }) => {
  const { output } = (await build({
    configFile: false,
    root: dirname(require.resolve("../../www/package.json")),
    logLevel: "error",
    build: { write: false, minify: false, assetsInlineLimit: 0, target: "es2022", modulePreload: false, rolldownOptions: { input: { page: require.resolve("./sdk_page.ts") }, output: { entryFileNames: "page.js" } } },
  })) as Rolldown.RolldownOutput;
  const asked: string[] = [];
  await page.route("**", (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const found = output.find((one) => one.fileName === name);
    if (name === "") return route.fulfill({ contentType: "text/html", body: '<!doctype html><script type="module" src="page.js"></script>' });
    if (!found) {
      asked.push(route.request().url());
      return route.abort();
    }
    const contentType = TYPES[name.split(".").pop() as keyof typeof TYPES];
    const body = found.type === "chunk" ? found.code : Buffer.from(found.source);
    return route.fulfill({ contentType, body });
  });
  await page.goto("https://sdk.test/");
  await page.waitForFunction("globalThis.run");
  const scenario = readFileSync(require.resolve("../../www/scenarios/ec2-reads-s3.json"), "utf8");
  const result = await page.evaluate(`run(${JSON.stringify(scenario)})`);
  expect(result).toEqual({
    arn: expect.stringMatching(/^arn:aws:sts::111122223333:assumed-role\//),
    text: "from a page",
    missing: "NoSuchKey",
  });
  expect(asked.filter((url) => !url.endsWith("/favicon.ico"))).toEqual([]);
});
