import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "src/**/*.test.ts",
      "architecture/**/*.test.ts",
      "tests/**/*.test.ts",
      "bin/**/*.test.ts",
    ],
    // Two cores; a PostgreSQL of its own runs beside each worker.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A busy machine may stall a test once; what passed at its second try only is told by bin/test.ts.
    retry: 1,
    globalSetup: ["tests/database-setup.ts"],
  },
});
