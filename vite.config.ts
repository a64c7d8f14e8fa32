/** Builds the browser's half into dist/web. Every script is a file of its own: the page carries no code. */
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compress } from "./bin/web-build/compress.ts";
import { content } from "./bin/web-build/content.ts";
import { integrity } from "./bin/web-build/integrity.ts";
import { offline } from "./bin/web-build/offline.ts";
import { workerFileName } from "./bin/web-build/worker-name.ts";

/** The oldest browsers that have what the app stands on: passkeys with PRF, light-dark(), popover. */
const BROWSERS = ["chrome126", "firefox128", "safari18", "ios18"];

const home = import.meta.dirname;

export default defineConfig({
  root: join(home, "src/app/web"),
  plugins: [
    react(),
    content({ folder: join(home, "content") }),
    integrity(),
    offline({ serviceWorker: join(home, "src/app/web/service-worker.ts") }),
    compress(),
  ],
  worker: {
    format: "es",
    rolldownOptions: { output: { entryFileNames: workerFileName } },
  },
  build: {
    outDir: join(home, "dist/web"),
    emptyOutDir: true,
    target: BROWSERS,
    cssTarget: BROWSERS,
    // data: addresses would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Import maps carry no fingerprints for styles fetched late, so there are none.
    cssCodeSplit: false,
    sourcemap: "hidden",
  },
});
