import { expect, test } from "vitest";
import { AGREEMENT, HOURS, minuteOf, withCoaching } from "../../../../tests/coaching.ts";
import { readSpaces } from "../../space/contract.ts";
import {
  acceptAgreement,
  cancelBooking,
  confirmBooking,
  holdSlot,
  moveBooking,
  readAgreements,
  readBookings,
  readSlots,
  writeHours,
} from "../contract.ts";

const room = withCoaching();

// Ten in the morning in New York, sixteen o'clock in Berlin.
const TUESDAY_TEN = minuteOf("2031-03-04T15:00:00Z");
const TUESDAY_NOON = minuteOf("2031-03-04T17:00:00Z");
const THURSDAY_TEN = minuteOf("2031-03-06T15:00:00Z");
const NOBODY = "00000000-0000-4000-8000-000000000000";

const agree = (who: string, coach: string) =>
  room.must(who, acceptAgreement, { body: { coach, version: AGREEMENT } });

async function hold(who: string, coach: string, start = THURSDAY_TEN) {
  const body = { coach, kind: "session", start } as const;
  return (await room.must(who, holdSlot, { body })).booking;
}

async function book(who: string, coach: string, start = THURSDAY_TEN) {
  await agree(who, coach);
  const body = { hold: await hold(who, coach, start) };
  return (await room.must(who, confirmBooking, { body })).booking;
}

async function pair(hours: Partial<typeof HOURS> = {}, timeZone = "Europe/Berlin") {
  const coach = await room.publishedCoach(hours);
  const client = await room.join([], timeZone);
  return { coach, client };
}

const move = (who: string, id: string, start: number) =>
  room.ask(who, moveBooking, { params: { id }, body: { start } });
const cancel = (who: string, id: string) => room.ask(who, cancelBooking, { params: { id } });

function property(calendar: string | undefined, name: string): string | undefined {
  const line = calendar?.split("\r\n").find((each) => each.split(/[:;]/)[0] === name);
  return line?.slice(line.indexOf(":") + 1);
}

test("nothing is confirmed before the agreement is accepted in its current version", async () => {
  const { coach, client } = await pair();
  const body = { hold: await hold(client, coach) };
  expect(await room.refusal(client, confirmBooking, { body })).toBe("AgreementNeeded");
  const outdated = { body: { coach, version: "2" } };
  expect(await room.refusal(client, acceptAgreement, outdated)).toBe("VersionOutdated");
  expect(await room.must(client, readAgreements)).toEqual({ current: AGREEMENT, accepted: [] });
  await agree(client, coach);
  expect((await room.must(client, readAgreements)).accepted).toEqual([
    { coach, version: AGREEMENT },
  ]);
  expect(await room.refusal(client, confirmBooking, { body })).toBeNull();
});

test("an agreement accepted in an earlier version has to be accepted again", async () => {
  const { coach, client } = await pair();
  await room.cluster.owner.query(
    "insert into coaching.agreement values ($1, $2, '2', '2031-01-01')",
    [client, coach],
  );
  const body = { hold: await hold(client, coach) };
  expect(await room.refusal(client, confirmBooking, { body })).toBe("AgreementNeeded");
  await agree(client, coach);
  expect(await room.refusal(client, confirmBooking, { body })).toBeNull();
});

test("a hold confirmed twice, even at once, is one booking with one letter each", async () => {
  const { coach, client } = await pair();
  await agree(client, coach);
  const body = { hold: await hold(client, coach) };
  const told = await Promise.all(
    Array.from({ length: 6 }, () => room.must(client, confirmBooking, { body })),
  );
  const again = await room.must(client, confirmBooking, { body });
  for (const { booking } of told) expect(booking).toEqual(again.booking);
  expect(again.booking.id).toBe(body.hold);
  for (const who of [client, coach]) {
    expect(await room.bookings(who)).toHaveLength(1);
    expect(await room.lettersTo(who)).toHaveLength(1);
    expect((await room.must(who, readSpaces)).spaces).toHaveLength(1);
  }
  expect(await room.reminders(body.hold)).toHaveLength(2);
});

