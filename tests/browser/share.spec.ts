// Links carry what is seen; a damaged one is refused and changes nothing.
import { readFileSync } from "node:fs";
import { expect, LIST, run, test, verdict, writePolicy } from "./watched.ts";
import type { Page } from "@playwright/test";

async function link(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const address = await page.locator("iam-sandbox dialog textarea").first().inputValue();
  await page.getByRole("button", { name: "Close" }).click();
  return address;
}

/** The element's own properties and methods, as a page's script sees them. */
interface Sandbox {
  readonly scenario: object;
  readonly trace: { readonly steps: readonly { kind: string; outcome: string; code: string }[] };
  watch(listener: (state: { loading: { status: string } }) => void): void;
  openLink(fragment: string): Promise<void>;
}

const traceOf = (page: Page) => page.evaluate(() => (document.querySelector("iam-sandbox") as unknown as Sandbox).trace);

test("a link opened in a fresh browser shows the same trace, step and edits", async ({ page, browser }) => {
  await page.goto("/");
  await run(page, LIST);
  await writePolicy(page, "ec2-s3-read-policy", (text) => text.replace('"s3:ListBucket"', '"s3:GetBucketLocation"'));
  await expect(verdict(page)).toHaveText("Implicitly denied");
  await page.locator('iam-sandbox [data-step="2"] .step').click();
  const address = await link(page);
  expect(address.length, "a built-in scenario with one edit").toBeLessThan(250 + new URL(address).origin.length);
  const fresh = await (await browser.newContext()).newPage();
  await fresh.goto(address);
  await expect(verdict(fresh)).toHaveText("Implicitly denied");
  await expect(fresh.locator('iam-sandbox [data-step="2"] .step')).toHaveAttribute("aria-current", "step");
  // The same bytes, request ids too, although the author's first run was before the edit.
  expect(JSON.stringify(await traceOf(fresh))).toBe(JSON.stringify(await traceOf(page)));
  expect(await fresh.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("draft")))).toEqual([]);
});

test("a scenario of one's own travels whole", async ({ page, browser }) => {
  await page.goto("/");
  // The text for which the bound was set; the built-in scenario has grown since.
  const text = readFileSync(require.resolve("../../www/scenarios/revisions/ec2-reads-s3@1.json"), "utf8");
  await page.getByText("More ▾").waitFor();
  await page.evaluate((written) => ((document.querySelector("iam-sandbox") as HTMLElement & { scenario: string }).scenario = written), text);
  await page.getByText("More ▾").click();
  await page.getByRole("button", { name: "Duplicate" }).click();
  await run(page, LIST);
  const address = await link(page);
  expect(address.length).toBeLessThan(2600);
  const fresh = await (await browser.newContext()).newPage();
  await fresh.goto(address);
  await expect(verdict(fresh)).toHaveText("Allowed");
  expect(await traceOf(fresh)).toEqual(await traceOf(page));
  await expect(fresh.getByRole("heading", { level: 1 })).toContainText("Copy of");
});

test("a damaged link says so, keeps the reader's draft and offers the built-in scenarios", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  const address = await link(page);
  await writePolicy(page, "ec2-s3-read-policy", (text) => text.replace('"ListBucket"', '"MyOwnSid"'));
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith("iam-sandbox.draft.")));
  await page.goto("about:blank");
  await page.goto(address.slice(0, -6));
  await expect(page.locator("iam-sandbox .refused")).toContainText("This link can't be opened");
  await expect(page.locator("iam-sandbox .verdict")).toBeHidden();
  await page.locator("iam-sandbox .starts button").first().click();
  await expect(page.locator("iam-sandbox .policies")).toContainText("MyOwnSid");
});

test("any changed character is refused or changes nothing", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/");
  await run(page, LIST);
  const fragment = new URL(await link(page)).hash;
  const wrong = await page.evaluate(async (whole) => {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const sandbox = document.querySelector("iam-sandbox") as unknown as Sandbox;
    let refused = false;
    sandbox.watch(({ loading }) => (refused = loading.status === "refused"));
    await sandbox.openLink(whole);
    const told = JSON.stringify([sandbox.scenario, sandbox.trace]);
    const found: string[] = [];
    let seed = 7;
    for (let tries = 0; tries < 10_000; tries++) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      const at = 1 + (seed % (whole.length - 1));
      const changed = whole.slice(0, at) + letters[(seed >> 8) % letters.length] + whole.slice(at + 1);
      if (changed === whole) continue;
      await sandbox.openLink(changed);
      if (!refused && JSON.stringify([sandbox.scenario, sandbox.trace]) !== told) found.push(changed);
    }
    return found;
  }, fragment);
  expect(wrong).toEqual([]);
});

test("warns of keys that look real", async ({ page }) => {
  await page.goto("/");
  await run(page, "export AWS_ACCESS_KEY_ID=AKIA2OGYBAH6QXZJ7TRC");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(page.locator("iam-sandbox dialog")).toContainText("looks like real keys");
});
