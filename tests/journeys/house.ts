/**
 * What every journey stands on: the real program on a folder of its own, people with a browser each, and an
 * eye on each page that must see no violation, no error and no request to anybody else.
 */
import { AxeBuilder } from "@axe-core/playwright";
import {
  expect,
  test as base,
  type Browser,
  type BrowserContext,
  type Page,
} from "@playwright/test";
import { externalEnv, startExternalPostgres } from "../../proofs/external-postgres.ts";
import {
  freePort,
  makeDataDir,
  removeDataDir,
  startInstance,
  type Instance,
} from "../../proofs/instance.ts";
import { invite } from "../../proofs/community.ts";
import { join, setUp, type Member } from "../../proofs/member.ts";

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };

export interface House {
  readonly instance: Instance;
  readonly steward: Member;
  /** A browser of somebody's own, watched. */
  readonly visit: (as: "phone" | "desktop", options?: { dark?: boolean }) => Promise<Visitor>;
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Axe, and no sideways scrolling, on what is shown now. */
  readonly look: (name: string) => Promise<void>;
}

export const test = base.extend<object, { house: House }>({
  house: [
    async ({ browser }, use, { project }) => {
      const dataDir = await makeDataDir();
      const external = project.name === "external" ? await startExternalPostgres() : null;
      const env = external === null ? {} : externalEnv(external);
      const instance = await startInstance({ dataDir, port: await freePort(), env });
      const steward = await setUp(instance.origin, instance.setUpToken!);
      const seen: Seen[] = [];
      await use({
        instance,
        steward,
        visit: (as, options) => visit(browser, instance.origin, as, options ?? {}, seen),
      });
      await instance.stop();
      await external?.stop();
      await removeDataDir(dataDir);
      for (const each of seen) {
        expect.soft(each.violations, "Content-Security-Policy reports").toEqual([]);
        expect.soft(each.errors, "errors on the page").toEqual([]);
        expect.soft(each.strangers, "requests to anybody else").toEqual([]);
      }
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

export { expect };

interface Seen {
  readonly violations: string[];
  readonly errors: string[];
  readonly strangers: string[];
}

async function visit(
  browser: Browser,
  origin: string,
  as: "phone" | "desktop",
  { dark = false }: { dark?: boolean },
  all: Seen[],
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: as === "phone" ? PHONE : DESKTOP,
    isMobile: as === "phone",
    hasTouch: as === "phone",
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
    timezoneId: as === "phone" ? "America/Chicago" : "Europe/London",
    locale: as === "phone" ? "en-US" : "en-GB",
  });
  const seen: Seen = { violations: [], errors: [], strangers: [] };
  all.push(seen);
  await context.exposeBinding(
    "callroomViolation",
    (_, text: string) => void seen.violations.push(text),
  );
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const report = (globalThis as { callroomViolation?: (text: string) => void })
        .callroomViolation;
      report?.(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:") && !url.startsWith("blob:"))
      seen.strangers.push(url);
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => seen.errors.push(error.message));
  return { page, context, look: (name) => look(page, name) };
}

/** Axe, the width and the tab's title, on what is shown now. */
export async function look(page: Page, name: string): Promise<void> {
  expect.soft(await violationsOn(page), `axe on ${name}`).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(overflow, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
  await expect.soft(page, "the tab says no more than this").toHaveTitle("Callroom");
  const folder = process.env["CALLROOM_PICTURES"];
  if (folder)
    await page.screenshot({ path: `${folder}/${name.replaceAll(" ", "-")}.png`, fullPage: true });
}

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds against WCAG 2.2 AA on what is shown now, each with the first place where it is. */
async function violationsOn(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly: { type: "tag", values: RULES }, resultTypes: ["violations"] })
    // A page has no frames here, so none has to be opened to put their results together. With what is left out of
    // the results, it takes a third of the time.
    .setLegacyMode(true)
    .analyze();
  return violations.map((each) => `${each.id}: ${each.nodes[0]?.target.join(" ")}`);
}

const joinScreensSeen = new Set<string>();

/** Fills the join form through to an open room, as a person does. */
export async function joinThrough(
  { page, look }: Visitor,
  code: string,
  person: { name: string; passphrase: string; email?: string },
): Promise<readonly string[]> {
  // Everybody joins on the same screens: they are looked at once for each size and colours.
  const { width } = page.viewportSize()!;
  const isDark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const see = async (screen: string) => {
    const name = `${screen}-${width}-${isDark ? "dark" : "light"}`;
    if (joinScreensSeen.has(name)) return;
    joinScreensSeen.add(name);
    await look(name);
  };
  await page.goto(`/join#${code}`);
  await page.getByLabel("What should we call you?").fill(person.name);
  if (person.email !== undefined) await page.getByLabel("E-mail").fill(person.email);
  await page.getByText("Attending or consultant").click();
  await see("join-who");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Passphrase", { exact: true }).fill(person.passphrase);
  await see("join-passphrase");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "I have it on paper" }).waitFor();
  const phrase = await page.locator("ol[translate=no] li").allTextContents();
  await see("join-sheet");
  await page.getByRole("button", { name: "I have it on paper" }).click();
  for (const field of await page.getByLabel(/^Word \d+$/).all()) {
    const label = await field.evaluate(
      (element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? "",
    );
    await field.fill(phrase[Number(/\d+/.exec(label)![0]) - 1]!);
  }
  await page.getByRole("button", { name: "Next" }).click();
  await page.waitForURL("**/today");
  await page.getByRole("heading", { level: 1 }).waitFor();
  return phrase;
}