test("a hold that ran out, was given away, or is somebody else's can't be confirmed", async () => {
  const { coach, client } = await pair();
  const other = await room.join();
  for (const who of [client, other]) await agree(who, coach);
  const body = { hold: await hold(client, coach) };
  for (const who of [other, coach])
    expect(await room.refusal(who, confirmBooking, { body })).toBe("HoldExpired");
  expect(await room.refusal(client, confirmBooking, { body: { hold: NOBODY } })).toBe(
    "HoldExpired",
  );
  room.clock.at += 5 * 60_000;
  expect(await room.refusal(client, confirmBooking, { body })).toBe("HoldExpired");
  await hold(other, coach);
  expect(await room.refusal(client, confirmBooking, { body })).toBe("HoldExpired");
});

test("each side sees the other's name and zone, its own rule, and the pair's space", async () => {
  const { coach, client } = await pair();
  const booking = await book(client, coach);
  const [mine] = await room.bookings(client);
  const [theirs] = await room.bookings(coach);
  expect(mine).toEqual(booking);
  expect(mine).toMatchObject({
    side: "client",
    with: { id: coach, timeZone: "America/New_York" },
    state: "confirmed",
    start: "2031-03-06T15:00:00.000Z",
    end: "2031-03-06T15:50:00.000Z",
    changeableUntil: "2031-03-05T15:00:00.000Z",
    cancelledBy: null,
  });
  expect(theirs).toMatchObject({
    id: booking.id,
    side: "coach",
    with: { id: client, timeZone: "Europe/Berlin" },
    changeableUntil: "2031-03-06T15:00:00.000Z",
    space: mine!.space,
  });
  expect(mine!.space).not.toBeNull();
});

test("a second booking of the same two shares their space", async () => {
  const { coach, client } = await pair();
  const first = await book(client, coach);
  const second = await book(client, coach, TUESDAY_NOON);
  expect(second.space).toBe(first.space);
});

test("both get a letter with the time in their own zone and a calendar file of their own", async () => {
  const { coach, client } = await pair();
  await book(client, coach, TUESDAY_TEN);
  const [toClient] = await room.lettersTo(client);
  const [toCoach] = await room.lettersTo(coach);
  expect(toClient).toMatchObject({
    template: "booking-held",
    to: `${client}@mail.example`,
    fields: { when: "Tuesday, 4 March 2031 at 16:00 Central European Standard Time" },
  });
  expect(toCoach).toMatchObject({
    to: `${coach}@mail.example`,
    fields: { when: "Tuesday, 4 March 2031 at 10:00 Eastern Standard Time" },
  });
  for (const letter of [toClient, toCoach]) {
    expect(letter!.calendar!.method).toBe("REQUEST");
    expect(property(letter!.calendar!.text, "SEQUENCE")).toBe("0");
    expect(property(letter!.calendar!.text, "DTSTART")).toBe("20310304T150000Z");
  }
  // Two files in one hospital's mail don't show that they are one booking.
  expect(property(toClient!.calendar!.text, "UID")).not.toBe(
    property(toCoach!.calendar!.text, "UID"),
  );
});

test("reminders lie ready a day and an hour before, without a person in them", async () => {
  const { coach, client } = await pair();
  const { id } = await book(client, coach);
  const reminders = await room.reminders(id);
  expect(reminders.map(({ runAt }) => runAt.toISOString())).toEqual([
    "2031-03-05T15:00:00.000Z",
    "2031-03-06T14:00:00.000Z",
  ]);
  for (const { payload } of reminders) {
    expect(JSON.stringify(payload)).not.toContain(client);
    expect(JSON.stringify(payload)).not.toContain(coach);
  }
});

test("who books for the next day is reminded once, an hour before", async () => {
  const { coach, client } = await pair();
  const { id } = await book(client, coach, minuteOf("2031-03-03T18:00:00Z"));
  expect((await room.reminders(id)).map(({ runAt }) => runAt.toISOString())).toEqual([
    "2031-03-03T17:00:00.000Z",
  ]);
});

