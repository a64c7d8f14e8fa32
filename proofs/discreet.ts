/**
 * Nothing reaches a hospital inbox or calendar that a colleague may not see: every letter, calendar file, calendar
 * feed and page title that the main job, a circle and its hour make is checked against a list of words, and against
 * the names of those involved. The control plants such a word and a name, and both must be found.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { parse } from "yaml";
import { cancelBooking, makeFeed, moveBooking } from "#coaching/booking/contract.ts";
import { chooseWeeklyLetter } from "#identity/contract.ts";
import { readForbiddenWords } from "#library/content-file.ts";
import { forbiddenIn } from "#library/forbidden-words.ts";
import { addSponsor, makeInvitations, sendRoster } from "#stewardship/contract.ts";
import { launchBrowser, openPage, signIn } from "./bent-browser.ts";
import { addCoach, addMember, agree, book, freeStarts } from "./community.ts";
import { wait } from "./doctor.ts";
import { lettersIn, makeDataDir, removeDataDir } from "./instance.ts";
import { ask, must, type Member } from "./member.ts";
import { CROWD, FIRST_DAY, giveBadges, startGround, type Ground } from "./nameless-ground.ts";
import type { Proof } from "./proof.ts";

const HOME = join(import.meta.dirname, "..");
const NAMES = ["Marguerite", "Oluwaseun"];
/** Block 4, on a Tuesday at noon in New York, and ten minutes before it. */
const BLOCK = 4;
const BEFORE_THE_HOUR = Date.parse(`${FIRST_DAY}T16:50:00Z`);
/** Six in the morning in New York, and a little later. */
const MONDAY = Date.parse("2027-02-08T11:05:00Z");

export const prove: Proof = async ({ small, log }) => {
  const rounds = small ? 2 : 20;
  const isTold = await readWords();
  const dataDir = await makeDataDir();
  const ground = await startGround(dataDir, CROWD, { signingIn: 1 });
  const { instance, steward, doctors } = ground;
  try {
    await giveBadges(ground);
    const invitations = (await lettersIn(dataDir)).length;
    const seen = await sitInACircle(ground);
    log(`${seen.titles.length} screens of the circles, and ${seen.saved.length} files saved`);

    const { feed, sent } = await mainJob(steward, rounds, instance.now());
    const asking = [doctors[0]!.member, doctors.at(-1)!.member];
    for (const { origin, cookie } of asking)
      await must(ask(origin, chooseWeeklyLetter, { cookie, body: { wanted: true } }));
    await instance.setClock(MONDAY);
    await instance.runTask("weekly-letter");
    // They are queued for a Monday that is far off on PostgreSQL's clock.
    await instance.query(
      "named",
      `update graphile_worker._private_jobs set run_at = now() where task_id =
         (select id from graphile_worker._private_tasks where identifier = 'letter')`,
    );
    const page = await (await fetch(instance.origin)).text();
    const expected = invitations + sent + asking.length;
    const letters = (await lettersIn(dataDir, expected)).map(decodeLetter);
    const titles = [
      ...seen.titles,
      ...[...page.matchAll(/<title>(.*?)<\/title>/g)].map((match) => match[1]!),
    ];
    log(
      `${letters.length} of ${expected} letters, a feed of ${feed.length} letters, ${titles.length} page titles`,
    );

    // A page's title is the product's own name and no more; letters and calendars don't even say that.
    const files = seen.saved.map(({ name, content }) => `${name}\n${content}`);
    const told = [...letters, feed, ...files].flatMap(isTold);
    const otherPeople = letters.filter(
      (letter) => (letter.match(/ATTENDEE/gi) ?? []).length > 1,
    ).length;
    for (const word of new Set(told)) log(`told: ${word}`);
    const planted = [
      letters[0]!.replace(/Subject: .*/i, "Subject: Your burnout session"),
      `${feed} Marguerite`,
      files[0]?.replaceAll("Hold", "Circle") ?? "",
    ];
    return {
      holds:
        told.length === 0 &&
        otherPeople === 0 &&
        letters.length >= expected &&
        letters.some((letter) => letter.includes("A quiet moment this week")) &&
        [feed, ...files].every((calendar) => calendar.includes("Hold")) &&
        files.length > 0 &&
        titles.every((title) => title === "Callroom"),
      control: planted.every((text) => isTold(text).length > 0) ? "caught" : "missed",
      size: letters.length + 1 + files.length + titles.length,
      figures: {
        letters: letters.length,
        savedFiles: files.length,
        titles: titles.length,
        told: told.length,
        coAttendees: otherPeople,
      },
    };
  } finally {
    await instance.stop();
    await removeDataDir(dataDir);
  }
};

