// axe finds nothing on any view: each kind of evidence, dialogs, menus, lesson, errors, in both themes and wide and narrow.
import { readFileSync } from "node:fs";
import type axe from "axe-core";
import type { Page } from "@playwright/test";
import { expect, LIST, run, test, verdict } from "./watched.ts";

const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

async function clean(page: Page, where: string): Promise<void> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const found = await checker.run(document);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary}`).join("; ")}`);
  });
  expect(violations, where).toEqual([]);
}

for (const [width, theme] of [[1280, "dark"], [360, "light"]] as const) {
  test(`axe finds nothing at ${width} px, ${theme}`, async ({ page }) => {
    test.setTimeout(90_000);
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/");
    await page.locator(`[data-theme-choice="${theme}"]`).click();
    await expect(verdict(page)).toContainText("See what AWS would answer");
    await clean(page, "before the first command");
    await page.locator("iam-sandbox .offers button").first().waitFor();
    await run(page, "aws s3 ls");
    await clean(page, "a denied command");
    await run(page, LIST);
    for (const kind of ["credentials", "imds", "route", "sign", "authenticate", "authorize", "respond"]) {
      if (kind === "imds") await page.locator('iam-sandbox [data-kind="credentials"][data-outcome="ok"] .step').click();
      await page.locator(`iam-sandbox [data-step][data-kind="${kind}"] > .step`).locator("visible=true").first().click();
      await clean(page, `evidence of ${kind}`);
    }
    await page.getByText("More ▾").click();
    await clean(page, "the menu");
    await page.getByRole("button", { name: "Compare versions" }).click();
    await clean(page, "nothing to compare");
    await page.getByRole("button", { name: "Close" }).click();
    await page.locator("iam-sandbox .clock summary").click();
    await clean(page, "the clock");
    await page.getByRole("button", { name: "12 h later" }).click();
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await clean(page, "the share dialog");
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Explain an AccessDenied" }).click();
    const dialog = page.locator("iam-sandbox dialog[open]");
    await clean(page, "the form");
    for (const [label, text] of [["Principal", "arn:aws:iam::111122223333:user/alice"], ["Action", "s3:GetObject"], ["Resource", "arn:aws:s3:::b/k"]] as const) {
      await dialog.getByLabel(label, { exact: true }).fill(text);
    }
    await expect(dialog.locator(".decided")).toBeVisible();
    await clean(page, "the form's answer");
    await dialog.getByRole("button", { name: "Apply" }).first().click();
    await expect(dialog.locator(".repair.made")).toBeVisible();
    await clean(page, "a change made in the form");
    await page.keyboard.press("Escape");
    await page.locator("iam-sandbox .standing li").first().getByRole("radio").nth(1).check();
    await clean(page, "a policy left out");
    await page.locator("iam-sandbox .standing li").first().getByRole("radio").nth(2).check();
    await expect(page.locator("iam-sandbox .verdict.unknown")).toBeVisible();
    await clean(page, "a policy that can't be seen");
    await page.locator("iam-sandbox .policies .code").click();
    await page.locator("iam-sandbox .policies .cm-content").fill("{");
    await expect(page.locator("iam-sandbox .policies .problem").first()).toBeVisible();
    await clean(page, "a broken policy");
    await page.getByRole("combobox", { name: "Scenario" }).selectOption("private-subnet-no-route");
    await run(page, "aws s3 ls");
    await clean(page, "a dropped packet");
    await page.goto("/#p1.damaged");
    await page.reload();
    await expect(page.locator("iam-sandbox .refused")).toBeVisible();
    await clean(page, "a damaged link");
  });
}
