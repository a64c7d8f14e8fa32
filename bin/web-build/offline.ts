/**
 * Builds the service worker as /sw.js, with the list of the files it keeps written into it. Runs after
 * the fingerprints, because the page it keeps must be the page that is served.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "vite";
import { afterBuild } from "./after-build.ts";
import { isWorkerFile } from "./worker-name.ts";

interface KeptFile {
  readonly url: string;
  readonly revision: string | null;
  readonly integrity: string;
}

export function offline({ serviceWorker }: { serviceWorker: string }): Plugin {
  return afterBuild("offline", async (dir) => {
    await build({
      configFile: false,
      publicDir: false,
      logLevel: "warn",
      define: {
        KEPT_FILES: JSON.stringify(await keptFiles(dir)),
        "process.env.NODE_ENV": JSON.stringify("production"),
      },
      build: {
        outDir: dir,
        emptyOutDir: false,
        copyPublicDir: false,
        rolldownOptions: {
          input: serviceWorker,
          output: { format: "iife", entryFileNames: "sw.js" },
        },
      },
    });
  });
}

/** All that the app is made of, but for the sign-in worker (large, and of no use offline) and rare letters. */
async function keptFiles(dir: string): Promise<readonly KeptFile[]> {
  const paths = (await readdir(dir, { recursive: true })).map((path) => path.replaceAll("\\", "/"));
  const kept = paths.filter(isKept).toSorted();
  return Promise.all(
    kept.map(async (path) => {
      const bytes = await readFile(join(dir, path));
      const hasHashInName = path.startsWith("assets/");
      return {
        url: `/${path}`,
        revision: hasHashInName
          ? null
          : createHash("sha256").update(bytes).digest("hex").slice(0, 20),
        integrity: `sha384-${createHash("sha384").update(bytes).digest("base64")}`,
      };
    }),
  );
}

const isKept = (path: string) =>
  path === "index.html" ||
  path === "icon.svg" ||
  path === "manifest.webmanifest" ||
  (/^assets\/.*\.(js|css|woff2)$/.test(path) && !isWorkerFile(path) && !path.includes("latin-ext"));
