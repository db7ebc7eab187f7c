// For everyone: without a network, on paper, without JavaScript or WebAssembly, without motion, in forced colours.
import { expect, LIST, run, test, verdict } from "./watched.ts";

test.describe("offline", () => {
  test.use({ serviceWorkers: "allow" });
  test("the page works without a network after the first visit, and no frame does", async ({ page, context }) => {
    test.setTimeout(90_000);
    await page.goto("/");
    await run(page, LIST);
    await page.waitForFunction(async () => {
      const { active } = await navigator.serviceWorker.ready;
      return active?.state === "activated";
    });
    await context.setOffline(true);
    await page.goto("/?again");
    await run(page, LIST);
    await expect(verdict(page)).toHaveText("Allowed");
    await page.getByRole("combobox", { name: "Scenario" }).selectOption("private-subnet-no-route");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("private");
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await expect(page.locator("iam-sandbox dialog[open] textarea").first()).toHaveValue(/#p1\./);
    expect(await page.goto("/embed.html").catch(() => null)).toBeNull();
    await context.setOffline(false);
    await page.goto("/");
  });

  test("only the page's own worker may be registered", async ({ browser, baseURL }) => {
    const page = await (await browser.newContext({ serviceWorkers: "allow" })).newPage();
    await page.goto(baseURL ?? "");
    const refused = await page.evaluate(() => navigator.serviceWorker.register("/iam-sandbox.js").then(() => "registered", (reason: Error) => reason.message));
    expect(refused).toContain("TrustedScriptURL");
  });
});

test("a part of the program that can't be fetched is said, and asked for again", async ({ browser, baseURL }) => {
  const page = await browser.newPage();
  await page.route(/run-[^/]*\.wasm$/, (route) => route.abort());
  await page.goto(baseURL ?? "");
  await run(page, LIST);
  const refused = page.locator("iam-sandbox .refused");
  await expect(refused).toContainText("This could not be done");
  await expect(refused).toContainText("has not been loaded");
  await page.unroute(/run-[^/]*\.wasm$/);
  await refused.getByRole("button", { name: "Close" }).click();
  await run(page, LIST);
  await expect(verdict(page)).toHaveText("Allowed");
  await page.close();
});

test("a reader who waits for a part of the program is told", async ({ page }) => {
  let arrive = (): void => {};
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await page.route(/run-[^/]*\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/");
  const progress = page.locator("iam-sandbox .progress");
  await expect(progress).toBeHidden();
  await run(page, LIST);
  await expect(progress).toBeVisible();
  await expect(progress).toHaveText("Loading…");
  arrive();
  await expect(verdict(page)).toHaveText("Allowed");
  await expect(progress).toBeHidden();
});

test("printing gives the steps", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  const steps = page.locator("iam-sandbox [data-step]");
  await expect(steps.first()).toBeVisible();
  const count = await steps.count();
  await page.emulateMedia({ media: "print" });
  for (let at = 0; at < count; at++) await expect(steps.nth(at)).toBeVisible();
  await expect(verdict(page)).toBeVisible();
  for (const part of [".what-if", ".console", ".policies", ".bar", ".moves"]) await expect(page.locator(`iam-sandbox ${part}`).first()).toBeHidden();
});

test("nothing moves for readers who don't want it", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/");
  await run(page, LIST);
  await page.locator('iam-sandbox [data-step="2"] .step').click();
  const moving = await page.evaluate(() => document.querySelector("iam-sandbox")?.shadowRoot?.getAnimations().length);
  expect(moving).toBe(0);
});

test("forced colours keep lines, badges and switches", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto("/");
  await run(page, "aws s3 ls");
  await expect(page.locator("iam-sandbox .step[aria-current]")).toBeVisible();
  const looks = await page.evaluate(() => {
    const root = document.querySelector("iam-sandbox")?.shadowRoot;
    const of = (selector: string, name: string, pseudo?: string) => getComputedStyle(root?.querySelector(selector) as Element, pseudo).getPropertyValue(name);
    return {
      line: of(".drawing .line .way", "stroke"),
      page: getComputedStyle(document.body).backgroundColor,
      pressed: of(".switch", "background-image", "::before"),
      current: of(".step[aria-current]", "outline-style"),
    };
  });
  expect(looks.line).not.toBe(looks.page);
  expect(looks.pressed).toContain("radial-gradient");
  expect(looks.current).toBe("solid");
});

test("without JavaScript the page says what it needs", async ({ browser, baseURL }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(baseURL ?? "");
  await expect(page.locator("noscript p")).toBeVisible();
  await expect(page.locator("noscript p")).toContainText("needs JavaScript");
});

test("without WebAssembly the page says so", async ({ browser, baseURL }) => {
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(() => Reflect.deleteProperty(window, "WebAssembly"));
  await page.goto(baseURL ?? "");
  await expect(page.locator("iam-sandbox [role=alert]")).toContainText("could not start");
});