export async function signInThrough(
  { page }: Visitor,
  email: string,
  passphrase: string,
): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/today");
}

/** Signed in as somebody who has joined elsewhere: for what comes after joining. */
export async function comeAs(
  visitor: Visitor,
  { steward }: Pick<House, "steward">,
  { email, ...person }: { name: string; passphrase: string; email: string },
): Promise<void> {
  const code = await invite(steward, email);
  await join(steward.origin, { ...person, code, email });
  await signInThrough(visitor, email, person.passphrase);
  await visitor.page.getByRole("heading", { level: 1 }).waitFor();
}

/** Answers the check-in one tap a question, with the same place on each scale; stops after `most` questions. */
export async function answerCheckIn({ page }: Visitor, most = Infinity, place = 3): Promise<void> {
  const main = page.getByRole("main");
  for (let answered = 0; answered < most; answered++) {
    const before = await main.innerText();
    const onward = main.getByRole("button", { name: /^(Go on|Next|Finish)$/ });
    const answers = async () =>
      (await main.getByRole("button").allInnerTexts()).filter(
        (name) => !["Back", "Skip", "Crisis lines"].includes(name),
      );
    const isDone = () => page.url().includes("/result");
    // The question, or the result, may still be on its way.
    await expect
      .poll(async () => isDone() || (await answers()).length >= 4 || (await onward.count()) === 1)
      .toBe(true);
    if (isDone()) return;
    const scale = await answers();
    if (scale.length >= 4)
      await main.getByRole("button", { name: scale[place]!, exact: true }).click();
    else await onward.click();
    await expect.poll(async () => isDone() || (await main.innerText()) !== before).toBe(true);
  }
}

/** Names a driver and a want, and waits for the four paths. */
export async function findPath({ page }: Visitor): Promise<void> {
  await page.goto("/plan/path");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByRole("checkbox").nth(1).check({ force: true });
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText("to be able to rest again").click();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Show my paths" }).click();
  await page.getByRole("button", { name: "Show my paths" }).waitFor({ state: "detached" });
}

/** Says what matters, gets offers, and opens the page of one of them. */
export async function matchAndOpen({ page, look: see }: Visitor, name: string): Promise<void> {
  await page.goto("/coach");
  await see("coach");
  await page.getByRole("link", { name: "Find a coach who fits" }).click();
  await page.getByText("The tank is empty").click();
  await page.getByLabel(/Where you work/).fill("Lanternside Hospital");
  await see("match-wishes");
  await page.getByRole("button", { name: "Show me three" }).click();
  await page.getByRole("link", { name }).first().waitFor();
  await see("match-offers");
  await page.getByRole("link", { name }).first().click();
  await page.waitForURL("**/coach/with/*");
}
