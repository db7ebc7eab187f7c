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

test("the console remembers", async ({ page }) => {
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
});

test("Tab completes commands, files, buckets and operations, and lists what fits when pressed again", async ({ page }) => {
  await page.goto("/");
  const input = page.locator("iam-sandbox .ask input");
  const fits = page.locator("iam-sandbox .fits");
  const completed = async (typed: string, line: string): Promise<void> => {
    await input.fill("");
    await input.pressSequentially(typed);
    await input.press("Tab");
    await expect(input).toHaveValue(line);
    await expect(input).toBeFocused();
  };
  await completed("aws sts get-caller", "aws sts get-caller-identity ");
  await completed("aws s3 ls s3://my-s", "aws s3 ls s3://my-sts-demo-bucket-1234567890/");
  await run(page, "echo hi > notes.txt");
  await completed("cat no", "cat notes.txt ");
  // Several agree on a beginning; the next Tab lists them.
  await completed("aws sts g", "aws sts get-");
  await expect(fits).toBeHidden();
  await input.press("Tab");
  await input.press("Tab");
  await expect(fits).toContainText("get-caller-identity");
  await expect(fits).toContainText("get-session-token");
  await page.keyboard.type("c");
  await expect(fits).toBeHidden();
  // In the middle of a line, the rest stays.
  await input.fill("aws sts get-caller-id --output json");
  await input.evaluate((field: HTMLInputElement) => field.setSelectionRange(21, 21));
  await input.press("Tab");
  await expect(input).toHaveValue("aws sts get-caller-identity --output json");
});

test("Tab lets nobody be caught in the console", async ({ page }) => {
  await page.goto("/");
  const input = page.locator("iam-sandbox .ask input");
  await expect(input).toHaveAccessibleDescription(/Escape, then Tab, leaves the field/);
  // On an empty line.
  await input.focus();
  await page.keyboard.press("Tab");
  await expect(input).not.toBeFocused();
  // After Escape.
  await input.fill("aws sts g");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(input).not.toBeFocused();
  // Where nothing fits.
  await input.fill("aws sts no-such-thing");
  await page.keyboard.press("Tab");
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(input).not.toBeFocused({ timeout: 100 });
  }).toPass();
  // Backwards at any time.
  await input.fill("aws sts g");
  await page.keyboard.press("Shift+Tab");
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
