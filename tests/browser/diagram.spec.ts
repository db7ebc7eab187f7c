// The drawing of every built-in scenario: nothing of it lies over anything else, wide and narrow, in both languages.
import { readFileSync } from "node:fs";
import { expect, test } from "./watched.ts";

const scenarios = JSON.parse(readFileSync(require.resolve("../../www/scenarios.json"), "utf8")) as string[];

/** What lies over something else in the shown drawing, in words. */
function overlaps(): string[] {
  const drawing = document.querySelector("iam-sandbox")?.shadowRoot?.querySelector(".drawing");
  if (!drawing) return ["no drawing"];
  const areas = (selector: string) =>
    [...drawing.querySelectorAll(selector)]
      .filter((one) => getComputedStyle(one).visibility !== "hidden")
      .map((one) => ({ name: `${selector} "${one.textContent ?? ""}"`, box: one.closest(".box"), ...one.getBoundingClientRect().toJSON() as DOMRect }));
  type Area = ReturnType<typeof areas>[number];
  // A tenth of a pixel is rounding; letters stand inside their line's height.
  const meet = (one: Area, other: Area, slack: number) =>
    one.left < other.right - slack && other.left < one.right - slack && one.top < other.bottom - slack && other.top < one.bottom - slack;
  const within = (one: Area, outer: Area) =>
    outer.left <= one.left && outer.top <= one.top && one.right <= outer.right && one.bottom <= outer.bottom;
  const boxes = areas(".box > rect");
  const badges = areas(".badge > .shape");
  const words = [...areas(".box .name"), ...areas(".box .detail"), ...areas(".place-frame text"), ...areas(".tag"), ...areas(".more")];
  const found: string[] = [];
  const apart = (all: readonly Area[], others: readonly Area[], slack: number) => {
    for (const [at, one] of all.entries()) {
      for (const other of all === others ? all.slice(at + 1) : others) {
        if (meet(one, other, slack)) found.push(`${one.name} over ${other.name}`);
      }
    }
  };
  apart(boxes, boxes, 0);
  apart(badges, badges, 1);
  apart(badges, words, 2);
  apart(badges, areas(".stop"), 2);
  apart(words, words, 2);
  const whole = { ...(boxes[0] as Area), ...(drawing.getBoundingClientRect().toJSON() as DOMRect) };
  for (const one of [...badges, ...words]) {
    if (!within(one, whole)) found.push(`${one.name} leaves the drawing`);
    for (const box of boxes) {
      const own = one.box !== null && one.box === box.box;
      if ((own || meet(one, box, 1)) && !within(one, box)) found.push(`${one.name} crosses the border of ${box.box?.textContent ?? ""}`);
    }
  }
  return found;
}

for (const [width, lang] of [[360, "en"], [360, "ko"], [768, "en"], [1280, "ko"]] as const) {
  test(`the drawings of all scenarios are clear at ${width} px in ${lang}`, async ({ page }) => {
    test.setTimeout(90_000);
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/embed.html?view=diagram&lang=${lang}&scenario=${scenarios[0]}`);
    const sandbox = page.locator("iam-sandbox");
    await expect(sandbox.locator(".drawing .box").first()).toBeVisible();
    for (const scenario of scenarios) {
      await sandbox.evaluate((element, id) => element.setAttribute("scenario", id), scenario);
      const commands = sandbox.locator(".select.command option");
      const { title } = JSON.parse(readFileSync(require.resolve(`../../www/scenarios/${scenario}.json`), "utf8")) as { title: object };
      await expect.poll(() => sandbox.evaluate((element) => (element as unknown as { scenario: object }).scenario)).toMatchObject({ title });
      for (let at = 0; at < (await commands.count()); at++) {
        await sandbox.locator(".select.command").selectOption({ index: at });
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        expect(await page.evaluate(overlaps), `${scenario}: ${await commands.nth(at).textContent()}`).toEqual([]);
      }
    }
  });
}
