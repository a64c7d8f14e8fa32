/**
 * Nothing reaches a hospital inbox or calendar that a colleague may not see: every letter, calendar file,
 * calendar feed and page title that the main job makes is checked against a list of words, and against the
 * names of those involved. The control plants such a word and a name, and both must be found.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { cancelBooking, makeFeed, moveBooking } from "#coaching/booking/contract.ts";
import { readForbiddenWords } from "#library/content-file.ts";
import { forbiddenIn } from "#library/forbidden-words.ts";
import { addSponsor, makeInvitations, sendRoster } from "#stewardship/contract.ts";
import { addCoach, addMember, agree, book, freeStarts } from "./community.ts";
import { freePort, lettersIn, makeDataDir, removeDataDir, startInstance } from "./instance.ts";
import { ask, must, setUp } from "./member.ts";
import type { Proof } from "./proof.ts";

const HOME = join(import.meta.dirname, "..");
const NAMES = ["Marguerite", "Oluwaseun"];

export const prove: Proof = async ({ small, log }) => {
  const rounds = small ? 2 : 20;
  const read = readForbiddenWords(
    parse(await readFile(join(HOME, "content/words-not-to-use.yaml"), "utf8")),
  );
  if (!read.ok) throw new Error("content/words-not-to-use.yaml could not be read");
  // iCalendar's own CLASS:PRIVATE asks calendars to show less; none shows the word itself.
  const shown = (text: string): string => text.replaceAll("CLASS:PRIVATE", "");
  const isTold = (text: string): string[] => [
    ...forbiddenIn(shown(text), read.value.discreet).map(({ found }) => found),
    ...NAMES.filter((name) => text.includes(name)),
  ];

  const dataDir = await makeDataDir();
  const instance = await startInstance({ dataDir, port: await freePort() });
  try {
    const steward = await setUp(instance.origin, instance.setUpToken!);
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
    const starts = await freeStarts(member, coach);
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
    const page = await (await fetch(member.origin)).text();
    // Three invitations; the coach and the member hear of every booking, move and cancellation.
    const expected = 3 + 2 * (2 * rounds + Math.ceil(rounds / 2));
    const letters = (await lettersIn(dataDir, expected)).map(decodeLetter);
    const titles = [...page.matchAll(/<title>(.*?)<\/title>/g)].map((match) => match[1]!);
    log(
      `${letters.length} letters, a feed of ${feed.length} letters, ${titles.length} page titles`,
    );

    // A page's title is the product's own name and no more; letters and calendars don't even say that.
    const told = [...letters, feed].flatMap(isTold);
    const otherPeople = letters.filter(
      (letter) => (letter.match(/ATTENDEE/gi) ?? []).length > 1,
    ).length;
    for (const word of new Set(told)) log(`told: ${word}`);
    const planted = [
      letters[0]!.replace(/Subject: .*/i, "Subject: Your burnout session"),
      `${feed} Marguerite`,
    ];
    return {
      holds:
        told.length === 0 &&
        otherPeople === 0 &&
        letters.length >= expected &&
        feed.includes("Hold") &&
        titles.every((title) => title === "Callroom"),
      control: planted.every((text) => isTold(text).length > 0) ? "caught" : "missed",
      size: letters.length + 1 + titles.length,
      figures: { letters: letters.length, told: told.length, coAttendees: otherPeople },
    };
  } finally {
    await instance.stop();
    await removeDataDir(dataDir);
  }
};

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
