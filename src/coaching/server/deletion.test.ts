import { randomBytes, randomUUID } from "node:crypto";
import { Kysely, PostgresDialect } from "kysely";
import { expect, test } from "vitest";
import { AGREEMENT, minuteOf, PROFILE, withCoaching } from "../../../tests/coaching.ts";
import {
  acceptAgreement,
  addCalendar,
  confirmBooking,
  holdSlot,
  makeFeed,
  readFeed,
  readSlots,
} from "../booking/contract.ts";
import { readCoaches, writeProfile } from "../directory/contract.ts";
import { openSpace, readSpaces, sendMessage } from "../space/contract.ts";
import { forgetCoaching } from "./deletion.ts";
import type { CoachingDb } from "./deps.ts";

const room = withCoaching();

const THURSDAY_TEN = minuteOf("2031-03-06T15:00:00Z");

/** As the composition root does it: with the owner's rights, in one transaction. */
async function forget(account: string): Promise<void> {
  const dialect = new PostgresDialect({ pool: room.cluster.owner });
  const owner: CoachingDb = new Kysely({ dialect });
  await owner.transaction().execute((within) => forgetCoaching(within, account, room.deps));
}

async function book(client: string, coach: string, start = THURSDAY_TEN) {
  await room.must(client, acceptAgreement, { body: { coach, version: AGREEMENT } });
  const body = { coach, kind: "session", start } as const;
  const { booking } = await room.must(client, holdSlot, { body });
  return (await room.must(client, confirmBooking, { body: { hold: booking } })).booking;
}

/** Tables of coaching in which the account's id stands anywhere. */
async function tablesWith(account: string): Promise<string[]> {
  const { rows } = await room.cluster.owner.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'coaching'",
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await room.cluster.owner.query(
      `select 1 from ${name} t where t::text like '%' || $1 || '%' limit 1`,
      [account],
    );
    if (rowCount !== 0) found.push(name);
  }
  return found.toSorted();
}

const sealed = () => randomBytes(80).toString("base64url");

/** A coach of whom every table of coaching knows something. */
async function knownEverywhere() {
  const [coach, client] = [await room.publishedCoach(), await room.join()];
  const credential = {
    granted: { body: "ICF", level: "PCC" },
    expires: null,
    number: "FICTION-9",
  } as const;
  await room.must(coach, writeProfile, { body: { profile: PROFILE, credentials: [credential] } });
  await room.cluster.owner.query(
    "insert into coaching.exception (coach, on_date, windows) values ($1, '2031-12-24', '{}')",
    [coach],
  );
  const text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//fiction//en\r\nEND:VCALENDAR\r\n";
  await room.must(coach, addCalendar, { body: { kind: "upload", label: "Mine", text } });
  const { path } = await room.must(coach, makeFeed, { body: {} });
  const booking = await book(client, coach);
  const params = { id: booking.space! };
  await room.must(coach, openSpace, { params, body: { own: sealed(), other: sealed() } });
  await room.must(coach, sendMessage, { params, body: { id: randomUUID(), sealed: sealed() } });
  return { coach, client, booking, secret: path.split("/").at(-1)! };
}

test("nothing of a coach who leaves is left in any table of coaching", async () => {
  const { coach, client, secret } = await knownEverywhere();
  expect(await tablesWith(coach)).toEqual(
    [
      "agreement",
      "availability",
      "booking",
      "calendar",
      "coach",
      "credential",
      "exception",
      "feed",
      "message",
      "space",
      "space_key",
    ].map((table) => `coaching.${table}`),
  );
  await forget(coach);
  expect(await tablesWith(coach)).toEqual([]);
  expect(await room.bookings(client)).toEqual([]);
  expect((await room.must(client, readSpaces)).spaces).toEqual([]);
  expect(await room.refusal(null, readFeed, { params: { secret } })).toBe("NotFound");
  const inIndex = async () =>
    (await room.must(client, readCoaches)).coaches.some((card) => card.id === coach);
  await expect.poll(inIndex).toBe(false);
});

test("who had a session with somebody who leaves is told that the hour is free, and isn't reminded", async () => {
  const { coach, client, booking } = await knownEverywhere();
  await forget(coach);
  const letters = await room.lettersTo(client);
  expect(letters.map(({ template }) => template)).toEqual(["booking-held", "booking-cancelled"]);
  const [held, cancelled] = letters.map(({ calendar }) => calendar!);
  expect(cancelled!.method).toBe("CANCEL");
  const uid = /UID:\S+/.exec(held!.text)![0];
  expect(cancelled!.text).toContain(uid);
  expect(cancelled!.text).toContain("SEQUENCE:1");
  expect(await room.reminders(booking.id)).toEqual([]);
  // The one who left gets no more letters.
  expect(await room.lettersTo(coach)).toHaveLength(1);
});

test("a client who leaves frees the coach's hour, and what is past sends no letter", async () => {
  const [coach, client] = [await room.publishedCoach(), await room.join()];
  await book(client, coach);
  await book(client, coach, THURSDAY_TEN + 1440);
  room.clock.at = THURSDAY_TEN * 60_000 + 3 * 3_600_000;
  await forget(client);
  expect(await tablesWith(client)).toEqual([]);
  const cancelled = (await room.lettersTo(coach)).filter(
    ({ template }) => template === "booking-cancelled",
  );
  expect(cancelled).toHaveLength(1);
  const query = { kind: "session", from: THURSDAY_TEN, days: 3 } as const;
  await expect
    .poll(async () => (await room.must(coach, readSlots, { params: { coach }, query })).starts)
    .toContain(THURSDAY_TEN + 1440);
});

test("a hold of somebody who leaves can't be confirmed", async () => {
  const [coach, client] = [await room.publishedCoach(), await room.join()];
  await room.must(client, acceptAgreement, { body: { coach, version: AGREEMENT } });
  const body = { coach, kind: "session", start: THURSDAY_TEN } as const;
  const { booking: hold } = await room.must(client, holdSlot, { body });
  await forget(coach);
  expect(await room.refusal(client, confirmBooking, { body: { hold } })).toBe("HoldExpired");
});

test("others keep what they have", async () => {
  const [coach, leaver, stayer] = [
    await room.publishedCoach(),
    await room.join(),
    await room.join(),
  ];
  await book(leaver, coach);
  const kept = await book(stayer, coach, THURSDAY_TEN + 60);
  await forget(leaver);
  expect(await room.bookings(stayer)).toEqual([kept]);
  expect(await room.reminders(kept.id)).toHaveLength(2);
  expect(await room.lettersTo(stayer)).toHaveLength(1);
});
