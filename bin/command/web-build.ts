/**
 * Builds the web app when what stands in dist/web was made from other sources: the fingerprint of
 * everything that goes into it is kept beside it.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { StartRefused } from "../../src/platform/server/start-refused.ts";

const run = promisify(execFile);

export type WebState = "fresh" | "stale" | "missing";

export async function buildWebIfNeeded(home: string, onBuild: () => void): Promise<void> {
  if ((await webState(home)) === "fresh") return;
  onBuild();
  await buildWeb(home);
}

/** For developing, where the pages come from their sources and the build only has to be there. */
export async function buildWebIfMissing(home: string): Promise<void> {
  if ((await webState(home)) === "missing") await buildWeb(home);
}

async function buildWeb(home: string): Promise<void> {
  const fingerprint = await sourcesFingerprint(home);
  try {
    const vite = join(home, "node_modules/vite/bin/vite.js");
    await run(process.execPath, [vite, "build", "--logLevel", "warn"], {
      cwd: home,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, NODE_ENV: "production" },
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new StartRefused(`The web app could not be built:\n${`${stdout}\n${stderr}`.trim()}`);
  }
  await writeSource(home);
  await writeFile(markOf(home), `${fingerprint}\n`);
}

const SOURCE = [
  "src",
  "bin",
  "content",
  "migrations",
  "architecture",
  "decisions",
  "docs",
  "proofs",
  "bench",
  "tests",
];
const SOURCE_FILES =
  /^(package(-lock)?\.json|tsconfig.*\.json|.*\.config\.ts|[A-Z]+\.md|LICENSE|\.(oxlintrc|prettierrc)\.json|knip\.json)$/;

/** The licence asks whoever runs Callroom to offer what they run: it lies beside the app, and is linked in it. */
async function writeSource(home: string): Promise<void> {
  const there = await readdir(home);
  const names = there.filter((name) => SOURCE.includes(name) || SOURCE_FILES.test(name));
  const archive = join(home, "dist/web/source.tar.gz");
  await run("tar", ["-czf", archive, "-C", home, ...names]).catch(() => undefined);
}

export async function webState(home: string): Promise<WebState> {
  const page = await readFile(join(home, "dist/web/index.html")).catch(() => null);
  if (page === null) return "missing";
  const built = (await readFile(markOf(home), "utf8").catch(() => "")).trim();
  return built === (await sourcesFingerprint(home)) ? "fresh" : "stale";
}

const markOf = (home: string) => join(home, "dist/web/.built-from");

/** What the browser's half is made from. Server code and tests don't count. */
export async function sourcesFingerprint(home: string): Promise<string> {
  const files = ["package-lock.json", "vite.config.ts"];
  for (const folder of ["src", "content", "bin/web-build"]) {
    const entries = await readdir(join(home, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name).slice(home.length + 1);
      if (entry.isFile() && !/\/server\/|\.test\.tsx?$|\/vectors\//.test(path)) files.push(path);
    }
  }
  const whole = createHash("sha256");
  for (const file of files.toSorted()) {
    const content = await readFile(join(home, file)).catch(() => Buffer.alloc(0));
    whole.update(`${file}\n${content.length}\n`).update(content);
  }
  return whole.digest("hex");
}
