import { expect, test } from "vitest";
import { AGREEMENT, minuteOf, withCoaching, type QueuedJob } from "../../../../tests/coaching.ts";
import { coachingTasks } from "../../server/tasks.ts";
import {
  acceptAgreement,
  cancelBooking,
  confirmBooking,
  holdSlot,
  moveBooking,
} from "../contract.ts";

const room = withCoaching();

const THURSDAY_TEN = minuteOf("2031-03-06T15:00:00Z");
const DAY_MS = 86_400_000;

async function booked() {
  const [coach, client] = [await room.publishedCoach(), await room.join([], "Europe/Berlin")];
  await room.must(client, acceptAgreement, { body: { coach, version: AGREEMENT } });
  const body = { coach, kind: "session", start: THURSDAY_TEN } as const;
  const { booking: id } = await room.must(client, holdSlot, { body });
  await room.must(client, confirmBooking, { body: { hold: id } });
  return { coach, client, id };
}

/** What the runner of jobs does when their time has come, and hands on what was sent. */
async function run(jobs: readonly QueuedJob[]): Promise<void> {
  for (const { task, payload } of jobs)
    await coachingTasks(room.deps)[task]!({ payload, attempt: 1 });
}

const remindersTo = async (who: string) =>
  (await room.lettersTo(who)).filter(({ template }) => template === "reminder");

test("a reminder is a letter to each of the two, without a calendar file", async () => {
  const { coach, client, id } = await booked();
  const [aDayBefore] = await room.reminders(id);
  room.clock.at = aDayBefore!.runAt.getTime();
  await run([aDayBefore!]);
  const [toClient] = await remindersTo(client);
  expect(toClient!.fields).toEqual({
    when: "Thursday, 6 March 2031 at 16:00 Central European Standard Time",
  });
  expect(toClient!.calendar).toBeUndefined();
  expect(await remindersTo(coach)).toHaveLength(1);
});

test("a reminder that was under way when the booking moved or ended says nothing", async () => {
  const moved = await booked();
  const early = await room.reminders(moved.id);
  const body = { start: THURSDAY_TEN + 1440 };
  await room.must(moved.client, moveBooking, { params: { id: moved.id }, body });
  await run(early);
  expect(await remindersTo(moved.client)).toEqual([]);

  const cancelled = await booked();
  const late = await room.reminders(cancelled.id);
  await room.must(cancelled.coach, cancelBooking, { params: { id: cancelled.id } });
  await run(late);
  expect(await remindersTo(cancelled.client)).toEqual([]);
});

test("nobody is reminded of what has begun", async () => {
  const { client, id } = await booked();
  const reminders = await room.reminders(id);
  room.clock.at = THURSDAY_TEN * 60_000;
  await run(reminders);
  expect(await remindersTo(client)).toEqual([]);
});

test("the sweep takes holds that ran out and bookings long cancelled, and nothing else", async () => {
  const kept = await booked();
  const cancelled = await booked();
  await room.must(cancelled.client, cancelBooking, { params: { id: cancelled.id } });
  const holder = await room.join();
  const body = { coach: kept.coach, kind: "session", start: THURSDAY_TEN + 60 } as const;
  const { booking: held } = await room.must(holder, holdSlot, { body });
  const sweep = () => coachingTasks(room.deps)["sweep-bookings"]!({ payload: {}, attempt: 1 });
  const left = async () => {
    const { rows } = await room.cluster.owner.query<{ id: string }>(
      "select id from coaching.booking where id = any($1)",
      [[kept.id, cancelled.id, held]],
    );
    return new Set(rows.map((row) => row.id));
  };
  room.clock.at += 5 * 60_000;
  await sweep();
  expect(await left()).toEqual(new Set([kept.id, cancelled.id, held]));
  room.clock.at += 60_000;
  await sweep();
  expect(await left()).toEqual(new Set([kept.id, cancelled.id]));
  room.clock.at = THURSDAY_TEN * 60_000 + 31 * DAY_MS;
  await sweep();
  expect(await left()).toEqual(new Set([kept.id]));
});
