import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AGREEMENT, minuteOf, withCoaching } from "../../../../tests/coaching.ts";
import { coachingTasks } from "../../server/tasks.ts";
import {
  acceptAgreement,
  cancelBooking,
  confirmBooking,
  holdSlot,
  makeFeed,
  moveBooking,
  readFeed,
} from "../contract.ts";

const room = withCoaching();

const THURSDAY_TEN = minuteOf("2031-03-06T15:00:00Z");
/** What no colleague beside the screen may read. */
const TELLING =
  /coach|client|burn.?out|doctor|physician|therap|counsel|mental|patient|session|appointment|booking|callroom\.|well-?being|resilien|stress|support|hospital|attendee|somebody/i;
const TEMPLATES = join(import.meta.dirname, "../../../../content/letters");

/** Every letter of a booking's life, to both, as the runner would put it together. */
async function everyLetter() {
  const [coach, client] = [await room.publishedCoach(), await room.join()];
  await room.must(client, acceptAgreement, { body: { coach, version: AGREEMENT } });
  const body = { coach, kind: "session", start: THURSDAY_TEN } as const;
  const { booking: id } = await room.must(client, holdSlot, { body });
  await room.must(client, confirmBooking, { body: { hold: id } });
  await room.must(coach, moveBooking, { params: { id }, body: { start: THURSDAY_TEN + 1440 } });
  for (const { task, payload } of await room.reminders(id))
    await coachingTasks(room.deps)[task]!({ payload, attempt: 1 });
  await room.must(client, cancelBooking, { params: { id } });
  const letters = [...(await room.lettersTo(coach)), ...(await room.lettersTo(client))];
  return { coach, client, letters };
}

test("no letter and no calendar file of a booking says what it is about or who is in it", async () => {
  const { coach, client, letters } = await everyLetter();
  expect(new Set(letters.map(({ template }) => template))).toEqual(
    new Set(["booking-held", "booking-moved", "reminder", "booking-cancelled"]),
  );
  for (const { template, fields, calendar } of letters) {
    const words = await readFile(join(TEMPLATES, `${template}.yaml`), "utf8");
    const fills = /^fills: \[(.*)\]$/m.exec(words)![1]!.split(", ");
    expect(Object.keys(fields).toSorted()).toEqual(fills.toSorted());
    const seen = words
      .replace(/^(kind|id|purpose|fills):.*$/gm, "")
      .replace(/\{(\w+)\}/g, (_, name: string) => fields[name]!);
    expect(seen).not.toMatch(TELLING);
    expect(calendar?.text ?? "").not.toMatch(TELLING);
    // Calendar programs want somebody who asks; it is an address that nobody reads.
    if (calendar) expect(calendar.text).toContain("mailto:no-reply@room.example.org");
    for (const person of [coach, client]) expect(`${seen}${calendar?.text}`).not.toContain(person);
  }
});

test("the words that are looked for would be found", () => {
  expect("SUMMARY:Session with your coach").toMatch(TELLING);
});

test("a feed says as little as a letter", async () => {
  const [coach, client] = [await room.publishedCoach(), await room.join()];
  await room.must(client, acceptAgreement, { body: { coach, version: AGREEMENT } });
  const body = { coach, kind: "session", start: THURSDAY_TEN } as const;
  const { booking } = await room.must(client, holdSlot, { body });
  await room.must(client, confirmBooking, { body: { hold: booking } });
  for (const who of [coach, client]) {
    const { path } = await room.must(who, makeFeed, { body: {} });
    const secret = path.split("/").at(-1)!;
    expect(await room.must(null, readFeed, { params: { secret } })).not.toMatch(TELLING);
  }
});
