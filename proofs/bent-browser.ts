/** A browser on a bent instance: its clock is the instance's, and whatever it sends can be looked at. */
import { chromium, type Browser, type Page } from "@playwright/test";
import { findBrowser } from "../bin/browser.ts";
import type { BentInstance } from "./bent-instance.ts";
import type { Member } from "./member.ts";

export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  if (executablePath === null) throw new Error("No Chromium could be had for this proof");
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
  });
}

/** A context of its own, as large as a phone. One that keeps no app has no service worker, as in strict settings. */
export async function openPage(
  browser: Browser,
  instance: BentInstance,
  { keepsApp = true } = {},
): Promise<Page> {
  const context = await browser.newContext({
    serviceWorkers: keepsApp ? "allow" : "block",
    viewport: { width: 390, height: 844 },
    baseURL: instance.origin,
    reducedMotion: "reduce",
  });
  await context.clock.setSystemTime(instance.now());
  // Node dates its answers by the machine's clock.
  await context.route(/\/api\/(named|public)\//, async (route) => {
    const response = await route.fetch().catch(() => null);
    if (response === null) return route.abort();
    const headers = { ...response.headers(), date: new Date(instance.now()).toUTCString() };
    // A page that is left meanwhile takes no answer.
    return route.fulfill({ response, headers }).catch(() => undefined);
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

export async function signIn(page: Page, { email, passphrase }: Member): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/today");
  await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
}
