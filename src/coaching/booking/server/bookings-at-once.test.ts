import { expect, test } from "vitest";
import { AGREEMENT, minuteOf, withCoaching } from "../../../../tests/coaching.ts";
import {
  acceptAgreement,
  cancelBooking,
  confirmBooking,
  holdSlot,
  moveBooking,
} from "../contract.ts";

const room = withCoaching();

const THURSDAY_TEN = minuteOf("2031-03-06T15:00:00Z");

test("whatever many people do at once, no two sessions overlap and every change has its letters", async () => {
  const coaches = [await room.publishedCoach(), await room.publishedCoach()];
  const people = await Promise.all(Array.from({ length: 10 }, () => room.join()));
  for (const who of people)
    for (const coach of coaches)
      await room.must(who, acceptAgreement, { body: { coach, version: AGREEMENT } });
  const times = Array.from({ length: 8 }, (_, nth) => THURSDAY_TEN + nth * 30);
  const random = seeded(20_311);
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)]!;
  const actOnce = async (who: string): Promise<void> => {
    const mine = (await room.bookings(who)).filter(({ state }) => state === "confirmed");
    const dice = random();
    if (mine.length > 0 && dice < 0.3) {
      const params = { id: pick(mine).id };
      await room.ask(who, moveBooking, { params, body: { start: pick(times) } });
      return;
    }
    if (mine.length > 0 && dice < 0.5) {
      await room.ask(who, cancelBooking, { params: { id: pick(mine).id } });
      return;
    }
    const coach = pick(coaches);
    const body = { coach, kind: "session", start: pick(times) } as const;
    const held = await room.ask(who, holdSlot, { body });
    if (held.answer) await room.ask(who, confirmBooking, { body: { hold: held.answer.booking } });
  };
  for (let round = 0; round < 4; round++) await Promise.all(people.map(actOnce));

  const { rows } = await room.cluster.owner.query<Record<string, string & number>>(
    "select id, state, sequence from coaching.booking where coach = any($1) and state <> 'held'",
    [coaches],
  );
  const overlapping = await room.cluster.owner.query(
    `select 1 from coaching.booking a join coaching.booking b on a.id < b.id and a.during && b.during
     and (a.coach = b.coach or a.client = b.client)
     where a.state = 'confirmed' and b.state = 'confirmed' and a.coach = any($1)`,
    [coaches],
  );
  expect(overlapping.rowCount).toBe(0);
  expect(rows.some(({ state }) => state === "confirmed")).toBe(true);
  const changes = rows.reduce((sum, { sequence }) => sum + Number(sequence) + 1, 0);
  const letters = await Promise.all([...people, ...coaches].map((who) => room.lettersTo(who)));
  expect(letters.flat()).toHaveLength(2 * changes);
  for (const { id, state } of rows)
    expect((await room.reminders(String(id))).length).toBe(state === "confirmed" ? 2 : 0);
});

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
