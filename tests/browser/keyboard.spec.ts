// Everything by keyboard: console history and completion, steps, tabs.
import { expect, LIST, run, test } from "./watched.ts";

test("arrow keys, Home and End step through list and diagram alike", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  const current = page.locator("iam-sandbox .step[aria-current]");
  await current.waitFor();
  const count = await page.locator("iam-sandbox [data-step]").count();
  await current.focus();
  await page.keyboard.press("Home");
  await expect(page.locator('iam-sandbox [data-step="1"] .step')).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator('iam-sandbox [data-step="2"] .step')).toHaveAttribute("aria-current", "step");
  await page.locator("iam-sandbox .drawing").focus();
  await page.keyboard.press("End");
  await expect(page.locator(`iam-sandbox [data-step="${count}"] .step`)).toHaveAttribute("aria-current", "step");
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator(`iam-sandbox [data-arrow="${count - 1}"]`)).toHaveAttribute("data-when", "now");
});

test("the console remembers and completes, and lets go of Tab", async ({ page }) => {
  await page.goto("/");
  const input = page.locator("iam-sandbox .ask input");
  await run(page, LIST);
  await run(page, "aws s3 ls");
  await input.press("ArrowUp");
  await input.press("ArrowUp");
  await expect(input).toHaveValue(LIST);
  await input.press("ArrowDown");
  await input.press("ArrowDown");
  await expect(input).toHaveValue("");
  await input.fill("aws sts g");
  await input.press("Tab");
  await expect(input).toHaveValue("aws sts get-caller-identity");
  await input.press("Tab");
  await expect(input).not.toBeFocused();
});

test("Enter that ends a composition runs nothing", async ({ page }) => {
  await page.goto("/");
  const input = page.locator("iam-sandbox .ask input");
  await input.fill("echo 안녕");
  await input.evaluate((element) => {
    element.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }));
  });
  await expect(page.locator("iam-sandbox .log li")).toHaveCount(0);
  await input.press("Enter");
  await expect(page.locator("iam-sandbox .log li")).toHaveCount(1);
});
