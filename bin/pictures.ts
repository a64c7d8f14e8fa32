/**
 * Takes the README's pictures from the running program: the sample community, a member signed in, in light
 * colours, on a phone and on a desktop. `node bin/callroom-run bin/pictures.ts [FOLDER]`
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import {
  freePort,
  makeDataDir,
  removeDataDir,
  startInstance,
  type Instance,
} from "../proofs/instance.ts";
import { findBrowser } from "./browser.ts";

const SCREENS = {
  phone: {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  },
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
} as const;

interface Picture {
  readonly name: string;
  readonly path: string;
  /** From the page as it opens to what is to be seen. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** In the order in which a member comes to them; the first needs nobody. */
const PICTURES: readonly Picture[] = [
  { name: "landing", path: "/" },
  { name: "today", path: "/today" },
  {
    name: "check-in",
    path: "/reflect/check-in",
    prepare: async (page) => {
      const begin = page.getByRole("button", { name: "Begin" });
      await begin.click();
      await begin.waitFor({ state: "detached" });
    },
  },
  {
    name: "coach",
    path: "/coach/match",
    prepare: async (page) => {
      // On the second screen the member's wishes have come along, sealed, and the three stand there at once.
      const search = page.getByRole("button", { name: "Show me three" });
      if (!(await search.isVisible())) return;
      await page.getByText("The tank is empty and you are still driving.").click();
      await search.click();
      await search.waitFor({ state: "detached" });
    },
  },
];

const folder = process.argv[2] ?? join(import.meta.dirname, "../docs/pictures");
const browserPath = await findBrowser();
if (browserPath === null) {
  console.error("No Chromium could be had, and so no pictures.");
  process.exit(1);
}
await mkdir(folder, { recursive: true });
const dataDir = await makeDataDir();
const instance = await startInstance({ dataDir, port: await freePort(), args: ["--sample"] });
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
});
try {
  for (const screen of ["phone", "desktop"] as const) {
    const context = await browser.newContext({
      ...SCREENS[screen],
      baseURL: instance.origin,
      colorScheme: "light",
      reducedMotion: "reduce",
      locale: "en-US",
      timezoneId: "America/New_York",
    });
    const page = await context.newPage();
    for (const { name, path, prepare } of PICTURES) {
      if (path !== "/" && !(await context.cookies()).length) await signIn(page, instance);
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await prepare?.(page);
      // Screens fetch what they show; a picture of half of it would be a lie.
      await page.waitForLoadState("networkidle");
      await page.screenshot({ path: join(folder, `${name}-${screen}.png`) });
      console.log(`${name}-${screen}.png`);
    }
    await context.close();
  }
} finally {
  await browser.close();
  await instance.stop();
  await removeDataDir(dataDir);
}

/** As one of the invented members whose sign-ins the start has printed. */
async function signIn(page: Page, { output }: Instance): Promise<void> {
  const [, email, passphrase] = /, attending.*\n\s+(\S+) {3}(.+)\n/.exec(output())!;
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email!);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase!);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/today");
}
