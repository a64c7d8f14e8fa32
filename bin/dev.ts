/**
 * For developing: Vite serves the web app from its sources and passes /api on to the server, which starts
 * again whenever one of its own files changes. Nothing here is used in production.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createServer } from "vite";
import { buildWebIfMissing } from "./command/web-build.ts";

const home = join(import.meta.dirname, "..");
const PAGE_PORT = 5173;
const API_PORT = 5174;

await buildWebIfMissing(home);
const api = spawn(
  process.execPath,
  ["--watch", "--watch-preserve-output", join(home, "bin/dev-api.ts")],
  {
    stdio: "inherit",
    env: {
      ...process.env,
      CALLROOM_PORT: String(API_PORT),
      CALLROOM_ORIGIN: `http://localhost:${PAGE_PORT}`,
    },
  },
);

const pages = await createServer({
  configFile: join(home, "vite.config.ts"),
  server: {
    host: "localhost",
    port: PAGE_PORT,
    strictPort: true,
    proxy: { "/api": { target: `http://127.0.0.1:${API_PORT}` } },
  },
});
await pages.listen();
pages.printUrls();

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    api.kill(signal);
    void pages.close();
  });
api.on("exit", (code) => process.exit(code ?? 0));
