// The main job: run a command, see why, edit a policy, see it flip.
import { expect, LIST, run, step, test, verdict, writePolicy } from "./watched.ts";

test("shows why a command is allowed, with the evidence of each step", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  await expect(verdict(page)).toHaveText("Allowed");
  await expect(page.locator("iam-sandbox .log .stdout")).toContainText("hello.txt");
  // The metadata service's steps are parts of the provider that gave the credentials.
  await step(page, "credentials", "ok").locator(".step").click();
  for (const [kind, evidence] of [
    ["imds", "PUT http://169.254.169.254/latest/api/token"],
    ["sign", "Canonical request"],
    ["route", "Internet gateway"],
    ["authenticate", "AWS4-HMAC-SHA256"],
    ["authorize", "aws:PrincipalArn"],
    ["respond", "ListBucketResult"],
  ] as const) {
    await step(page, kind, "ok").last().locator(".step").click();
    const shown = page.locator("iam-sandbox .evidence");
    await expect(shown, kind).toContainText(kind === "imds" ? "169.254.169.254" : evidence);
  }
  await step(page, "imds", "ok").first().locator(".step").click();
  await expect(page.locator("iam-sandbox .evidence")).toContainText("PUT http://169.254.169.254/latest/api/token");
});

test("an address names a built-in scenario; a name that isn't one opens the page as it is", async ({ page }) => {
  const chosen = page.locator("iam-sandbox select").first();
  await page.goto("/?scenario=no-such-one");
  await expect(chosen).toHaveValue("ec2-reads-s3");
  await page.goto("/?scenario=scp-denies");
  await expect(chosen).toHaveValue("scp-denies");
});

test("a newcomer is told what this is, runs the command that is offered, and is shown why and what would mend it", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Run aws s3 ls" }).click();
  await expect(verdict(page)).toHaveText("Implicitly denied");
  // The first sentence is the reason.
  await expect(page.locator("iam-sandbox .verdict p").first()).toHaveText("s3:ListAllMyBuckets on arn:aws:s3:::* is denied: no identity-based policy allows it.");
  await expect(page.locator("iam-sandbox .verdict")).toBeFocused();
  await page.getByRole("button", { name: "Show what would allow it" }).press("Enter");
  await expect(page.locator("iam-sandbox .evidence .mending")).toBeFocused();
  await expect(page.locator("iam-sandbox .repair").first()).toBeInViewport();
  await page.keyboard.press("Tab");
  await expect(page.locator("iam-sandbox .repair").first().getByRole("button", { name: "Apply" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(verdict(page)).toHaveText("Allowed");
});

test("a denial names the policy type that denies, in both languages", async ({ page }) => {
  await page.goto("/?scenario=scp-denies");
  await run(page, "aws s3 rm s3://app-logs-1234567890/2026/today.log");
  const why = page.locator("iam-sandbox .verdict p").first();
  await expect(why).toContainText("is denied: a Deny in a service control policy matches.");
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(why).toContainText("이유: 서비스 제어 정책(SCP)의 Deny와 일치함.");
});

test("cites the statement that decided", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  await expect(page.locator("iam-sandbox .policies .lit").first()).toBeVisible();
  await expect(page.locator("iam-sandbox .policies .lit", { hasText: "ListBucket" }).first()).toBeVisible();
});

test("an edit runs the command again and flips the verdict, and back", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  await expect(verdict(page)).toHaveText("Allowed");
  await writePolicy(page, "ec2-s3-read-policy", (text) => text.replace('"s3:ListBucket"', '"s3:GetBucketLocation"'));
  await expect(verdict(page)).toHaveText("Implicitly denied");
  await expect(page.locator("iam-sandbox .log li").last()).toContainText("AccessDenied");
  await expect(page.locator("iam-sandbox .arrow.denied").first()).toBeAttached();
  await writePolicy(page, "ec2-s3-read-policy", (text) => text.replace('"s3:GetBucketLocation"', '"s3:ListBucket"'));
  await expect(verdict(page)).toHaveText("Allowed");
});

