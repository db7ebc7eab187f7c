// Every lesson's goals come true by its own solution, applied through the page.
import { readFileSync } from "node:fs";
import { expect, test } from "./watched.ts";

const scenarios = JSON.parse(readFileSync(require.resolve("../../www/scenarios.json"), "utf8")) as string[];

interface Lesson {
  readonly title: object;
  readonly lesson?: readonly { readonly goal?: readonly object[]; readonly solution?: readonly object[] }[];
}

test("every goal is reached by the solution", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto("/");
  let solved = 0;
  for (const id of scenarios) {
    const { title, lesson = [] } = JSON.parse(readFileSync(require.resolve(`../../www/scenarios/${id}.json`), "utf8")) as Lesson;
    const tasks = lesson.flatMap(({ goal = [], solution = [] }, at) => (goal.length > 0 && solution.length > 0 ? [at] : []));
    if (tasks.length === 0) continue;
    await page.getByRole("combobox", { name: "Scenario" }).selectOption(id);
    await expect.poll(() => page.evaluate(() => (document.querySelector("iam-sandbox") as unknown as { scenario: object }).scenario)).toMatchObject({ title });
    for (let at = 0; at < lesson.length; at++) {
      await page.locator("iam-sandbox .dots button").nth(at).click();
      const entry = page.locator("iam-sandbox .entries > .entry").nth(at);
      // What a part offers comes first; some ask for a guess before.
      const guess = entry.locator(".predict button").first();
      if (await guess.isVisible()) await guess.click();
      for (let number = 0; number < (await entry.locator(".try").count()); number++) await entry.locator(".try").nth(number).click();
      if (!tasks.includes(at)) continue;
      const open = entry.locator(".goal li:not(.done)");
      if ((await open.count()) === 0) continue;
      await entry.getByRole("button", { name: "Show the solution" }).click();
      await entry.getByRole("button", { name: "Apply the solution" }).click();
      await expect(open, `${id}, part ${at + 1}`).toHaveCount(0);
      solved++;
    }
  }
  expect(solved).toBeGreaterThan(10);
});

test("a guess is held against what the command did", async ({ page }) => {
  await page.goto("/?scenario=block-public-access");
  const part = (number: number) => page.locator("iam-sandbox .entries > .entry").nth(number - 1);
  for (const [guess, told] of [["Denied", "As you expected."], ["Allowed", "Not as you expected: the steps show why."]] as const) {
    await page.getByRole("button", { name: /^Part 2 of/ }).click();
    await part(2).getByRole("button", { name: guess, exact: true }).click();
    await expect(part(2).locator(".guess")).toContainText("Run it and see.");
    await part(2).locator(".try").click();
    await expect(part(2).locator(".guess")).toHaveText(told);
    await page.reload();
  }
});
