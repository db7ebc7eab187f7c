// The way in for a reader with a real AccessDenied: the message read into a form, the decision, nothing leaves the page.
import { expect, test } from "./watched.ts";
import type { Page } from "@playwright/test";

const MESSAGE =
  "An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:sts::111122223333:assumed-role/app/i-0abc " +
  'is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::amzn-s3-demo-bucket/report.csv" ' +
  "because no identity-based policy allows the s3:GetObject action";

async function open(page: Page) {
  await page.goto("/");
  await page.getByRole("button", { name: "Explain an AccessDenied" }).click();
  const dialog = page.locator("iam-sandbox dialog[open]");
  await expect(dialog.getByLabel("Error message")).toBeFocused();
  return dialog;
}

test("reads an error message, finds the cause in a pasted policy, and the change that turns it", async ({ page }) => {
  const dialog = await open(page);
  await dialog.getByLabel("Error message").fill(MESSAGE);
  await expect(dialog.getByLabel("Principal")).toHaveValue("arn:aws:sts::111122223333:assumed-role/app/i-0abc");
  await expect(dialog.getByLabel("Action", { exact: true })).toHaveValue("s3:GetObject");
  await expect(dialog.getByLabel("Resource", { exact: true })).toHaveValue("arn:aws:s3:::amzn-s3-demo-bucket/report.csv");
  await expect(dialog.locator(".said")).toContainText("Identity-based policies");
  const policy = dialog.getByLabel("Policy, as JSON");
  const statement = (resource: string) =>
    JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: resource } });
  await policy.fill(statement("arn:aws:s3:::amzn-s3-demo-bucket"));
  await expect(dialog.locator(".decided h3")).toHaveText("Implicitly denied");
  await expect(dialog.locator(".answer")).toContainText("Closed: Identity-based policies.");
  await expect(dialog.locator(".answer .repair").first()).toBeVisible();
  await policy.fill(statement("arn:aws:s3:::amzn-s3-demo-bucket/*"));
  await expect(dialog.locator(".decided h3")).toHaveText("Allowed");
});

test("a policy that can't be seen leaves it open, and an error says where it is", async ({ page }) => {
  const dialog = await open(page);
  await dialog.getByLabel("Error message").fill(MESSAGE);
  await dialog.getByLabel("we can't see this one").check();
  await expect(dialog.locator(".decided h3")).toHaveText("Depends on a policy that can't be seen");
  await dialog.getByLabel("we can't see this one").uncheck();
  await dialog.getByLabel("Policy, as JSON").fill("{");
  await expect(dialog.locator(".answer .notice")).toContainText("Not JSON at line 1");
  await dialog.getByLabel("Request context, as JSON").fill("aws:SourceIp");
  await expect(dialog.locator(".answer .notice")).toContainText("isn't a JSON object");
});

test("a suggestion is made in the pasted text, which stays as it was written elsewhere, and taken back", async ({ page }) => {
  const dialog = await open(page);
  await dialog.getByLabel("Error message").fill(MESSAGE);
  const policy = dialog.getByLabel("Policy, as JSON");
  const written = (resource: string) =>
    `{ "Version":"2012-10-17",\n\t"Statement": [\n\t\t{"Effect":"Allow",\n\t\t "Action" : "s3:GetObject",\n\t\t "Resource":${resource}}\n\t]\n}`;
  const other = '"arn:aws:s3:::amzn-s3-demo-bucket/other.csv"';
  await policy.fill(written(other));
  await expect(dialog.locator(".decided h3")).toHaveText("Implicitly denied");
  const offered = dialog.locator(".repairs .repair");
  await expect(offered).toHaveCount(1);
  await expect(offered).toContainText("Identity-based policies 1: Add the resource to this statement.");
  await expect(offered.locator(".gone")).toHaveText(`before: \t\t "Resource":${other}}`);
  await expect(offered.locator(".new").first()).toContainText('new: \t\t "Resource":[');
  await offered.getByRole("button", { name: "Apply" }).press("Enter");
  await expect(dialog.locator(".decided h3")).toHaveText("Allowed");
  const made = dialog.locator(".repair.made");
  await expect(made).toContainText("Add the resource to this statement.");
  const value = await policy.inputValue();
  expect(value.startsWith(written("").split('"Resource"')[0] as string)).toBe(true);
  expect(JSON.parse(value).Statement[0].Resource).toEqual([JSON.parse(other), "arn:aws:s3:::amzn-s3-demo-bucket/report.csv"]);
  await expect(made.getByRole("button", { name: "Undo" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(policy).toHaveValue(written(other));
  await expect(dialog.locator(".decided h3")).toHaveText("Implicitly denied");
  await expect(made).toHaveCount(0);
});

test("a policy that isn't there is suggested and put into its row", async ({ page }) => {
  const dialog = await open(page);
  await dialog.getByLabel("Error message").fill(MESSAGE);
  await expect(dialog.locator(".decided h3")).toHaveText("Implicitly denied");
  await dialog.locator(".repairs .repair").getByRole("button", { name: "Apply" }).first().click();
  await expect(dialog.locator(".decided h3")).toHaveText("Allowed");
  await expect(dialog.getByLabel("Policy, as JSON")).toHaveValue(/"s3:GetObject"/);
  await dialog.getByLabel("Policy, as JSON").pressSequentially(" ");
  await expect(dialog.locator(".repair.made")).toHaveCount(0);
});

test("what is no error message says so", async ({ page }) => {
  const dialog = await open(page);
  await dialog.getByLabel("Error message").fill("Everything is fine.");
  await expect(dialog.locator(".said")).toContainText("tells of no refused request");
});

test("says so where more policies of a type stand than a request meets", async ({ page }) => {
  const dialog = await open(page);
  await dialog.getByLabel("Error message").fill(MESSAGE);
  const allow = JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } });
  await dialog.getByLabel("Policy, as JSON").fill(allow);
  await expect(dialog.locator(".decided h3")).toHaveText("Allowed");
  for (const kind of ["boundary", "boundary"]) {
    await dialog.getByRole("button", { name: "Add a policy" }).click();
    await dialog.getByLabel("Policy type").last().selectOption(kind);
    await dialog.getByLabel("Policy, as JSON").last().fill(allow);
  }
  await expect(dialog.locator(".answer")).toContainText("more than one stands here");
  await expect(dialog.locator(".decided")).toHaveCount(0);
  for (const at of [-1, -2]) await dialog.getByLabel("Policy type").nth(at).selectOption("scp");
  await expect(dialog.locator(".answer")).toContainText("read as attached to one level");
  await expect(dialog.locator(".decided h3")).toHaveText("Allowed");
});
