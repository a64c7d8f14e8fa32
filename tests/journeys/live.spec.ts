/**
 * A circle's live hour: two members with a browser each hear one another through coturn, and no other way is taken.
 * CALLROOM_SIX_VOICES=yes has six of them, which wants a strong machine.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import {
  expect,
  test as base,
  type Browser,
  type BrowserContext,
  type Page,
} from "@playwright/test";
import { relaySecretOf } from "#circles/server/relay.ts";
import { base64urlToBytes } from "#platform/bytes.ts";
import { redact } from "#platform/redacted.ts";
import type { BentInstance } from "../../proofs/bent-instance.ts";
import { wait, type Doctor } from "../../proofs/doctor.ts";
import { freePort, makeDataDir, removeDataDir } from "../../proofs/instance.ts";
import { CROWD, giveBadges, startGround, type Ground } from "../../proofs/nameless-ground.ts";
import { relayPlace, startLocalRelay, type LocalRelay } from "../local-relay.ts";
import { DESKTOP, PHONE, signInThrough } from "./house.ts";

const VOICES = process.env["CALLROOM_SIX_VOICES"] === "yes" ? 6 : 2;
/** A Tuesday, ten minutes before its second hour, noon in New York, at which everybody is free. */
const HOUR = Date.parse("2027-02-02T16:50:00Z");

interface House extends Ground {
  readonly relay: LocalRelay | null;
  /** A browser of somebody's own, signed in, with a microphone that beeps. */
  readonly open: (doctor: Doctor, as: "phone" | "desktop", dark?: boolean) => Promise<Opened>;
}

