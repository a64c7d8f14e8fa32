import pg from "pg";
import { expect, test } from "vitest";
import { AGREEMENT, HOURS, minuteOf, withCoaching } from "../../../../tests/coaching.ts";
import { changeCoachState } from "../../directory/contract.ts";
import {
  acceptAgreement,
  confirmBooking,
  dropHold,
  holdSlot,
  readSlots,
  writeHours,
} from "../contract.ts";

const room = withCoaching();

// Monday, noon in New York is 17:00 in UTC until 9 March.
const TUESDAY_TEN = minuteOf("2031-03-04T15:00:00Z");
const TUESDAY_NOON = minuteOf("2031-03-04T17:00:00Z");
const MONDAY = minuteOf("2031-03-03T00:00:00Z");

const hold = (
  who: string,
  coach: string,
  start = TUESDAY_TEN,
  kind: "session" | "chemistry" = "session",
) => room.ask(who, holdSlot, { body: { coach, kind, start } });

const starts = async (
  who: string,
  coach: string,
  kind: "session" | "chemistry" = "session",
  app = room.app,
) => {
  const query = { kind, from: MONDAY, days: 14 };
  return (await room.must(who, readSlots, { params: { coach }, query }, app)).starts;
};

async function book(who: string, coach: string, start = TUESDAY_TEN, kind?: "chemistry") {
  await room.must(who, acceptAgreement, { body: { coach, version: AGREEMENT } });
  const { booking } = await room.must(who, holdSlot, {
    body: { coach, kind: kind ?? "session", start },
  });
  return (await room.must(who, confirmBooking, { body: { hold: booking } })).booking;
}

test("free times say how long a session is, in which zone, and what the notice is", async () => {
  const [coach, member] = [await room.publishedCoach(), await room.join()];
  const query = { kind: "chemistry", from: MONDAY, days: 1 } as const;
  const told = await room.must(member, readSlots, { params: { coach }, query });
  expect(told).toMatchObject({
    lengthMinutes: 20,
    timeZone: "America/New_York",
    cancelNoticeHours: 24,
  });
  // It is seven in the morning there; the notice is an hour, and the day begins at nine.
  expect(told.starts[0]).toBe(minuteOf("2031-03-03T14:00:00Z"));
});

