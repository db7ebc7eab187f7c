// The editor: findings at their place, completion, meanings, the smallest change, undo; in both languages.
import type { Locator, Page } from "@playwright/test";
import { expect, LIST, run, test, verdict, writePolicy } from "./watched.ts";

const READ = "ec2-s3-read-policy";

const content = (page: Page): Locator => page.locator("iam-sandbox .policies .cm-content");
const problems = (page: Page): Locator => page.locator("iam-sandbox .policies .problem");
const options = (page: Page): Locator => page.locator("iam-sandbox .cm-tooltip-autocomplete li");

/** Clicks behind the first place where `text` stands. */
async function cursorBehind(page: Page, text: string): Promise<void> {
  const line = content(page).locator(".cm-line", { hasText: text }).first();
  await line.scrollIntoViewIfNeeded();
  // The editor lays out anew what came into sight.
  await page.waitForTimeout(100);
  const place = await line.evaluate((element, wanted) => {
    let left = (element.textContent?.indexOf(wanted) ?? -1) + wanted.length;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      if (left > length) left -= length;
      else {
        const last = document.createRange();
        last.setStart(node, left - 1);
        last.setEnd(node, left);
        const { right, top, bottom } = last.getBoundingClientRect();
        return { x: right, y: (top + bottom) / 2 };
      }
    }
    throw new Error(`no ${wanted}`);
  }, text);
  await page.mouse.click(place.x, place.y);
  await expect(content(page)).toBeFocused();
}

test("a finding stands under its text and in the list, with AWS's code", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  await writePolicy(page, READ, (text) => text.replace('"s3:GetObject"', '"s3:GetObjct"'));
  await expect(problems(page)).toHaveCount(1);
  await expect(problems(page)).toContainText("INVALID_ACTION");
  await expect(problems(page)).toContainText("s3:GetObjct");
  await expect(problems(page)).toContainText("Error");
  await expect(page.locator("iam-sandbox .cm-lintRange-error")).toHaveText('"s3:GetObjct"');
  // An action that doesn't exist is no reason to refuse the policy: it is in force.
  await expect(verdict(page)).toHaveText("Allowed");
  await problems(page).click();
  await expect(content(page)).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(page.locator("iam-sandbox .policies .problems")).toBeHidden();
});

test("findings begin when the reader turns to the policies, and cost nothing before", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  const ofLanguage = () => fetched.filter((name) => /(editor-|code_editor|findings|services-)/.test(name));
  await page.goto("/?scenario=not-action");
  await expect(page.locator("iam-sandbox .policies .code")).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(ofLanguage()).toEqual([]);
  await page.getByRole("tab", { name: "no-delete" }).click();
  await expect(problems(page).first()).toContainText("_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION");
  await expect(page.locator("iam-sandbox .policies .row .bad").first()).toBeVisible();
  // The editor itself waits for a touch of the text.
  expect(fetched.filter((name) => name.includes("code_editor"))).toEqual([]);
  await problems(page).first().click();
  await expect(content(page)).toBeFocused();
});

test("of very many problems the first are listed, and how many there are besides", async ({ page }) => {
  await page.goto("/");
  const actions = Array.from({ length: 130 }, (_, at) => `s3:No${at}`);
  await writePolicy(page, READ, () => JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: actions, Resource: "*" } }));
  await expect(problems(page)).toHaveCount(100);
  await expect(page.locator("iam-sandbox .policies .problems .aside")).toContainText(/^\d+ more are not listed/);
});

test("the whole scenario's text has the findings, meanings and proposals of its policies", async ({ page }) => {
  await page.goto("/?scenario=not-action");
  await page.getByRole("tab", { name: "Whole document" }).click();
  await expect(problems(page).first()).toContainText("_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION");
  await problems(page).first().click();
  await expect(content(page)).toBeFocused();
  await expect(page.locator("iam-sandbox .cm-lintRange").first()).toBeVisible();
  await content(page).locator(".j-string", { hasText: '"s3:DeleteObject"' }).first().hover();
  await expect(page.locator("iam-sandbox .meaning")).toContainText(/writes · .*object/);
  await page.mouse.move(0, 0);
  await expect(page.locator("iam-sandbox .meaning")).toHaveCount(0);
  await cursorBehind(page, '"NotAction": "s3:Delete');
  await page.keyboard.press("Control+Space");
  await expect(options(page).filter({ hasText: "s3:DeleteObjectTagging" })).toBeVisible();
  await page.keyboard.press("Escape");
  // Outside of the policies there is nothing to propose.
  await cursorBehind(page, '"ManagedPolicyName": "no-');
  await page.keyboard.press("Control+Space");
  await page.waitForTimeout(300);
  await expect(options(page)).toHaveCount(0);
});