async function readWords(): Promise<(text: string) => string[]> {
  const file = await readFile(join(HOME, "content/words-not-to-use.yaml"), "utf8");
  const read = readForbiddenWords(parse(file));
  if (!read.ok) throw new Error("content/words-not-to-use.yaml could not be read");
  // iCalendar's own CLASS:PRIVATE asks calendars to show less; none shows the word itself.
  const shown = (text: string): string => text.replaceAll("CLASS:PRIVATE", "");
  return (text) => [
    ...forbiddenIn(shown(text), read.value.discreet).map(({ found }) => found),
    ...NAMES.filter((name) => text.includes(name)),
  ];
}

/** A coach and a member book, move and cancel; others are invited. `sent`: how many letters that makes. */
async function mainJob(steward: Member, rounds: number, now: number) {
  const coach = await addCoach(steward, NAMES[0]!);
  const member = await addMember(steward, NAMES[1]!);
  await agree(member, coach);
  const as = { cookie: member.cookie };
  await must(
    ask(steward.origin, makeInvitations, {
      cookie: steward.cookie,
      body: { email: "invited@proof.example", roles: [], stage: "resident", show: false },
    }),
  );
  const sponsor = await must(
    ask(steward.origin, addSponsor, {
      cookie: steward.cookie,
      body: { name: "Marguerite Hospital for Burnout" },
    }),
  );
  await must(
    ask(steward.origin, sendRoster, {
      cookie: steward.cookie,
      body: {
        sponsor: sponsor.id,
        csv: "one@proof.example,attending\ntwo@proof.example,resident",
        onlyCheck: false,
      },
    }),
  );
  const starts = await freeStarts(member, coach, 14, now);
  for (let round = 0; round < rounds; round++) {
    const at = 60 + round * 8;
    const booked = await book(member, coach, starts[at]!);
    if (!("id" in booked)) throw new Error(`Booking was refused: ${booked.refused}`);
    const params = { id: booked.id };
    await must(
      ask(member.origin, moveBooking, { ...as, params, body: { start: starts[at + 4]! } }),
    );
    if (round % 2 === 0) await must(ask(member.origin, cancelBooking, { ...as, params }));
  }
  const { path } = await must(ask(member.origin, makeFeed, { ...as, body: {} }));
  const feed = await (await fetch(member.origin + path)).text();
  // Five invitations; the coach and the member hear of every booking, move and cancellation.
  return { feed, sent: 5 + 2 * (2 * rounds + Math.ceil(rounds / 2)) };
}

interface Seen {
  readonly titles: readonly string[];
  readonly saved: readonly { readonly name: string; readonly content: string }[];
}

/** What a browser's tab says and what it saves, in the room and in its hour. */
async function sitInACircle({ instance, doctors }: Ground): Promise<Seen> {
  for (const doctor of doctors.slice(0, 6)) await wait(doctor, { blocks: [BLOCK] });
  await instance.runTask("form-circles");
  await instance.setClock(BEFORE_THE_HOUR);
  const browser = await launchBrowser();
  const titles: string[] = [];
  try {
    const page = await openPage(browser, instance);
    const look = async (path: string) => {
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      titles.push(await page.title());
    };
    await signIn(page, doctors[0]!.member);
    await look("/circles");
    const saved = [await save(page)];
    await look("/circles/room");
    // Whoever was seated agrees to the norms before going in.
    await page.getByRole("button", { name: /Go in$/ }).click();
    await page.getByLabel("Write to the circle").waitFor();
    titles.push(await page.title());
    await look("/circles/live");
    await page.getByRole("button", { name: /^Come in by text/ }).click();
    await page.getByLabel("Write to the circle").waitFor();
    titles.push(await page.title());
    return { titles, saved };
  } finally {
    await browser.close();
  }
}

async function save(page: Page) {
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save to your calendar" }).click();
  const download = await saving;
  return {
    name: download.suggestedFilename(),
    content: await readFile(await download.path(), "utf8"),
  };
}

/** Headers and parts as a mail program shows them; the receiver's own address stays out, being theirs. */
function decodeLetter(letter: string): string {
  const words = letter
    .replace(/=\?utf-8\?q\?(.*?)\?=/gi, (_, text: string) => quoted(text.replaceAll("_", " ")))
    .replace(/^To: .*$/gim, "")
    .replace(/^(From|Message-ID|Content-Type|Date|MIME-Version): .*$/gim, (line) =>
      line.replace(/boundary=.*/i, ""),
    );
  const parts = words.replace(
    /Content-Transfer-Encoding: base64\r?\n(?:[\w-]+: .*\r?\n)*\r?\n([A-Za-z0-9+/=\r\n]+)/gi,
    (_, body: string) => `\n${Buffer.from(body, "base64").toString("utf8")}`,
  );
  return quoted(parts);
}

const quoted = (text: string): string =>
  text
    .replace(/=\r?\n/g, "")
    .replace(/(?:=[0-9A-F]{2})+/g, (run) =>
      Buffer.from(run.replaceAll("=", ""), "hex").toString("utf8"),
    );
