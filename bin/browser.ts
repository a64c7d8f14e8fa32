/**
 * Finds a Chromium for the browser tests: $CHROMIUM, the system's, Debian's package when root, Playwright's
 * download, and last the one inside the npm package @sparticuz/chromium.
 */
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, readdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const HOME = join(import.meta.dirname, "..");
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A path that starts, or null. */
export async function findBrowser(): Promise<string | null> {
  for (const find of [fromEnvironment, fromSystem, fromDebian, fromPlaywright, fromPackage]) {
    const path = await find().catch(() => null);
    if (path !== null && (await starts(path))) return path;
  }
  return null;
}

const fromEnvironment = (): Promise<string | null> =>
  Promise.resolve(process.env["CHROMIUM"] ?? null);

async function fromSystem(): Promise<string | null> {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  for (const folder of folders)
    for (const name of NAMES) if (await isProgram(join(folder, name))) return join(folder, name);
  const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  return (await isProgram(mac)) ? mac : null;
}

async function fromDebian(): Promise<string | null> {
  if (process.getuid?.() !== 0 || !(await isProgram("/usr/bin/apt-get"))) return null;
  console.error("Installing Debian's Chromium for the browser tests");
  await run("apt-get", ["update", "-qq"]);
  await run(
    "apt-get",
    ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"],
    {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      timeout: 300_000,
    },
  );
  return fromSystem();
}

async function fromPlaywright(): Promise<string | null> {
  console.error("Asking Playwright for its Chromium");
  const cli = join(HOME, "node_modules/playwright-core/cli.js");
  await run(process.execPath, [cli, "install", "chromium"], { timeout: 300_000 });
  const { chromium } = await import("@playwright/test");
  return chromium.executablePath();
}

async function fromPackage(): Promise<string | null> {
  console.error("Taking the Chromium of the npm package @sparticuz/chromium");
  const folder = join(HOME, "node_modules/.callroom-chromium");
  await run("npm", ["install", "--no-save", "--prefix", folder, "@sparticuz/chromium@153.0.0"], {
    timeout: 300_000,
  });
  const { default: chromium } = (await import(
    join(folder, "node_modules/@sparticuz/chromium/build/index.js")
  )) as {
    default: { executablePath: () => Promise<string> };
  };
  return chromium.executablePath();
}

async function starts(path: string): Promise<boolean> {
  try {
    await run(path, ["--version"], { timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await readdir(path).catch(() => null)) === null;
  } catch {
    return false;
  }
}
