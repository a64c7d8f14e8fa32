/** Browser journeys against the real program, on a phone and on a desktop. */
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests/journeys",
  globalSetup: "./tests/journeys/build.ts",
  // Two cores; each has houses of its own, and goes through one file at a time.
  workers: 2,
  timeout: 400_000,
  expect: { timeout: 15_000 },
  // A busy machine may stall a browser once; what passed at its second try only is told by bin/test.ts.
  retries: 1,
  forbidOnly: Boolean(process.env["CI"]),
  outputDir: "test-results",
  // The account's whole journey runs on a PostgreSQL reached by address; the main job on the embedded one.
  projects: [
    { name: "embedded", testIgnore: /account\.spec/ },
    { name: "external", testMatch: /account\.spec/ },
  ],
  use: {
    actionTimeout: 30_000,
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