test("fifty people who want the same hour at once: one gets it", async () => {
  const coach = await room.publishedCoach();
  const people = await Promise.all(Array.from({ length: 50 }, () => room.join()));
  const other = await room.node();
  const told = await Promise.all(
    people.map((who, nth) =>
      room.ask(
        who,
        holdSlot,
        { body: { coach, kind: "session", start: TUESDAY_TEN } },
        nth % 2 === 0 ? room.app : other,
      ),
    ),
  );
  expect(told.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(told.filter(({ refusal }) => refusal?.type === "SlotTaken")).toHaveLength(49);
  await other.close();
});

test("fifty people who want overlapping hours at once get no two that overlap", async () => {
  const coach = await room.publishedCoach();
  const people = await Promise.all(Array.from({ length: 50 }, () => room.join()));
  await Promise.all(people.map((who, nth) => hold(who, coach, TUESDAY_TEN + (nth % 6) * 30)));
  const { rows } = await room.cluster.owner.query<{ start: Date }>(
    "select lower(during) as start from coaching.booking where coach = $1 order by 1",
    [coach],
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const [nth, { start }] of rows.entries())
    if (nth > 0)
      expect(start.getTime() - rows[nth - 1]!.start.getTime()).toBeGreaterThanOrEqual(60 * 60_000);
});

test("what is held is not offered to others, and is offered again when the hold runs out", async () => {
  const coach = await room.publishedCoach();
  const [first, second] = [await room.join(), await room.join()];
  expect(await starts(second, coach)).toContain(TUESDAY_TEN);
  const held = await hold(first, coach);
  expect(Date.parse(held.answer!.heldUntil) - room.clock.at).toBe(5 * 60_000);
  expect(await starts(second, coach)).not.toContain(TUESDAY_TEN);
  const before = room.clock.at;
  room.clock.at = before + 5 * 60_000 - 1;
  expect((await hold(second, coach)).refusal?.type).toBe("SlotTaken");
  room.clock.at = before + 5 * 60_000;
  expect(await starts(second, coach)).toContain(TUESDAY_TEN);
  expect((await hold(second, coach)).status).toBe(200);
});

test("only what is offered can be held", async () => {
  const coach = await room.publishedCoach({
    exceptions: [{ date: "2031-03-05", windows: [] }],
    rules: { ...HOURS.rules, horizonDays: 7 },
  });
  const member = await room.join();
  for (const start of [
    minuteOf("2031-03-03T12:30:00Z"), // before the day begins
    TUESDAY_TEN + 1, // between two steps
    minuteOf("2031-03-04T21:30:00Z"), // would end after the day does
    minuteOf("2031-03-05T15:00:00Z"), // a day off
    minuteOf("2031-03-08T15:00:00Z"), // a Saturday
    minuteOf("2031-03-12T14:00:00Z"), // beyond the horizon
    minuteOf("2031-02-25T15:00:00Z"), // past
  ])
    expect((await hold(member, coach, start)).refusal?.type).toBe("SlotTaken");
  expect((await hold(member, coach)).status).toBe(200);
});

test("only the server's clock counts: a device that is days behind sees nothing that has passed, nor within the notice", async () => {
  const [coach, member] = [await room.publishedCoach(), await room.join()];
  room.clock.at = Date.parse("2031-03-04T14:30:00Z");
  const nowMinute = room.clock.at / 60_000;
  const query = { kind: "session", from: nowMinute - 4 * 1440, days: 6 } as const;
  const { starts: seen } = await room.must(member, readSlots, { params: { coach }, query });
  expect(Math.min(...seen)).toBe(nowMinute + 60);
  for (const start of [nowMinute - 1440, nowMinute - 30, nowMinute, nowMinute + 30])
    expect([start, (await hold(member, coach, start)).refusal?.type]).toEqual([start, "SlotTaken"]);
  expect((await hold(member, coach, nowMinute + 60)).status).toBe(200);
  // Nor can a device say what time it is.
  const body = { coach, kind: "session", start: nowMinute + 120, now: nowMinute - 1440 } as const;
  expect(await room.refusal(member, holdSlot, { body })).toBe("BadInput");
});

test("a tab left open for a week confirms nothing that has run out, though its own clock stood still", async () => {
  const [coach, member] = [await room.publishedCoach(), await room.join()];
  await room.must(member, acceptAgreement, { body: { coach, version: AGREEMENT } });
  const held = (await hold(member, coach)).answer!.booking;
  room.clock.at += 7 * 86_400_000;
  const confirm = room.ask(member, confirmBooking, { body: { hold: held } });
  expect((await confirm).refusal?.type).toBe("HoldExpired");
  expect(await room.bookings(member)).toEqual([]);
  expect(await room.lettersTo(coach)).toEqual([]);
});

test("a day at its cap offers nothing more, the next day does", async () => {
  const coach = await room.publishedCoach({ rules: { ...HOURS.rules, dailyCap: 1 } });
  const [first, second] = [await room.join(), await room.join()];
  await book(first, coach);
  expect((await hold(second, coach, TUESDAY_NOON)).refusal?.type).toBe("SlotTaken");
  expect((await hold(second, coach, TUESDAY_TEN + 1440)).status).toBe(200);
});

test("the pause after a session is kept", async () => {
  const coach = await room.publishedCoach({
    rules: { ...HOURS.rules, stepMinutes: 10, bufferBeforeMinutes: 10, bufferAfterMinutes: 20 },
  });
  const [first, second] = [await room.join(), await room.join()];
  await book(first, coach);
  expect((await hold(second, coach, TUESDAY_TEN + 70)).refusal?.type).toBe("SlotTaken");
  expect((await hold(second, coach, TUESDAY_TEN + 80)).status).toBe(200);
});

test("a new hold gives back the earlier one, with the same coach or another", async () => {
  const [coach, other] = [await room.publishedCoach(), await room.publishedCoach()];
  const [member, watcher] = [await room.join(), await room.join()];
  await hold(member, coach);
  await hold(member, coach, TUESDAY_NOON);
  expect(await starts(watcher, coach)).toContain(TUESDAY_TEN);
  expect(await starts(watcher, coach)).not.toContain(TUESDAY_NOON);
  await hold(member, other, TUESDAY_NOON);
  expect(await starts(watcher, coach)).toContain(TUESDAY_NOON);
});

test("a hold that is refused leaves the earlier one", async () => {
  const coach = await room.publishedCoach();
  const [member, other] = [await room.join(), await room.join()];
  await book(other, coach, TUESDAY_NOON);
  const kept = await hold(member, coach);
  expect((await hold(member, coach, TUESDAY_NOON)).refusal?.type).toBe("SlotTaken");
  await room.must(member, acceptAgreement, { body: { coach, version: AGREEMENT } });
  const confirmed = await room.ask(member, confirmBooking, {
    body: { hold: kept.answer!.booking },
  });
  expect(confirmed.status).toBe(200);
});

test("the same hold asked for twice is one hold, good for five minutes from then", async () => {
  const [coach, member] = [await room.publishedCoach(), await room.join()];
  const first = await hold(member, coach);
  room.clock.at += 60_000;
  const again = await hold(member, coach);
  expect(again.answer!.booking).toBe(first.answer!.booking);
  expect(Date.parse(again.answer!.heldUntil)).toBe(room.clock.at + 5 * 60_000);
});

test("the same hold asked for many times at once is one hold", async () => {
  const [coach, member] = [await room.publishedCoach(), await room.join()];
  const told = await Promise.all(Array.from({ length: 6 }, () => hold(member, coach)));
  const ids = new Set(told.map(({ answer }) => answer?.booking));
  expect([ids.size, told.map(({ status }) => status)]).toEqual([1, Array(6).fill(200)]);
});

test("nobody can be in two sessions at once, as client or as coach", async () => {
  const [coach, other] = [await room.publishedCoach(), await room.publishedCoach()];
  const member = await room.join();
  await book(member, coach);
  expect((await hold(member, other, TUESDAY_TEN + 30)).refusal?.type).toBe("OwnHour");
  // A coach who has a client then can't be a client then.
  expect((await hold(coach, other)).refusal?.type).toBe("OwnHour");
  // And a coach who is a client then isn't offered then.
  await book(coach, other, TUESDAY_NOON);
  expect(await starts(member, coach)).not.toContain(TUESDAY_NOON);
  expect((await hold(await room.join(), coach, TUESDAY_NOON)).refusal?.type).toBe("SlotTaken");
});

test("a pair has one chemistry call, and a cancelled one doesn't count", async () => {
  const [coach, member] = [await room.publishedCoach(), await room.join()];
  expect(await starts(member, coach, "chemistry")).not.toHaveLength(0);
  const call = await book(member, coach, TUESDAY_TEN, "chemistry");
  // While it lies ahead, it may be moved: its times are shown, but no second one is given.
  expect(await starts(member, coach, "chemistry")).not.toHaveLength(0);
  expect((await hold(member, coach, TUESDAY_NOON, "chemistry")).refusal?.type).toBe("SlotTaken");
  const now = room.clock.at;
  room.clock.at = Date.parse("2031-03-05T12:00:00Z");
  expect(await starts(member, coach, "chemistry")).toHaveLength(0);
  expect(await starts(member, coach)).not.toHaveLength(0);
  room.clock.at = now;
  await room.cluster.owner.query(
    "update coaching.booking set state = 'cancelled', cancelled_by = 'coach' where id = $1",
    [call.id],
  );
  expect((await hold(member, coach, TUESDAY_NOON, "chemistry")).status).toBe(200);
});

test("a coach who gives no free call isn't asked for one", async () => {
  const price = { currency: "USD", minorUnitsPerSession: 9_000, freeChemistryCall: false };
  const [coach, member] = [await room.publishedCoach({}, { price }), await room.join()];
  expect(await starts(member, coach, "chemistry")).toHaveLength(0);
  expect((await hold(member, coach, TUESDAY_TEN, "chemistry")).refusal?.type).toBe("SlotTaken");
});

test("coaches who aren't published aren't there", async () => {
  const [paused, draft] = [await room.publishedCoach(), await room.join(["coach"])];
  const [member, nobody] = [await room.join(), "00000000-0000-4000-8000-000000000000"];
  await room.must(draft, writeHours, { body: HOURS });
  await room.must(paused, changeCoachState, { body: { to: "paused" } });
  const query = { kind: "session", from: MONDAY, days: 7 } as const;
  for (const coach of [paused, draft, member, nobody]) {
    expect((await hold(member, coach)).refusal?.type).toBe("NotFound");
    expect(await room.refusal(member, readSlots, { params: { coach }, query })).toBe("NotFound");
    const body = { coach, version: AGREEMENT };
    expect(await room.refusal(member, acceptAgreement, { body })).toBe("NotFound");
  }
});

test("who isn't a coach any more can't be booked, and who has left can't book", async () => {
  const [coach, other, leaver] = [
    await room.publishedCoach(),
    await room.publishedCoach(),
    await room.join(),
  ];
  const { owner } = room.cluster;
  await owner.query("update identity.account set roles = '{}' where id = $1", [coach]);
  expect((await hold(leaver, coach)).refusal?.type).toBe("NotFound");
  // The session is known in memory for a while yet.
  expect(await starts(leaver, other)).toContain(TUESDAY_TEN);
  await owner.query("delete from identity.account where id = $1", [leaver]);
  expect((await hold(leaver, other)).refusal?.type).toBe("NotSignedIn");
});

test("coaches see their own free times and can't book themselves", async () => {
  const coach = await room.publishedCoach();
  expect(await starts(coach, coach)).toContain(TUESDAY_TEN);
  expect((await hold(coach, coach)).refusal?.type).toBe("NotFound");
});

test("who has a session with a coach who pauses still sees times to move it to", async () => {
  const [coach, member] = [await room.publishedCoach(), await room.join()];
  await book(member, coach);
  await room.must(coach, changeCoachState, { body: { to: "paused" } });
  expect(await starts(member, coach)).toContain(TUESDAY_NOON);
  expect((await hold(member, coach, TUESDAY_NOON)).refusal?.type).toBe("NotFound");
});

test("a hold can be given back by who holds it, and by nobody else", async () => {
  const coach = await room.publishedCoach();
  const [member, other] = [await room.join(), await room.join()];
  const { booking } = (await hold(member, coach)).answer!;
  for (const who of [other, coach]) await room.must(who, dropHold, { params: { id: booking } });
  expect(await starts(other, coach)).not.toContain(TUESDAY_TEN);
  await room.must(member, dropHold, { params: { id: booking } });
  expect(await starts(other, coach)).toContain(TUESDAY_TEN);
  await room.must(member, dropHold, { params: { id: booking } });
});

test("giving a hold back doesn't cancel what was confirmed", async () => {
  const [coach, member] = [await room.publishedCoach(), await room.join()];
  const booking = await book(member, coach);
  await room.must(member, dropHold, { params: { id: booking.id } });
  expect((await room.bookings(member))[0]?.state).toBe("confirmed");
});

test("what one node books, another stops offering", async () => {
  const other = await room.node();
  const [coach, member] = [await room.publishedCoach(), await room.join()];
  expect(await starts(member, coach, "session", other)).toContain(TUESDAY_TEN);
  await hold(await room.join(), coach);
  await expect.poll(() => starts(member, coach, "session", other)).not.toContain(TUESDAY_TEN);
  await other.close();
});

test.each([
  ["coach", "SlotTaken"],
  ["client", "OwnHour"],
] as const)(
  "the database itself keeps a %s's hour from being given twice",
  async (whose, refusal) => {
    const [coach, member] = [await room.publishedCoach(), await room.join()];
    const [otherCoach, otherMember] = [await room.publishedCoach(), await room.join()];
    // Somebody who books without taking turns, and isn't done yet when the hold is asked for.
    const rude = new pg.Client(room.address);
    await rude.connect();
    await rude.query("begin");
    await rude.query(
      `insert into coaching.booking (id, coach, client, during, kind, state, cancel_notice_hours)
       values (gen_random_uuid(), $1, $2, tstzrange('2031-03-04 15:20Z', '2031-03-04 15:40Z'), 'session', 'confirmed', 0)`,
      whose === "coach" ? [coach, otherMember] : [otherCoach, member],
    );
    const asking = hold(member, coach);
    await expect
      .poll(async () => {
        const { rows } = await room.cluster.owner.query(
          "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into \"coaching\".\"booking\"%'",
        );
        return rows.length;
      })
      .toBe(1);
    await rude.query("commit");
    await rude.end();
    expect((await asking).refusal?.type).toBe(refusal);
  },
);