const test = base.extend<object, { house: House }>({
  house: [
    async ({ browser }, use) => {
      const dataDir = await makeDataDir();
      const urls = relayPlace(await freePort());
      process.env["CALLROOM_TURN_URL"] = urls.join(",");
      const ground = await startGround(dataDir, CROWD);
      const secrets = JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8")) as {
        circlesKey: string;
      };
      const key = redact(base64urlToBytes(secrets.circlesKey)!);
      const relay = await startLocalRelay(relaySecretOf(key), urls);
      await use({
        ...ground,
        relay,
        open: (doctor, as, dark) => open(browser, ground.instance, doctor, as, dark),
      });
      await relay?.stop();
      await ground.instance.stop();
      await removeDataDir(dataDir);
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

test.use({
  launchOptions: {
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
    ],
  },
});

test("they hear one another, by the relay alone, and go through the hour together", async ({
  house,
}) => {
  test.skip(house.relay === null, "coturn is not installed");
  const { instance, doctors } = house;
  await giveBadges(house);
  const sitting = doctors.slice(0, 6);
  for (const doctor of sitting) await wait(doctor, { blocks: [4] });
  await instance.runTask("form-circles");

  const first = sitting[0]!;
  await test.step("before the hour it is said when it is, and an entry for the calendar is made", async () => {
    const { page, context } = await house.open(first, "phone");
    await page.goto("/circles/live");
    await expect(page.getByRole("heading", { name: "The next hour" })).toBeVisible();
    await look(page, "live-before-phone");
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save to your calendar" }).click();
    const file = await readFile(await (await saving).path(), "utf8");
    expect(file).toContain("DTSTART:20270202T170000Z");
    expect(file).toContain("TRIGGER:-PT10M");
    expect(file).not.toMatch(/circle|callroom|doctor/i);
    await context.close();
  });

  await instance.setClock(HOUR);
  const inside: Opened[] = [];
  for (const doctor of sitting.slice(0, VOICES)) {
    const as = inside.length === 0 ? "phone" : "desktop";
    const opened = await house.open(doctor, as, inside.length === 1);
    inside.push(opened);
    const { page } = opened;
    await page.goto("/circles/live");
    await page.getByRole("button", { name: "Come in with your voice" }).waitFor();
    if (inside.length === 1) await look(page, "live-door-phone");
    await page.getByRole("button", { name: "Come in with your voice" }).click();
    await expect(page.getByRole("heading", { name: "Arriving" })).toBeVisible();
  }
  const pages = inside.map(({ page }) => page);

  await test.step("everybody hears everybody else", async () => {
    for (const page of pages) {
      await expect(people(page).filter({ hasText: /with voice|speaks/ })).toHaveCount(VOICES);
      await expect
        .poll(() => heard(page), { timeout: 60_000 })
        .toEqual(Array.from({ length: VOICES - 1 }, () => true));
    }
  });

  await test.step("no way but the relay's was looked at, on either side", async () => {
    for (const page of pages) {
      const ways = await candidates(page);
      const own = ways.filter(({ isOwn }) => isOwn);
      expect(new Set(own.map(({ type }) => type))).toEqual(new Set(["relay"]));
      // A relayed way may be seen before it is told of: then it is called by where it was seen, at the relay.
      const others = ways.filter(({ isOwn }) => !isOwn);
      expect(others.length).toBeGreaterThan(0);
      for (const { type } of others) expect(["relay", "prflx"]).toContain(type);
      for (const { address } of ways) expect([house.relay!.address, null]).toContain(address);
    }
    expect(house.relay!.written()).not.toMatch(/allocat|session|peer/i);
  });

  await test.step("who leads moves the hour on, the turn goes round, hands are seen", async () => {
    const leading = await whereShown(pages, "You lead this hour");
    await look(leading, "live-arrival");
    await leading.getByRole("button", { name: /^Go on to: Opening round/ }).click();
    for (const page of pages)
      await expect(page.getByRole("heading", { name: "Opening round" })).toBeVisible();
    await expect(leading.getByText("It is your turn")).toBeVisible();
    for (const page of pages.filter((each) => each !== leading))
      await expect(page.getByText(/ has the word$/)).toBeVisible();
    await leading.getByRole("button", { name: "I'm done, pass it on" }).click();
    await expect(leading.getByText(/ has the word$/)).toBeVisible();
    const other = await whereShown(pages, "It is your turn");
    // Whose turn it is needs no hand.
    await expect(other.getByRole("button", { name: "Raise a hand" })).toHaveCount(0);
    await leading.getByRole("button", { name: "Raise a hand" }).click();
    await expect(people(other).filter({ hasText: "raised a hand" })).toHaveCount(1);
    await look(pages[0]!, "live-round-phone");
    await look(pages[1]!, "live-round-desktop-dark");
  });

  await test.step("muted is muted, for all to see", async () => {
    await pages[0]!.getByRole("button", { name: "Mute", exact: true }).click();
    await expect(people(pages[1]!).filter({ hasText: "muted" })).toHaveCount(1);
    await pages[0]!.getByRole("button", { name: "Unmute" }).click();
    await expect(people(pages[1]!).filter({ hasText: "muted" })).toHaveCount(0);
  });

  await test.step("who has no sound takes part by text", async () => {
    await pages[1]!.getByLabel("Write to the circle").fill("I only read today.");
    await pages[1]!.getByRole("button", { name: "Send", exact: true }).click();
    await expect(pages[0]!.getByText("I only read today.")).toBeVisible();
  });

  await test.step("a line that breaks is found again", async () => {
    await pages[0]!.context().setOffline(true);
    await pages[0]!.waitForTimeout(1500);
    await pages[0]!.context().setOffline(false);
    const leading = await whereShown(pages, "You lead this hour");
    const other = pages.find((page) => page !== leading)!;
    await leading.getByRole("button", { name: /^Go on to: Topic/ }).click();
    await expect(other.getByRole("heading", { name: "Topic" })).toBeVisible({ timeout: 40_000 });
  });

  await test.step("the curtain takes the voice away at once, and leaving is seen by the others", async () => {
    await pages[0]!.getByRole("button", { name: "Cover" }).click();
    await expect.poll(() => openMicrophones(pages[0]!)).toBe(0);
    await expect(people(pages[1]!)).toHaveCount(VOICES - 1, { timeout: 60_000 });
    await pages[1]!.getByRole("button", { name: "Leave", exact: true }).click();
    await expect(pages[1]!.getByText("You have left the room")).toBeVisible();
    await look(pages[1]!, "live-left-desktop-dark");
  });

  expect(inside.flatMap(({ errors }) => errors)).toEqual([]);
});

/** A line each of whoever is there. */
const people = (page: Page) => page.getByRole("listitem").filter({ hasText: /Spoken \d/ });

async function whereShown(pages: readonly Page[], text: string): Promise<Page> {
  for (let times = 0; times < 40; times++) {
    for (const page of pages) if (await page.getByText(text).isVisible()) return page;
    await pages[0]!.waitForTimeout(500);
  }
  throw new Error(`Nobody is shown "${text}"`);
}

type Watched = typeof globalThis & {
  connections: RTCPeerConnection[];
  microphones: MediaStreamTrack[];
};

/** Of each voice that comes in, whether there is sound in it. */
const heard = (page: Page): Promise<boolean[]> =>
  page.evaluate(async () => {
    const sounds: boolean[] = [];
    for (const connection of (globalThis as Watched).connections) {
      if (connection.connectionState === "closed") continue;
      let energy = 0;
      for (const [, report] of await connection.getStats()) {
        const { type, totalAudioEnergy = 0 } = report as {
          type: string;
          totalAudioEnergy?: number;
        };
        if (type === "inbound-rtp") energy += totalAudioEnergy;
      }
      sounds.push(energy > 0);
    }
    return sounds;
  });

interface Way {
  readonly isOwn: boolean;
  readonly type: string;
  /** Null where the browser keeps it to itself. */
  readonly address: string | null;
}

const candidates = (page: Page): Promise<Way[]> =>
  page.evaluate(async () => {
    const found: { isOwn: boolean; type: string; address: string | null }[] = [];
    for (const connection of (globalThis as Watched).connections)
      for (const [, report] of await connection.getStats()) {
        const each = report as { type: string; candidateType: string; address?: string };
        if (/^(?:local|remote)-candidate$/.test(each.type))
          found.push({
            isOwn: each.type === "local-candidate",
            type: each.candidateType,
            address: each.address ?? null,
          });
      }
    return found;
  });

const openMicrophones = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      (globalThis as Watched).microphones.filter(({ readyState }) => readyState === "live").length,
  );

interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly errors: readonly string[];
}

