/** How much JavaScript a page asks for until it rests: every script of a first visit, packed with gzip. */
import { gzipSync } from "node:zlib";
import type { Response } from "@playwright/test";
import type { Visitor } from "./visitor.ts";

export interface PageScripts {
  /** Kilobytes of 1000 bytes, gzip -9, without OPAQUE's worker. */
  readonly kbGzip: number;
  readonly names: readonly string[];
  /** The first heading, to see that it was the page that was meant. */
  readonly heading: string;
}

/** Long enough that nothing the page still wants to fetch by itself stays uncounted. */
const REST_MS = 1500;

export async function scriptsOf(visitor: Visitor, url: string): Promise<PageScripts> {
  await visitor.forgetApp();
  const page = await visitor.context.newPage();
  const seen: Response[] = [];
  // What the service worker fetches for later is its own affair: those answers are not the page's.
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") seen.push(response);
  });
  await page.goto(url, { waitUntil: "load" });
  const heading = await page.locator("main h1").first().textContent();
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(REST_MS);
  const bodies = new Map<string, number>();
  for (const response of seen) {
    const name = new URL(response.url()).pathname;
    if (!/-worker-[\w-]+\.js$/.test(name) && response.ok())
      bodies.set(name, gzipSync(await response.body(), { level: 9 }).length);
  }
  await page.close();
  const bytes = [...bodies.values()].reduce((sum, size) => sum + size, 0);
  return { kbGzip: bytes / 1000, names: [...bodies.keys()], heading: heading ?? "" };
}
