// What a reader does with a result: leave a policy out, move the clock, take an edit back, compare, carry the picture away.
import { expect, LIST, run, step, test, verdict, writePolicy } from "./watched.ts";
import type { Page } from "@playwright/test";

const choose = async (page: Page, scenario: string) => {
  await page.getByRole("combobox", { name: "Scenario" }).selectOption(scenario);
  await expect(page.locator("iam-sandbox .bar select").first()).toHaveValue(scenario);
};
const stand = (page: Page, name: string) => page.locator("iam-sandbox .standing li", { hasText: name });

test("each policy says what it said, and one left out shows what would be without it", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  await expect(stand(page, "ec2-s3-read-policy")).toHaveAttribute("data-said", "allows");
  await expect(stand(page, "Trust policy")).toHaveAttribute("data-said", "allows");
  const policy = stand(page, "ec2-s3-read-policy");
  await expect(policy.getByRole("radiogroup")).toHaveAccessibleName(/ec2-s3-read-policy/);
  await policy.getByRole("radio", { name: "left out" }).check();
  await expect(verdict(page)).toHaveText("Implicitly denied");
  await expect(stand(page, "ec2-s3-read-policy")).toHaveAttribute("data-said", "absent");
  await expect(policy.getByRole("radio", { name: "left out" })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(verdict(page)).toHaveText("Allowed");
  await expect(policy.getByRole("radio", { name: "as it is" })).toBeFocused();
  await stand(page, "Trust policy").locator(".stand").click();
  await expect(page.getByRole("tab", { name: "Trust policy" })).toHaveAttribute("aria-selected", "true");
});

test("what hangs on a policy that can't be seen has no answer, and says on which it hangs", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  await expect(verdict(page)).toHaveText("Allowed");
  const policy = stand(page, "ec2-s3-read-policy");
  await policy.getByRole("radio", { name: "as it is" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(verdict(page)).toHaveText("Implicitly denied");
  await page.keyboard.press("ArrowRight");
  await expect(verdict(page)).toHaveText("Depends on a policy that can't be seen");
  await expect(policy.getByRole("radio", { name: "can't be seen" })).toBeFocused();
  await expect(policy).toHaveAttribute("data-said", "unseen");
  await expect(page.locator("iam-sandbox .verdict p").first()).toContainText("depends on what can't be seen: ec2-s3-read-policy");
  await expect(page.locator("iam-sandbox .verdict .fact", { hasText: "could make it" })).toContainText("ec2-s3-read-policy");
  // A mark, a word and a way of their own, in the list and on the map.
  const untold = step(page, "authorize", "unknown");
  await expect(untold).toContainText("can't be told");
  await expect(untold.locator(".mark.unknown")).toBeVisible();
  await expect(page.locator('iam-sandbox .drawing [data-outcome="unknown"]').first()).toBeVisible();
  await expect(page.locator("iam-sandbox .drawing .tag", { hasText: "can't be told" }).first()).toBeAttached();
  await expect(page.locator("iam-sandbox .log .notes").last()).toContainText("can't be told");
  await expect(page.locator("iam-sandbox .log .stdout")).toHaveCount(1);
  // The role is asked for anew where its trust policy can't be seen.
  await stand(page, "Trust policy").getByRole("radio", { name: "can't be seen" }).check();
  await expect(step(page, "credentials", "unknown")).toBeVisible();
  await page.getByRole("button", { name: "Put back" }).click();
  await expect(verdict(page)).toHaveText("Allowed");
});

test("a bucket policy that denies says so where it stands", async ({ page }) => {
  await page.goto("/");
  await choose(page, "bucket-policy-denies");
  await run(page, "aws s3 cp s3://report-demo-bucket-1234567890/confidential/salaries.csv -");
  await expect(page.locator('iam-sandbox .standing [data-said="denies"]')).toHaveCount(1);
});

test("the clock moves: after hours the instance has other keys", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  const key = async () => (await step(page, "credentials", "ok").locator(".said").textContent())?.match(/ASIA\w+/)?.[0];
  const before = await key();
  expect(before).toBeTruthy();
  await page.locator("iam-sandbox .clock summary").click();
  await page.getByRole("button", { name: "12 h later" }).click();
  await expect(page.locator("iam-sandbox .clock summary")).toContainText("21:00");
  await expect(page.locator("iam-sandbox .log li")).toHaveCount(2);
  expect(await key()).not.toBe(before);
});

test("an edit is taken back", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  await expect(undo).toBeDisabled();
  await writePolicy(page, "ec2-s3-read-policy", (text) => text.replace('"s3:ListBucket"', '"s3:GetBucketLocation"'));
  await expect(verdict(page)).toHaveText("Implicitly denied");
  await undo.click();
  await expect(verdict(page)).toHaveText("Allowed");
  await expect(undo).toBeDisabled();
  await expect(page.locator("iam-sandbox .policies .cm-content")).toContainText('"s3:ListBucket"');
});

test("two versions stand side by side up to the step where they part", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  await writePolicy(page, "ec2-s3-read-policy", (text) => text.replace('"s3:ListBucket"', '"s3:GetBucketLocation"'));
  await expect(verdict(page)).toHaveText("Implicitly denied");
  const number = await step(page, "authorize", "denied").getAttribute("data-step");
  await page.getByText("More ▾").click();
  await page.getByRole("button", { name: "Compare versions" }).click();
  const dialog = page.locator("iam-sandbox dialog[open]");
  await expect(dialog).toContainText(`parts at step ${number}.`);
  await expect(dialog.locator(".versions .parts")).toHaveText([/done.*allowed/, /denied/]);
  await expect(dialog.locator(".change.gone")).toContainText("s3:ListBucket");
  await expect(dialog.locator(".change.new")).toContainText("s3:GetBucketLocation");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("the picture goes along as SVG that stands alone", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const svg = await page.locator("iam-sandbox dialog textarea").last().inputValue();
  expect(svg).not.toMatch(/<script|class=|style=|var\(--|javascript:/);
  const alone = await page.context().newPage();
  await alone.setContent(svg);
  await expect(alone.locator("svg text", { hasText: "AppInstance" })).toBeVisible();
  expect(await alone.locator("svg title").count()).toBeGreaterThan(10);
});

test("an embed leads to the full page with its state", async ({ page, context }) => {
  await page.goto("/embed.html?view=policy&scenario=bucket-policy-denies");
  await expect(page.locator("iam-sandbox [data-step]").first()).toBeVisible();
  await page.locator("iam-sandbox .select.command").selectOption({ index: 0 });
  const seen = await verdict(page).textContent();
  const link = page.getByRole("link", { name: "Open in the full page" });
  await link.hover();
  await expect(link).toHaveAttribute("href", /#p1\./);
  const [whole] = await Promise.all([context.waitForEvent("page"), link.click()]);
  await expect(verdict(whole)).toHaveText(seen ?? "");
  await expect(whole.locator("iam-sandbox .bar select").first()).toHaveValue("bucket-policy-denies");
});