test("a broken text keeps the last good result and says where it breaks", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  await writePolicy(page, READ, (text) => text.replace('"Effect": "Allow",', '"Effect": "Allow"'));
  await expect(page.locator("iam-sandbox .policies .notice")).toContainText("the last good one stays in force");
  await expect(problems(page).first()).toContainText("JSON_SYNTAX_ERROR");
  await expect(verdict(page)).toHaveText("Allowed");
  await content(page).focus();
  await page.keyboard.press("Control+z");
  await expect(page.locator("iam-sandbox .policies .problems")).toBeHidden();
});

test("what is selected and typed over in one moment keeps to the page's policy", async ({ page }) => {
  await page.goto("/");
  await writePolicy(page, READ, (text) => text);
  await expect(page.locator("iam-sandbox .cm-content .j-key").first()).toBeAttached();
  await content(page).focus();
  await content(page).evaluate((editor) => {
    const words = editor.querySelectorAll(".j-string");
    const [first, last] = [words[0]?.firstChild, words[words.length - 1]?.firstChild];
    if (!first || !last) throw new Error("no words");
    // As if the text came before the editor has heard of the selection.
    addEventListener("selectionchange", (event) => event.stopImmediatePropagation(), { capture: true });
    getSelection()?.setBaseAndExtent(first, 1, last, 1);
  });
  await page.keyboard.insertText("typed");
  await expect(content(page)).toContainText('"typed');
  await expect(content(page)).not.toContainText("s3:ListBucket");
  await expect(content(page).locator("[style]")).toHaveCount(0);
});

test("intrinsics show what they stand for, and are checked as that", async ({ page }) => {
  await page.goto("/");
  await writePolicy(page, READ, (text) => text);
  const resolved = page.locator("iam-sandbox .cm-content .resolved");
  await expect(resolved.first()).toHaveAttribute("data-value", "arn:aws:s3:::my-sts-demo-bucket-1234567890");
  await expect(page.locator("iam-sandbox .policies .problems")).toBeHidden();
});

test("completes actions, resources of the scenario, and condition keys of the actions", async ({ page }) => {
  await page.goto("/");
  await writePolicy(page, READ, (text) => text);
  await expect(page.locator("iam-sandbox .cm-content .resolved").first()).toBeAttached();
  await writePolicy(page, READ, () => '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "", "Resource": "*"}]}');
  await cursorBehind(page, '"Action": "');
  await page.keyboard.type("s3:GetObjectTag");
  await expect(options(page).first()).toContainText("s3:GetObjectTagging");
  await expect(options(page).first()).toContainText("reads");
  await expect(page.locator("iam-sandbox .cm-tooltip-autocomplete li[aria-selected]")).toBeVisible();
  // Right after it opens the list takes no key, so that nobody accepts by accident.
  await page.waitForTimeout(120);
  await page.keyboard.press("Enter");
  await expect(content(page)).toContainText('"s3:GetObjectTagging"');
  await writePolicy(page, READ, (text) => text.replace('"Resource": "*"', '"Resource": ""'));
  await cursorBehind(page, '"Resource": "');
  await page.keyboard.press("Control+Space");
  await expect(options(page).first()).toContainText("arn:aws:s3:::my-sts-demo-bucket-1234567890/*");
  await page.keyboard.press("Escape");
  await writePolicy(page, READ, (text) => text.replace('"Resource": ""', '"Resource": "*", "Condition": {"StringEquals": {""}}'));
  await cursorBehind(page, '"StringEquals": {"');
  await page.keyboard.type("s3:Exist");
  await expect(options(page).first()).toContainText("s3:ExistingObjectTag/");
});

