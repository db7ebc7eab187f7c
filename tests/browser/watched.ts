// A page that may not complain: no console error, no policy violation, no request to another origin.
import { expect, test as base, type Locator, type Page } from "@playwright/test";

export const test = base.extend<{ page: Page }>({
  page: async ({ page, baseURL }, use) => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      // The runner keeps service workers off, but where offline.spec.ts lets them, and says so.
      if (message.text().includes("Service Worker registration blocked by Playwright")) return;
      if (message.type() === "error" || message.type() === "warning") complaints.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol !== "data:" && origin !== baseURL) complaints.push(`request: ${request.url()}`);
    });
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    await use(page);
    expect(complaints).toEqual([]);
  },
});

export { expect };

export const LIST = "aws s3 ls s3://my-sts-demo-bucket-1234567890";

/** Types a command into the console, as a reader does. */
export async function run(page: Page, command: string): Promise<void> {
  const input = page.locator("iam-sandbox .ask input");
  await input.fill(command);
  await input.press("Enter");
}

export function step(page: Page, kind: string, outcome: string): Locator {
  return page.locator(`iam-sandbox [data-step][data-kind="${kind}"][data-outcome="${outcome}"]`);
}

/** Opens a policy's tab and replaces its text. */
export async function writePolicy(page: Page, title: string, change: (text: string) => string): Promise<void> {
  await page.getByRole("tab", { name: title }).click();
  await page.locator("iam-sandbox .policies .code").click();
  const lines = page.locator("iam-sandbox .policies .cm-content .cm-line");
  await lines.first().waitFor();
  const text = (await lines.allTextContents()).join("\n");
  await page.locator("iam-sandbox .policies .cm-content").fill(change(text));
}

export function verdict(page: Page): Locator {
  return page.locator("iam-sandbox .verdict h2");
}
