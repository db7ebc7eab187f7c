// Nothing cut off or laid over, narrow and wide, in both languages and themes; axe finds nothing.
import { readFileSync } from "node:fs";
import type axe from "axe-core";
import { expect, LIST, run, test } from "./watched.ts";

const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

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

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing, ${theme}`, async ({ page }) => {
    await page.goto("/");
    await page.locator(`[data-theme-choice="${theme}"]`).click();
    await run(page, "aws s3 ls");
    await expect(page.locator("iam-sandbox [data-step]").first()).toBeVisible();
    await page.evaluate(axeSource);
    const violations = await page.evaluate(async () => {
      const { axe: checker } = window as unknown as { axe: typeof axe };
      const found = await checker.run(document);
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join("; ")}`);
    });
    expect(violations).toEqual([]);
  });
}