test("a broken policy keeps the last good result and the typed text", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  await writePolicy(page, "ec2-s3-read-policy", (text) => text.replace('"Statement"', '"Statement'));
  await expect(page.locator("iam-sandbox .policies .problem.error").first()).toBeVisible();
  await expect(verdict(page)).toHaveText("Allowed");
  await expect(page.locator("iam-sandbox .policies .cm-content")).toContainText('"Statement:');
  await page.locator("iam-sandbox .policies .notice .button").click();
  await expect(page.locator("iam-sandbox .policies .problems")).toBeHidden();
  await expect(page.locator("iam-sandbox .policies .cm-content")).toContainText('"Statement":');
});

test("an edit is there again on the next visit, and gone after a reset", async ({ page }) => {
  await page.goto("/");
  await run(page, LIST);
  await writePolicy(page, "ec2-s3-read-policy", (text) => text.replace('"ListBucket"', '"MyOwnSid"'));
  await expect(page.locator("iam-sandbox .log li").last()).toContainText("after your edit");
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith("iam-sandbox.draft.")));
  await page.reload();
  await expect(page.locator("iam-sandbox .policies")).toContainText("MyOwnSid");
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(page.locator("iam-sandbox .policies")).not.toContainText("MyOwnSid");
});

test("speaks Korean", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "한국어" }).click();
  await run(page, "aws s3 ls");
  await expect(verdict(page)).toHaveText("암시적으로 거부됨");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  const codes = page.locator("iam-sandbox .steps .said").filter({ hasText: /^[a-z-]+(\.[a-z-]+)+$/ });
  await expect(codes).toHaveCount(0);
});

test("a language chosen while the engine loads is spoken when it is there", async ({ page }) => {
  let arrive = (): void => {};
  const chosen = new Promise<void>((resolve) => (arrive = resolve));
  await page.route("**/*.wasm", async (route) => {
    await chosen;
    await route.continue();
  });
  await page.goto("/");
  await page.getByRole("button", { name: "한국어" }).click();
  arrive();
  await expect(page.getByRole("button", { name: "공유", exact: true })).toBeVisible();
});

test("offers every built-in scenario, each of which loads and draws", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/");
  const picker = page.getByRole("combobox", { name: "Scenario" });
  await expect(picker.locator("option").first()).toBeAttached();
  const ids = await picker.locator("option").evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) {
    await picker.selectOption(id);
    await expect(page.locator("iam-sandbox .refused")).toBeHidden();
    const offer = page.locator("iam-sandbox .offers button", { hasText: /aws |curl / }).last();
    await offer.click();
    await expect(page.locator("iam-sandbox .steps [data-step]").first(), id).toBeVisible();
    const steps = await page.locator("iam-sandbox .steps [data-step]").count();
    await expect(page.locator("iam-sandbox [data-arrow]"), id).toHaveCount(steps);
  }
});

test("a policy type switched off shows what would be without it", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("combobox", { name: "Scenario" }).selectOption("bucket-policy-denies");
  await page.locator("iam-sandbox .offers button", { hasText: "confidential/" }).first().click();
  await run(page, (await page.locator("iam-sandbox .offers code", { hasText: "cp" }).filter({ hasText: "confidential" }).first().textContent()) ?? "");
  await expect(verdict(page)).toHaveText("Explicitly denied");
  await page.locator("iam-sandbox .switch", { hasText: "Resource-based policy" }).click();
  await expect(verdict(page)).toHaveText("Allowed");
  await page.getByRole("button", { name: "Put back" }).click();
  await expect(verdict(page)).toHaveText("Explicitly denied");
});

test("an untouched page fetches the first part of the engine alone, a first command no other commands or services", async ({ page }) => {
  const parts: string[] = [];
  page.on("request", (request) => {
    const [, name] = /\/([a-z_]+)-[^/]*\.wasm$/.exec(request.url()) ?? [];
    if (name !== undefined) parts.push(name);
  });
  await page.goto("/");
  await expect(page.locator("iam-sandbox .offers button").first()).toBeVisible();
  await page.waitForTimeout(1000);
  expect(parts).toEqual(["iam_sandbox_bg"]);
  await run(page, LIST);
  await expect(verdict(page)).toHaveText("Allowed");
  await page.waitForTimeout(1000);
  // Suggestions stand in the editor's part.
  expect(parts).toEqual(["iam_sandbox_bg", "run", "editor"]);
  // A goal of this lesson deletes an object: it is tried when something was done that it doesn't offer.
  await run(page, "aws s3 ls");
  await expect.poll(() => parts.toSorted()).toEqual(["control", "editor", "iam_sandbox_bg", "run", "shell"]);
});