async function open(
  browser: Browser,
  instance: BentInstance,
  { member }: Doctor,
  as: "phone" | "desktop",
  dark = false,
): Promise<Opened> {
  const context = await browser.newContext({
    baseURL: instance.origin,
    viewport: as === "phone" ? PHONE : DESKTOP,
    isMobile: as === "phone",
    hasTouch: as === "phone",
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
    timezoneId: "Europe/London",
    locale: "en-GB",
    permissions: ["microphone"],
  });
  await context.clock.setSystemTime(instance.now());
  // Node dates its answers by the machine's clock.
  await context.route(/\/api\/(named|public)\//, async (route) => {
    const response = await route.fetch().catch(() => null);
    if (response === null) return route.abort();
    const headers = { ...response.headers(), date: new Date(instance.now()).toUTCString() };
    return route.fulfill({ response, headers }).catch(() => undefined);
  });
  await context.addInitScript(() => {
    const watched = globalThis as Watched;
    watched.connections = [];
    watched.microphones = [];
    watched.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(config?: RTCConfiguration) {
        super(config);
        watched.connections.push(this);
      }
    };
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      watched.microphones.push(...stream.getTracks());
      return stream;
    };
  });
  const errors: string[] = [];
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  await signInThrough(
    { page, context, look: () => Promise.resolve() },
    member.email,
    member.passphrase,
  );
  return { page, context, errors };
}

async function look(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const told = violations.map((each) => `${each.id}: ${each.nodes[0]?.target.join(" ")}`);
  expect.soft(told, `axe on ${name}`).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(overflow, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
  await expect.soft(page, "the tab says no more than this").toHaveTitle("Callroom");
  const folder = process.env["CALLROOM_PICTURES"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