test("moving keeps the booking and its UIDs, counts SEQUENCE up and moves the reminders", async () => {
  const { coach, client } = await pair();
  const { id } = await book(client, coach);
  const friday = THURSDAY_TEN + 1440;
  expect((await move(client, id, friday)).answer!.booking).toMatchObject({
    id,
    state: "confirmed",
    start: "2031-03-07T15:00:00.000Z",
    end: "2031-03-07T15:50:00.000Z",
  });
  await room.must(coach, moveBooking, { params: { id }, body: { start: friday + 60 } });
  for (const who of [client, coach]) {
    const letters = await room.lettersTo(who);
    expect(letters.map(({ template }) => template)).toEqual([
      "booking-held",
      "booking-moved",
      "booking-moved",
    ]);
    const files = letters.map(({ calendar }) => calendar!.text);
    expect(files.map((file) => property(file, "SEQUENCE"))).toEqual(["0", "1", "2"]);
    expect(new Set(files.map((file) => property(file, "UID"))).size).toBe(1);
    expect(letters[2]!.calendar!.method).toBe("REQUEST");
    expect(letters[2]!.fields["before"]).toBe(letters[1]!.fields["when"]);
  }
  expect((await room.reminders(id)).map(({ runAt }) => runAt.toISOString())).toEqual([
    "2031-03-06T16:00:00.000Z",
    "2031-03-07T15:00:00.000Z",
  ]);
  // The first hour is free again.
  expect(await hold(await room.join(), coach)).toBeTruthy();
});

test("a session may move into an hour that overlaps itself", async () => {
  const { coach, client } = await pair();
  const { id } = await book(client, coach);
  expect((await move(client, id, THURSDAY_TEN + 30)).status).toBe(200);
});

test("the same move asked for twice, even at once, is one move", async () => {
  const { coach, client } = await pair();
  const { id } = await book(client, coach);
  const told = await Promise.all([1, 2, 3, 4].map(() => move(client, id, TUESDAY_NOON)));
  const again = await move(client, id, TUESDAY_NOON);
  for (const { answer } of told) expect(answer).toEqual(again.answer);
  expect(await room.lettersTo(coach)).toHaveLength(2);
  expect(await room.reminders(id)).toHaveLength(2);
});

test("a booking that one moves while the other cancels it is cancelled in the end, with a letter for each step", async () => {
  const { coach, client } = await pair();
  const { id } = await book(client, coach);
  const [moved] = await Promise.all([move(client, id, TUESDAY_NOON), cancel(coach, id)]);
  const [booking] = await room.bookings(client);
  expect(booking).toMatchObject({ id, state: "cancelled", cancelledBy: "coach" });
  const letters = moved.status === 200 ? 3 : 2;
  expect(await room.lettersTo(client)).toHaveLength(letters);
  expect(await room.reminders(id)).toEqual([]);
});

test("an agreement accepted twice at once is one", async () => {
  const { coach, client } = await pair();
  await Promise.all([agree(client, coach), agree(client, coach), agree(client, coach)]);
  const { accepted } = await room.must(client, readAgreements);
  expect(accepted).toEqual([{ coach, version: AGREEMENT }]);
});

test("a booking can't be moved to a time that isn't free, and stays where it is", async () => {
  const { coach, client } = await pair();
  const { id } = await book(client, coach);
  await book(await room.join(), coach, TUESDAY_NOON);
  for (const who of [client, coach]) {
    expect((await move(who, id, TUESDAY_NOON)).refusal?.type).toBe("SlotTaken");
    expect((await move(who, id, TUESDAY_NOON + 7)).refusal?.type).toBe("SlotTaken");
  }
  expect((await room.bookings(client))[0]?.start).toBe("2031-03-06T15:00:00.000Z");
  expect(await room.lettersTo(client)).toHaveLength(1);
});

test("a client hears that an hour is promised elsewhere, the coach only that it isn't free", async () => {
  const { coach, client } = await pair();
  const elsewhere = await room.publishedCoach();
  const { id } = await book(client, coach);
  await book(client, elsewhere, TUESDAY_NOON);
  expect((await move(client, id, TUESDAY_NOON)).refusal?.type).toBe("OwnHour");
  expect((await move(coach, id, TUESDAY_NOON)).refusal?.type).toBe("SlotTaken");
});

test("cancelling tells both, withdraws the reminders and frees the hour", async () => {
  const { coach, client } = await pair();
  const { id } = await book(client, coach);
  const { booking } = (await cancel(client, id)).answer!;
  expect(booking).toMatchObject({ id, state: "cancelled", cancelledBy: "client" });
  expect(await room.reminders(id)).toEqual([]);
  for (const who of [client, coach]) {
    const last = (await room.lettersTo(who)).at(-1)!;
    expect(last.template).toBe("booking-cancelled");
    expect(last.calendar!.method).toBe("CANCEL");
    expect(property(last.calendar!.text, "SEQUENCE")).toBe("1");
  }
  expect(await hold(await room.join(), coach)).toBeTruthy();
});

