// The specs run against the built site (www/dist) in Debian's Chromium: `cargo dev test browser`.
import { defineConfig } from "@playwright/test";

const port = process.env.IAM_SANDBOX_PORT ?? "4173";
const baseURL = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: ".",
  // Measures are no tests: `cargo dev bench` asks for them.
  testMatch: process.env.IAM_SANDBOX_BENCH === undefined ? "*.spec.ts" : "*.bench.ts",
  outputDir: "output",
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  timeout: 30_000,
  globalTimeout: 600_000,
  reporter: "list",
  use: {
    baseURL,
    browserName: "chromium",
    locale: "en-US",
    serviceWorkers: "block",
    trace: "retain-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: "../../www",
    url: baseURL,
  },
});