test("says what a word means", async ({ page }) => {
  await page.goto("/");
  await writePolicy(page, READ, (text) => text);
  await expect(page.locator("iam-sandbox .cm-content .resolved").first()).toBeAttached();
  await page.locator("iam-sandbox .cm-content .j-string", { hasText: '"s3:GetObject"' }).hover();
  await expect(page.locator("iam-sandbox .meaning")).toContainText(/reads · .*object/);
});

test("a statement under the pointer lights the steps that it decides", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  await writePolicy(page, READ, (text) => text);
  await page.locator("iam-sandbox .cm-line.lit").first().hover();
  await expect(page.locator('iam-sandbox [data-step][data-kind="authorize"][data-decided]')).toHaveCount(1);
});

test("the smallest change turns a denied request, and undo turns it back", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  const changed = (text: string): string => text.replace('"s3:ListBucket"', '"s3:GetBucketLocation"');
  await writePolicy(page, READ, changed);
  await expect(verdict(page)).toHaveText("Implicitly denied");
  const repair = page.locator("iam-sandbox .repair").first();
  await expect(repair.locator(".change.new", { hasText: "s3:ListBucket" })).toBeVisible();
  const before = await content(page).locator(".cm-line").allTextContents();
  await repair.getByRole("button", { name: "Apply" }).click();
  await expect(verdict(page)).toHaveText("Allowed");
  // What the reader wrote around the change stays as it was.
  const after = await content(page).locator(".cm-line").allTextContents();
  const untouched = before.filter((line) => !line.includes("GetBucketLocation"));
  expect(untouched.filter((line) => !after.includes(line))).toEqual([]);
  await page.locator("iam-sandbox .evidence .notice.done .button").click();
  await expect(verdict(page)).toHaveText("Implicitly denied");
  expect(await content(page).locator(".cm-line").allTextContents()).toEqual(before);
  // The same as one step of the editor's own undo.
  await page.locator("iam-sandbox .repair").first().getByRole("button", { name: "Apply" }).click();
  await expect(verdict(page)).toHaveText("Allowed");
  await content(page).focus();
  await page.keyboard.press("Control+z");
  await expect(verdict(page)).toHaveText("Implicitly denied");
  expect(await content(page).locator(".cm-line").allTextContents()).toEqual(before);
});

test("an allowed request says what would deny it", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  await expect(verdict(page)).toHaveText("Allowed");
  await expect(page.locator("iam-sandbox .repair").first()).toContainText("Without this statement the request is denied");
  await page.locator("iam-sandbox .repair").first().getByRole("button", { name: "Apply" }).click();
  await expect(verdict(page)).toHaveText("Implicitly denied");
});

// Tests in Rust turn every refusal of every built-in scenario; these are its kinds.
for (const [id, command] of [
  ["bucket-policy-denies", "aws s3 cp s3://report-demo-bucket-1234567890/confidential/salaries.csv -"],
  ["endpoint-policy-denies", "aws s3 ls s3://endpoint-demo-bucket-1234567890"],
  ["cross-account-bucket", "aws s3 ls s3://partner-private-1234567890"],
] as const) {
  test(`a change that is offered turns ${id}`, async ({ page }) => {
    await page.goto("/");
    await page.getByRole("combobox", { name: "Scenario" }).selectOption(id);
    await expect(page.locator("iam-sandbox .offers code", { hasText: command }).first()).toBeAttached();
    await run(page, command);
    await expect(verdict(page)).toHaveText(/denied/);
    await page.locator("iam-sandbox .repair").first().getByRole("button", { name: "Apply" }).click();
    await expect(verdict(page)).toHaveText("Allowed");
    await page.locator("iam-sandbox .evidence .notice.done .button").click();
    await expect(verdict(page)).toHaveText(/denied/);
  });
}

test("speaks Korean", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("iam-sandbox .ask input")).toBeVisible();
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(page.locator("iam-sandbox .policies h2")).toHaveText("정책");
  await run(page, LIST);
  await writePolicy(page, READ, (text) => text.replace('"s3:GetObject"', '"s3:GetObjct"'));
  await expect(problems(page)).toContainText("오류 · INVALID_ACTION");
  await expect(problems(page).locator(".said")).toHaveText(/[가-힣]/);
  await expect(page.locator("iam-sandbox .repair").first()).toContainText("이 문이 없으면 요청이 거부됩니다");
  await page.getByRole("button", { name: "English" }).click();
  await expect(problems(page)).toContainText("Error · INVALID_ACTION");
});
