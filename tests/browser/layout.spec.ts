// Nothing cut off or laid over, narrow and wide, in both languages.
import { expect, LIST, run, test } from "./watched.ts";

for (const width of [360, 768, 1280, 1920]) {
  for (const lang of ["en", "ko"]) {
    test(`fits ${width} px in ${lang}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto("/");
      await page.locator(`[data-lang-choice="${lang}"]`).click();
      await run(page, LIST);
      await expect(page.locator("iam-sandbox [data-step]").first()).toBeVisible();
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(beyond).toBeLessThanOrEqual(0);
      const boxes = await page.locator("iam-sandbox .drawing .box > rect").evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect),
      );
      for (const [at, one] of boxes.entries()) {
        for (const other of boxes.slice(at + 1)) {
          const apart = one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
          expect(apart, "boxes of the diagram don't overlap").toBe(true);
        }
      }
    });
  }
}
