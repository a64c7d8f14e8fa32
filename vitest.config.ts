import { configDefaults, defineConfig } from "vitest/config";

/** Where the world is touched: a database, a browser's own things, components. */
const IN_THE_WORLD = "{server,web,design}";

export default defineConfig({
  test: {
    // Two cores; a PostgreSQL of its own runs beside each worker.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A busy machine may stall a test once; what passed at its second try only is told by bin/test.ts.
    retry: 1,
    projects: [
      {
        extends: true,
        test: {
          name: "in the world",
          include: [
            `src/**/${IN_THE_WORLD}/**/*.test.ts`,
            "architecture/**/*.test.ts",
            "tests/**/*.test.ts",
            "bin/**/*.test.ts",
          ],
          globalSetup: ["tests/database-setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "pure",
          include: ["src/**/*.test.ts"],
          exclude: [...configDefaults.exclude, `src/**/${IN_THE_WORLD}/**`],
          // Pure code leaves nothing behind, so that files need not start afresh each.
          isolate: false,
        },
      },
    ],
  },
});
