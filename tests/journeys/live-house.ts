/**
 * What the journeys of a circle's live hour stand on: a circle of six who have a browser each with a false microphone and
 * camera, a coturn beside the house, and an eye on what is heard, seen and sent by which way.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
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

export const MEMBERS = 6;
/** A Tuesday, ten minutes before its second hour, noon in New York, at which everybody is free. */
export const HOUR = Date.parse("2027-02-02T16:50:00Z");

/** Six browsers share a machine that may have two cores. */
export const PATIENTLY = { timeout: 60_000 };

interface House extends Ground {
  /** Those of one circle. */
  readonly sitting: readonly Doctor[];
  readonly relay: LocalRelay | null;
  /** A browser of somebody's own, signed in, with a microphone that beeps. */
  readonly open: (doctor: Doctor, as: "phone" | "desktop", options?: Options) => Promise<Opened>;
}

export const FALSE_DEVICES = [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
];
export const LAUNCH = {
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", ...FALSE_DEVICES],
};

export const test = base.extend<object, { house: House }>({
  launchOptions: [LAUNCH, { scope: "worker" }],
  house: [
    async ({ browser }, use) => {
      const dataDir = await makeDataDir();
      const urls = relayPlace(await freePort());
      process.env["CALLROOM_TURN_URL"] = urls.join(",");
      const ground = await startGround(dataDir, CROWD, { signingIn: MEMBERS });
      const secrets = JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8")) as {
        circlesKey: string;
      };
      const key = redact(base64urlToBytes(secrets.circlesKey)!);
      const relay = await startLocalRelay(relaySecretOf(key), urls);
      await giveBadges(ground);
      const sitting = ground.doctors.slice(0, MEMBERS);
      for (const doctor of sitting) await wait(doctor, { blocks: [4] });
      await ground.instance.runTask("form-circles");
      await use({
        ...ground,
        sitting,
        relay,
        open: (doctor, as, options) => open(browser, ground.instance, doctor, as, options),
      });
      await relay?.stop();
      await ground.instance.stop();
      await removeDataDir(dataDir);
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

export async function atTheDoor(page: Page): Promise<void> {
  await page.goto("/circles/live");
  await page.getByRole("button", { name: "Come in with your voice" }).waitFor(PATIENTLY);
}

export async function comeIn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Come in with your voice" }).click();
  await expect(page.getByRole("heading", { name: "Arriving" })).toBeVisible(PATIENTLY);
}

export async function expectOnlyRelayed(pages: readonly Page[], relay: LocalRelay): Promise<void> {
  for (const page of pages) {
    const ways = await candidates(page);
    const own = ways.filter(({ isOwn }) => isOwn);
    expect(new Set(own.map(({ type }) => type))).toEqual(new Set(["relay"]));
    // A relayed way may be seen before it is told of: then it is called by where it was seen, at the relay.
    const others = ways.filter(({ isOwn }) => !isOwn);
    expect(others.length).toBeGreaterThan(0);
    for (const { type } of others) expect(["relay", "prflx"]).toContain(type);
    for (const { type, address } of ways)
      expect([relay.address, null, ...(type === "prflx" ? [""] : [])]).toContain(address);
  }
  expect(relay.written()).not.toMatch(/allocat|session|peer/i);
}

/** A line each of whoever is there. */
export const people = (page: Page) => page.getByRole("listitem").filter({ hasText: /Spoken \d/ });

/** The page that says so first. */
export const whereShown = (pages: readonly Page[], text: string): Promise<Page> =>
  Promise.any(
    pages.map(async (page) => {
      await page.getByText(text).waitFor(PATIENTLY);
      return page;
    }),
  );

type Watched = typeof globalThis & {
  connections: RTCPeerConnection[];
  tracks: MediaStreamTrack[];
};

/** Of each voice that comes in, whether there is sound in it. */
export const heard = (page: Page): Promise<boolean[]> =>
  page.evaluate(async () => {
    const sounds: boolean[] = [];
    for (const connection of (globalThis as Watched).connections) {
      if (connection.connectionState === "closed") continue;
      let energy = 0;
      if (!connection.remoteDescription?.sdp.includes("m=audio")) continue;
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
  /** Null where the browser keeps it to itself; of one that was only seen, an empty text. */
  readonly address: string | null;
}

const candidates = (page: Page): Promise<Way[]> =>
  page.evaluate(async () => {
    const found: Way[] = [];
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

/** Of microphones or of cameras. */
export const openTracks = (page: Page, kind: "audio" | "video"): Promise<number> =>
  page.evaluate(
    (wanted) =>
      (globalThis as Watched).tracks.filter(
        (track) => track.kind === wanted && track.readyState === "live",
      ).length,
    kind,
  );

/** Of each picture that is shown, whether another one follows it. */
export const moving = (page: Page): Promise<boolean[]> =>
  page.evaluate(() => {
    const shown = [...document.querySelectorAll("video")];
    const follows = (video: HTMLVideoElement) =>
      new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), 2000);
        video.requestVideoFrameCallback(() => {
          clearTimeout(timer);
          resolve(video.videoWidth > 0);
        });
      });
    return Promise.all(shown.map(follows));
  });

interface Options {
  readonly dark?: boolean;
  /** Without the cleaning of the sound, for which a false microphone has no need. */
  readonly plainVoice?: boolean;
}

export interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly errors: readonly string[];
}

async function open(
  browser: Browser,
  instance: BentInstance,
  { member }: Doctor,
  as: "phone" | "desktop",
  { dark = false, plainVoice = false }: Options = {},
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
    permissions: ["microphone", "camera"],
  });
  await context.clock.setSystemTime(instance.now());
  // Node dates its answers by the machine's clock.
  await context.route(/\/api\/(named|public)\//, async (route) => {
    const response = await route.fetch().catch(() => null);
    if (response === null) return route.abort();
    const headers = { ...response.headers(), date: new Date(instance.now()).toUTCString() };
    return route.fulfill({ response, headers }).catch(() => undefined);
  });
  await context.addInitScript((isPlain) => {
    const watched = globalThis as Watched;
    watched.connections = [];
    watched.tracks = [];
    watched.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(config?: RTCConfiguration) {
        super(config);
        watched.connections.push(this);
      }
    };
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => {
      const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      const stream = await ask(isPlain && wanted?.audio ? { ...wanted, audio: plain } : wanted);
      watched.tracks.push(...stream.getTracks());
      return stream;
    };
  }, plainVoice);
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
