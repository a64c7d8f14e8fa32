/**
 * Nobody but you reads what you write for yourself, nobody but your circle what you say in it, and nobody learns which
 * exercise or text you opened: a real browser fills every private field of the app with words that occur nowhere
 * else; then both databases' files and tables, their backups, the logs, the mail and every byte the browser sent are
 * searched for them. The controls are what is meant to be seen: the same kind of word in a coach's public story, and
 * the number of a message in a circle, which the search must find in the tables and in the files; and the address of
 * an exercise where a browser that keeps no app is sent to it, which must be noticed on the wire.
 */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import type { Browser, Page } from "@playwright/test";
import { launchBrowser, openPage, signIn } from "./bent-browser.ts";
import type { BentInstance } from "./bent-instance.ts";
import { addCoach } from "./community.ts";
import { wait } from "./doctor.ts";
import { makeDataDir, removeDataDir } from "./instance.ts";
import { must, type Member } from "./member.ts";
import { CROWD, FIRST_DAY, giveBadges, startGround, type Ground } from "./nameless-ground.ts";
import { fillOwnRooms, fillRoom, fillWaiting, type Words } from "./private-fields.ts";
import {
  addQuestionnaire,
  fillReflecting,
  openExercise,
  openText,
  OPENED,
  OPENINGS,
  waitUntilKept,
  type Opening,
} from "./private-reflecting.ts";
import type { Proof } from "./proof.ts";
import { enterRoom, hand, hear, sealed, sitDown } from "./room.ts";
import { checkpoint, inBytes, searchFiles, searchTables, type Trace } from "./traces.ts";
import { listenBefore, type Heard, type Wire } from "./wire.ts";

const run = promisify(execFile);
const HOME = join(import.meta.dirname, "..");

/** Tuesday's second hour, at which the circle meets, is block 4 and begins at noon in New York. */
const BLOCK = 4;
const BEFORE_THE_HOUR = Date.parse(`${FIRST_DAY}T16:50:00Z`);
/** Once, in the circle, and in each round. */
const LEAST_FIELDS = { circle: 7, round: 59 };
/** Longer than the app puts anything off that it fetches by itself. */
const QUIET_MS = 3500;
const HEARD = "Good morning, all of you.";

export const prove: Proof = async ({ small, log }) => {
  const rounds = small ? 1 : 5;
  const kinds = { secret: [], claimed: [], named: [] } as Record<keyof Words, string[]>;
  const words = Object.fromEntries(
    Object.entries(kinds).map(([kind, made]) => [kind, () => made[made.push(canary()) - 1]]),
  ) as unknown as Words;
  const open = canary();
  const dataDir = await makeDataDir();
  const ground = await startGround(dataDir, CROWD, { signingIn: 1 });
  const { instance, steward, doctors } = ground;
  const browser = await launchBrowser();
  const wire = await listenBefore(instance.origin);
  const overWire = { ...instance, origin: wire.origin };
  try {
    await giveBadges(ground);
    await instance.setClock(BEFORE_THE_HOUR);
    const circlePage = await openPage(browser, overWire);
    const message = await talk(ground, circlePage, words);
    log(`in a circle: ${kinds.secret.length} private fields filled`);
    await circlePage.context().close();

    await addCoach(steward, "Imogen", `My story holds the word ${open}.`);
    await addQuestionnaire(steward);
    const whileKept: Heard[] = [];
    for (let round = 0; round < rounds; round++) {
      const page = await openPage(browser, overWire);
      await fillOwnRooms(page, steward, round, words);
      await waitUntilKept(page);
      const before = wire.heard.length;
      await fillReflecting(page, words.secret);
      whileKept.push(...wire.heard.slice(before));
      await page.context().close();
      log(`round ${round + 1} of ${rounds}: ${kinds.secret.length} private fields filled`);
    }

    const unkept = await openUnkept(browser, overWire, doctors[0]!.member, wire);
    for (const name of unkept.telling) log(`tells what was opened: ${name}`);

    const told = [open, message, ...kinds.named];
    const all = [...told, ...kinds.secret, ...kinds.claimed, ...OPENED];
    await checkpoint(dataDir);
    const rows = await searchTables(dataDir, all);
    await backUp(dataDir);
    await instance.stop();
    const files = await searchFiles(dataDir, all);
    const written = inBytes("log", Buffer.from(instance.output()), all);
    const requests = [
      ...wire.heard.flatMap(({ bytes }) => inBytes("request", bytes, kinds.secret)),
      ...whileKept.flatMap(({ path, bytes }) => inBytes(path, bytes, OPENED)),
    ];
    const opened = whileKept.filter(({ path }) => !isAskedAlways(path));
    for (const { path } of opened.slice(0, 5)) log(`asked of the server: ${path}`);
    const isPrivate = ({ word }: Trace) => !told.includes(word);
    const found = [...[...rows, ...files].filter(isPrivate), ...written, ...requests];
    for (const { where } of found.slice(0, 5)) log(`found in ${where}`);
    const isSeen = (word: string) =>
      [rows, files].every((traces) => traces.some((trace) => trace.word === word));
    return {
      holds:
        found.length === 0 &&
        opened.length === 0 &&
        unkept.telling.length === 0 &&
        kinds.secret.length >= LEAST_FIELDS.circle + LEAST_FIELDS.round * rounds,
      control: isSeen(open) && isSeen(message) && unkept.isAddressSeen ? "caught" : "missed",
      size: kinds.secret.length + kinds.claimed.length,
      figures: {
        fields: kinds.secret.length,
        sealedByTheServer: kinds.claimed.length,
        found: found.length,
        requestsSearched: wire.heard.length,
        openedOnceKept: opened.length,
        fetchedUnkept: unkept.files,
        tellingUnkept: unkept.telling.length,
        filesWithControl: files.filter(({ word }) => word === open || word === message).length,
        ownNamesInTheLog: kinds.named.filter((name) => rows.some(({ word }) => word === name))
          .length,
      },
    };
  } finally {
    await browser.close();
    await wire.close();
    if (instance.process.exitCode === null) await instance.stop();
    await removeDataDir(dataDir);
  }
};

