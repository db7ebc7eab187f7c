// The element in other people's pages: from one script, and in a sandboxed frame of another origin.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";

let other: Server;
let origin: string;
let body = "";

test.beforeAll(async () => {
  other = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(body));
  await new Promise<void>((ready) => other.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
});
test.afterAll(() => void other.close());
test.describe.configure({ mode: "serial" });

test("works in a sandboxed frame of another origin and speaks with its page", async ({ page, baseURL }) => {
  body = `<!doctype html><title>Blog</title>
    <iframe title="IAM Sandbox" sandbox="allow-scripts" style="width: 800px; height: 900px"
      src="${baseURL}/embed.html?view=console&lang=ko&scenario=ec2-reads-s3"></iframe>
    <script>
      window.heard = [];
      addEventListener("message", ({ data }) => { if (data.source === "iam-sandbox") heard.push(data); });
      window.say = (type, detail, id) => document.querySelector("iframe").contentWindow
        .postMessage({ source: "iam-sandbox", version: 1, type, detail, id }, "*");
    </script>`;
  await page.goto(origin);
  const heard = () => page.evaluate(() => (window as unknown as { heard: { type: string; id?: number; detail: Record<string, unknown> }[] }).heard);
  await expect.poll(async () => (await heard()).some(({ type }) => type === "ready")).toBe(true);
  await page.evaluate(() => (window as unknown as { say: (...all: unknown[]) => void }).say("run", { command: "aws s3 ls" }, 7));
  await expect.poll(async () => (await heard()).find(({ type }) => type === "result")).toMatchObject({
    id: 7,
    detail: { command: "aws s3 ls", exitCode: 254, decision: "ImplicitDeny", blockedBy: ["identity"] },
  });
  expect((await heard()).some(({ type, detail }) => type === "resize" && Number(detail["height"]) > 0)).toBe(true);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("iam-sandbox .verdict h2")).toHaveText("암시적으로 거부됨");
});

test("shows a link's scenario, step and language in a frame, and keeps the frame's address", async ({ page, baseURL }) => {
  await page.goto(`${baseURL}/?`);
  await page.getByRole("button", { name: "한국어" }).click();
  await page.locator("iam-sandbox .ask input").fill("aws s3 ls s3://my-sts-demo-bucket-1234567890");
  await page.locator("iam-sandbox .ask input").press("Enter");
  await page.locator('iam-sandbox [data-step="2"] .step').click();
  await page.getByRole("button", { name: "공유", exact: true }).click();
  await page.locator("iam-sandbox dialog select").selectOption("diagram");
  body = `<!doctype html><title>Blog</title>${await page.locator("iam-sandbox dialog textarea").nth(1).inputValue()}`;
  await page.goto(origin);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("iam-sandbox .verdict h2")).toHaveText("허용됨");
  await expect(frame.locator('iam-sandbox [data-step="2"] .step')).toHaveAttribute("aria-current", "step");
  await expect(frame.locator("iam-sandbox .console")).toBeHidden();
  const address = page.frames()[1]?.url() ?? "";
  await frame.locator("iam-sandbox .drawing").press("End");
  expect(page.frames()[1]?.url()).toBe(address);
});

test("works in a plain page from one script, two apart from each other", async ({ page, baseURL }) => {
  body = `<!doctype html><title>Blog</title>
    <script type="module" src="${baseURL}/iam-sandbox.js"></script>
    <iam-sandbox id="one" scenario="ec2-reads-s3" view="console">Needs JavaScript</iam-sandbox>
    <iam-sandbox id="two" scenario="ec2-reads-s3" view="console" theme="dark" lang="ko"></iam-sandbox>`;
  await page.goto(origin);
  await page.locator("#one .ask input").fill("aws s3 ls");
  await page.locator("#one .ask input").press("Enter");
  await expect(page.locator("#one .verdict h2")).toHaveText("Implicitly denied");
  await expect(page.locator("#two .verdict h2")).toContainText("AWS가 어떻게 답하고");
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("the fallback stays where the engine can't load", async ({ page, baseURL }) => {
  body = `<!doctype html><title>Blog</title>
    <script type="module" src="${baseURL}/iam-sandbox.js"></script>
    <iam-sandbox scenario="ec2-reads-s3">The path in words.</iam-sandbox>`;
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(origin);
  await expect(page.locator("iam-sandbox [role=alert]")).toContainText("could not start");
  await expect(page.getByText("The path in words.")).toBeVisible();
});
