/**
 * Chromium with a member signed in, as on a phone that has the app: its cookie and its locked key stay,
 * while what the browser keeps of the app itself can be thrown away before every visit.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "@playwright/test";
import { findBrowser } from "../../bin/browser.ts";
import { freePort } from "../../proofs/instance.ts";
import type { Member } from "../../proofs/member.ts";

export interface Visitor {
  readonly context: BrowserContext;
  /** Where Lighthouse reaches this browser. */
  readonly devToolsPort: number;
  /** Throws away scripts, styles and the service worker, so that the next visit fetches everything. */
  readonly forgetApp: () => Promise<void>;
  /** Waits until the service worker keeps the app. */
  readonly keepApp: () => Promise<void>;
  /** Throws where the member stands before a door: then that was measured, and not the page. */
  readonly checkOpen: (url: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function openVisitor(member: Member): Promise<Visitor> {
  const executablePath = await findBrowser();
  if (executablePath === null) throw new Error("There is no Chromium here");
  const profile = await mkdtemp(join(tmpdir(), "callroom-visitor-"));
  const devToolsPort = await freePort();
  // Lighthouse opens pages in the browser's own context: only a persistent one is that.
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...FLAGS, `--remote-debugging-port=${devToolsPort}`],
    viewport: { width: 412, height: 823 },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  await signIn(page, member);
  // What the service worker still fetches would fill the cache that `forgetApp` empties.
  await isKept(page);
  const devTools = await context.newCDPSession(page);
  await page.goto("about:blank");
  return {
    context,
    devToolsPort,
    forgetApp: async () => {
      await devTools.send("Storage.clearDataForOrigin", {
        origin: member.origin,
        storageTypes: "service_workers,cache_storage,shader_cache",
      });
      await devTools.send("Network.clearBrowserCache");
    },
    keepApp: async () => {
      await page.goto(member.origin);
      await isKept(page);
      await page.goto("about:blank");
    },
    checkOpen: async (url) => {
      await page.goto(url);
      await page.getByRole("navigation", { name: "Rooms" }).waitFor();
      await page.locator("main h1").first().waitFor();
      const isLocked = (await page.getByLabel("Passphrase").count()) > 0;
      await page.goto("about:blank");
      if (isLocked) throw new Error(`${url} was measured while it was locked`);
    },
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

const isKept = (page: Page) =>
  page.evaluate(async () => void (await navigator.serviceWorker.ready));

async function signIn(page: Page, { origin, email, passphrase }: Member): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`${origin}/today`, { timeout: 60_000 });
  await page.getByRole("main").getByRole("link").first().waitFor();
}
