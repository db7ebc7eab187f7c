// What was done of a lesson is known on the next visit, on this machine alone, and can be cleared.
import { expect, test } from "./watched.ts";

test("a finished part of a lesson stays finished until progress is cleared", async ({ page }) => {
  await page.goto("/");
  const lesson = page.locator("iam-sandbox .lesson");
  const done = lesson.locator(".dots .done");
  await expect(lesson.locator(".dots button").first()).toBeVisible();
  await expect(done).toHaveCount(0);
  for (const offer of await lesson.locator(".entry:not([inert]) .try").all()) await offer.click();
  await expect(done).toHaveCount(1);
  await page.reload();
  await expect(done).toHaveCount(1);
  await page.getByText("More ▾").click();
  await page.getByRole("button", { name: "Clear my progress in lessons" }).click();
  await expect(done).toHaveCount(0);
  await page.reload();
  await expect(lesson.locator(".dots button").first()).toBeVisible();
  await expect(done).toHaveCount(0);
});