/**
 * What a page asks for whatever is opened: the API, whether there is a newer version, and what opens the safe. No
 * text, no exercise and no page by its address.
 */
const isAskedAlways = (path: string): boolean =>
  path.startsWith("/api/") ||
  ["/sw.js", "/manifest.webmanifest", "/icon.svg"].includes(path) ||
  /^\/assets\/[a-z-]+-worker-[\w-]+\.js$/.test(path);

/**
 * What a browser fetches that keeps no app, as under strict settings, while one thing is opened and while another is:
 * the same, or the server would know which. Being sent to an address is another matter.
 */
async function openUnkept(
  browser: Browser,
  instance: BentInstance,
  member: Member,
  wire: Wire,
): Promise<{
  readonly files: number;
  readonly telling: readonly string[];
  readonly isAddressSeen: boolean;
}> {
  /** The whole visit: what it begins with may still be on its way when something is opened. */
  const visit = async (opening: Opening) => {
    const before = wire.heard.length;
    const page = await openPage(browser, instance, { keepsApp: false });
    await signIn(page, member);
    await settled(wire);
    await openExercise(page, opening);
    await settled(wire);
    await openText(page, opening);
    await settled(wire);
    const paths = wire.heard.slice(before).map(({ path }) => path);
    await page.goto("/reflect/exercise/safety-plan");
    await page.context().close();
    return new Set(paths.filter((path) => path.startsWith("/assets/")));
  };
  // What is new in the public logs is checked by whoever comes first, whatever they open.
  await visit(OPENINGS[0]);
  const sets: Set<string>[] = [];
  for (const opening of OPENINGS) sets.push(await visit(opening));
  const all = new Set(sets.flatMap((files) => [...files]));
  const telling = [...all].filter((file) => sets.some((files) => !files.has(file)));
  const isAddressSeen = wire.heard.some(({ path }) => path === "/reflect/exercise/safety-plan");
  return { files: all.size, telling, isAddressSeen };
}

/** Comes back when no file has been asked for in a while, so that leaving a page cuts none of its files off. */
async function settled({ heard }: Wire): Promise<void> {
  let asked = 0;
  for (let since = performance.now(); performance.now() - since < QUIET_MS;) {
    await setTimeout(200);
    const before = asked;
    asked = heard.filter(({ path }) => path.startsWith("/assets/")).length;
    if (asked > before) since = performance.now();
  }
}

/** Begins with a letter and has 24 of them: the longest name that a circle takes. */
const canary = (): string => `canary${randomBytes(9).toString("hex")}`;

/** A doctor with a browser waits, is seated with five others and says things. Gives the number of another's message. */
async function talk({ instance, doctors }: Ground, page: Page, words: Words): Promise<string> {
  const [first, second, ...others] = doctors;
  await signIn(page, first!.member);
  for (const doctor of [second!, ...others.slice(0, 4)]) await wait(doctor, { blocks: [BLOCK] });
  await fillWaiting(page, words);
  await instance.runTask("form-circles");
  const sitting = (await sitDown(second!))!;
  const room = await enterRoom(sitting, FIRST_DAY);
  await must(hand(sitting, sealed(sitting, room, HEARD)));
  await fillRoom(page, HEARD, words);
  return (await hear(sitting, room))[0]!.message.id;
}

async function backUp(dataDir: string): Promise<void> {
  const passphraseFile = `${dataDir}.passphrase`;
  await writeFile(passphraseFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  await run(process.execPath, ["bin/command-line.ts", "backup", join(dataDir, "backup")], {
    cwd: HOME,
    env: {
      ...process.env,
      CALLROOM_CONFIG: "",
      CALLROOM_DATA_DIR: dataDir,
      CALLROOM_BACKUP_PASSPHRASE_FILE: passphraseFile,
    },
  });
  await rm(passphraseFile);
}