test("a booking cancelled twice is cancelled once, by whoever came first", async () => {
  const { coach, client } = await pair();
  const { id } = await book(client, coach);
  await Promise.all([cancel(client, id), cancel(coach, id), cancel(client, id)]);
  expect(await room.lettersTo(client)).toHaveLength(2);
  expect(await room.lettersTo(coach)).toHaveLength(2);
  expect((await move(client, id, TUESDAY_NOON)).refusal?.type).toBe("AlreadyCancelled");
});

test("a client may change until the coach's notice, the coach until the start", async () => {
  const { coach, client } = await pair();
  const { id } = await book(client, coach);
  const start = THURSDAY_TEN * 60_000;
  room.clock.at = start - 24 * 3_600_000;
  expect((await move(client, id, THURSDAY_TEN + 1440)).refusal?.type).toBe("TooLate");
  expect((await cancel(client, id)).refusal?.type).toBe("TooLate");
  room.clock.at = start - 1;
  expect((await move(coach, id, THURSDAY_TEN + 1440)).status).toBe(200);
  expect((await move(coach, id, THURSDAY_TEN + 1440 + 60)).status).toBe(200);
  room.clock.at = start + 1440 * 60_000 + 60 * 60_000;
  expect((await move(coach, id, THURSDAY_TEN + 5 * 1440)).refusal?.type).toBe("TooLate");
  expect((await cancel(coach, id)).refusal?.type).toBe("TooLate");
});

test("a longer notice binds nobody who booked before", async () => {
  const { coach, client } = await pair();
  const { id, changeableUntil } = await book(client, coach);
  await room.must(coach, writeHours, { body: { ...HOURS, cancelNoticeHours: 168 } });
  expect((await room.bookings(client))[0]?.changeableUntil).toBe(changeableUntil);
  expect((await cancel(client, id)).status).toBe(200);
});

test("for everybody else a booking isn't there, and a coach doesn't see what is only held", async () => {
  const { coach, client } = await pair();
  const stranger = await room.join();
  const { id } = await book(client, coach);
  for (const [who, booking] of [
    [stranger, id],
    [client, NOBODY],
  ] as const) {
    expect((await move(who, booking, TUESDAY_NOON)).refusal?.type).toBe("NotFound");
    expect((await cancel(who, booking)).refusal?.type).toBe("NotFound");
  }
  const held = await hold(stranger, coach, TUESDAY_NOON);
  for (const who of [coach, stranger]) {
    expect((await move(who, held, TUESDAY_TEN)).refusal?.type).toBe("NotFound");
    expect((await cancel(who, held)).refusal?.type).toBe("NotFound");
  }
  expect(await room.bookings(coach)).toHaveLength(1);
  expect(await room.bookings(stranger)).toEqual([]);
});

test("bookings are shown for thirty days after they were", async () => {
  const { coach, client } = await pair();
  await book(client, coach);
  const over = THURSDAY_TEN * 60_000 + 50 * 60_000;
  room.clock.at = over + 30 * 86_400_000 - 1;
  expect(await room.bookings(client)).toHaveLength(1);
  room.clock.at = over + 30 * 86_400_000;
  expect(await room.bookings(client)).toEqual([]);
});

test("a time in the hour that comes twice is told apart in letters", async () => {
  room.clock.at = Date.parse("2031-10-31T12:00:00Z");
  const coach = await room.publishedCoach({
    weekly: [{ day: 0, start: 0, end: 300 }],
    rules: { ...HOURS.rules, lengthMinutes: { chemistry: 60, session: 60 }, bufferAfterMinutes: 0 },
  });
  const [first, second] = [await room.join(), await room.join()];
  await book(first, coach, minuteOf("2031-11-02T05:30:00Z"));
  await book(second, coach, minuteOf("2031-11-02T06:30:00Z"));
  const when = async (who: string) => (await room.lettersTo(who))[0]!.fields["when"];
  expect(await when(first)).toBe("Sunday, 2 November 2031 at 01:30 Eastern Daylight Time");
  expect(await when(second)).toBe("Sunday, 2 November 2031 at 01:30 Eastern Standard Time");
});

test("bookings need somebody who is signed in", async () => {
  for (const route of [readBookings, readSlots, readAgreements])
    expect(await room.refusal(null, route, { params: { coach: NOBODY } })).toBe("NotSignedIn");
});
