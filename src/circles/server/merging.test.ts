import { beforeEach, expect, test } from "vitest";
import { withCircles, type Doctor } from "../../../tests/circles.ts";
import { circleOf, seatCircle, type SeatedCircle } from "../../../tests/seated-circle.ts";
import { readMyPlace, waitForCircle } from "../contract.ts";
import { agreeToMerge, disagreeToMerge } from "../merging-contract.ts";
import { extendRoomLog, readRoom, readThread } from "../room-contract.ts";
import { membersOf } from "../room/member-log.ts";
import type { CirclesDeps } from "./deps.ts";
import { mergeCircles } from "./merging.ts";
import { dropEmptyCircles } from "./merging-store.ts";
import { keepReport } from "./report-store.ts";
import { endCircle, keepSeatState } from "./room-store.ts";

const circles = withCircles();
const { ask } = circles;

/** Limits count by the minute, on a clock that stands still: every test has a day of its own. */
let day = Temporal.PlainDate.from("2026-12-05");
const query = (statement: string) => circles.database.cluster().owner.query(statement);

beforeEach(async () => {
  await query("delete from circles.circle");
  day = day.add({ days: 1 });
  circles.setDay(day.toString());
});

const mark = (of: number) => Buffer.alloc(32, of).toString("base64url");
const keyOf = ({ keys }: Doctor) => Buffer.from(keys.pseudonym, "base64url");
const merge = () => mergeCircles(circles.deps());

/** None of these begins at ten in the morning, which it always is here. */
const BLOCKS = [4, 5];

/** Out of five who sat down, so many who are left, with a key that they can talk under. */
async function smallCircle(members: number, themes = ["exhaustion"]): Promise<SeatedCircle> {
  const room = await seatCircle(circles, 5, { themes, blocks: BLOCKS });
  for (let by = 4; by >= members; by--) await room.extend(by, { kind: "left" });
  await room.rotate(0);
  return {
    ...room,
    members: room.members.slice(0, members),
    visits: room.visits.slice(0, members),
  };
}

const agree = (
  { circle, visits }: Pick<SeatedCircle, "circle" | "visits">,
  by: number,
  { blocks = [3, 8], employer = null as string | null } = {},
) => ask(agreeToMerge, { visit: visits[by]!, circle, blocks, employer });

const agreeAll = async (room: SeatedCircle, given?: Parameters<typeof agree>[2]) => {
  for (const by of room.visits.keys()) expect((await agree(room, by, given)).status).toBe(200);
};
const placeOf = async (visit: string) => (await ask(readMyPlace, { visit })).answer!;
const together = (...rooms: readonly SeatedCircle[]) =>
  circleOf(
    circles,
    rooms.flatMap(({ members }) => members),
    rooms.flatMap(({ visits }) => visits),
  );

test("no second circle for two weeks: the members are told, to the day, and no longer once one disagrees", async () => {
  const one = await smallCircle(3);
  await agreeAll(one);
  const isAlone = async (visit: string) => (await placeOf(visit)).merging!.isAlone;
  await merge();
  circles.setDay(day.add({ days: 13 }).toString());
  await merge();
  expect(await isAlone(await circles.visit(one.members[0]!))).toBe(false);
  circles.setDay(day.add({ days: 14 }).toString());
  const visit = await circles.visit(one.members[0]!);
  expect(await isAlone(visit)).toBe(true);
  await ask(disagreeToMerge, { visit });
  expect(await isAlone(visit)).toBe(false);
  await merge();
  const { rows } = await query("select willing_since from circles.circle");
  expect(rows).toEqual([{ willing_since: null }]);
});

test("two small circles all of whose members agree become one, and its members can talk", async () => {
  const [one, other] = [
    await smallCircle(3, ["error", "meaning"]),
    await smallCircle(4, ["error"]),
  ];
  await one.post(0, "The three of us.");
  await agreeAll(one);
  await agreeAll(other, { blocks: [20, 8] });
  expect(await merge()).toBe(1);

  const room = await together(one, other);
  const log = await room.log();
  expect(membersOf(log)).toEqual(room.members.map(({ keys }) => keys.pseudonym));
  expect([one.circle, other.circle]).not.toContain(room.circle);
  expect(await placeOf(room.visits[2]!)).toMatchObject({
    seat: {
      circle: room.circle,
      number: 2,
      state: "taken",
      block: 8,
      language: "en",
      themes: ["error", "meaning"],
      reasons: { hours: [8], themes: [], nearInStage: 0, others: 6, merged: true },
    },
    // Nobody has agreed to anything in the new one.
    merging: { agreed: 0, members: 7, blocks: null, isAlone: false },
  });
  // Nobody speaks under an old key.
  await expect(room.post(0, "Too early.")).rejects.toThrow("RotationDue");
  expect((await room.rotate(5)).status).toBe(200);
  expect((await room.post(6, "Good to have you.")).status).toBe(200);
  const thread = await ask(readThread, { visit: room.visits[1]!, after: 0 });
  expect(thread.answer!.messages).toHaveLength(1);
});

test("of the old circles nothing is left: no thread, no log, no key, no mark, no agreement", async () => {
  const [one, other] = [await smallCircle(3), await smallCircle(3)];
  await one.post(0, "Gone tomorrow.");
  await agreeAll(one, { employer: mark(1) });
  await agreeAll(other);
  expect(await merge()).toBe(1);
  const { rows } = await query(`select
    (select count(*)::int from circles.message) as messages,
    (select count(*)::int from circles.epoch) as epochs,
    (select count(*)::int from circles.merging) as agreements,
    (select count(distinct circle)::int from circles.log_entry) as logs`);
  expect(rows[0]).toEqual({ messages: 0, epochs: 0, agreements: 0, logs: 1 });
  // Their rows stay as long as somebody who left there may come for another badge.
  await dropEmptyCircles(circles.deps().db, "2027-01-31");
  expect((await query("select 1 from circles.circle")).rowCount).toBe(3);
  await dropEmptyCircles(circles.deps().db, "2027-02-01");
  expect((await query("select 1 from circles.circle")).rowCount).toBe(1);
});

test("who left before keeps that, and who lapsed may wait for a circle anew", async () => {
  const one = await seatCircle(circles, 5, { blocks: BLOCKS });
  const [gone, late] = [one.visits[4]!, one.visits[3]!];
  await one.extend(4, { kind: "left" });
  const { db } = circles.deps();
  await db
    .transaction()
    .execute((within) => keepSeatState(within, keyOf(one.members[3]!), "lapsed", 3));
  const three = { ...one, members: one.members.slice(0, 3), visits: one.visits.slice(0, 3) };
  const other = await smallCircle(3);
  await agreeAll(three);
  await agreeAll(other);
  expect(await merge()).toBe(1);
  expect((await placeOf(gone)).seat).toMatchObject({ state: "left", circle: one.circle });
  expect((await placeOf(late)).seat).toBe(null);
  const waiting = { themes: ["error"], blocks: [1], stage: 2, language: "en", employer: null };
  expect((await ask(waitForCircle, { visit: gone, waiting })).refusal?.type).toBe("Seated");
  expect((await ask(waitForCircle, { visit: late, waiting })).status).toBe(200);
  await query("delete from circles.waiting");
});

test("as long as one doesn't agree, or takes it back, nothing happens; the others learn how many do", async () => {
  const [one, other] = [await smallCircle(3), await smallCircle(3)];
  await agreeAll(other);
  await agree(one, 0);
  await agree(one, 1, { blocks: [9, 3], employer: mark(1) });
  expect(await merge()).toBe(0);
  const told = { agreed: 2, members: 3, isAlone: false };
  expect((await placeOf(one.visits[1]!)).merging).toEqual({
    ...told,
    blocks: [3, 9],
    avoidsEmployer: true,
  });
  expect((await placeOf(one.visits[2]!)).merging).toEqual({
    ...told,
    blocks: null,
    avoidsEmployer: false,
  });
  await agree(one, 2);
  expect((await ask(disagreeToMerge, { visit: one.visits[0]! })).status).toBe(200);
  expect(await merge()).toBe(0);
  await agree(one, 0);
  expect(await merge()).toBe(1);
});

test("an agreement is one with those who sit there: it ends with whoever leaves, not with a pause or an offer", async () => {
  const one = await smallCircle(4);
  await agreeAll(one);
  await query("update circles.seat set state = 'paused' where number = 1 and state = 'taken'");
  const stranger = circles.doctor();
  await circles.visit(stranger);
  await query(`insert into circles.seat (circle, pseudonym, state, offered_on, reasons)
    values ('${one.circle}', '\\x${keyOf(stranger).toString("hex")}', 'offered', '${day.toString()}', '{}')`);
  await query("delete from circles.seat where state = 'offered'");
  expect((await placeOf(one.visits[0]!)).merging).toMatchObject({ agreed: 4, members: 4 });
  await one.extend(3, { kind: "left" });
  expect((await placeOf(one.visits[0]!)).merging).toMatchObject({
    agreed: 0,
    members: 3,
    blocks: null,
  });
});

test.each([
  ["nobody was removed", "update circles.seat set state = 'removed' where number = 4"],
  [
    "no seat is offered",
    "update circles.seat set state = 'offered', number = null, offered_on = '2026-12-20' where number = 4",
  ],
  [
    "all badges may begin something",
    "update circles.pseudonym set begins_until = '2026-12-05' where key = (select min(pseudonym) from circles.merging)",
  ],
])("circles merge only where %s", async (_, otherwise) => {
  const [one, other] = [await smallCircle(4), await smallCircle(3)];
  await query(otherwise);
  for (const room of [one, other]) for (const by of room.visits.keys()) await agree(room, by);
  if (otherwise.includes("merging")) await query(otherwise);
  expect(await merge()).toBe(0);
});

test("a circle that somebody was removed from, that is full or that has ended can't be agreed on", async () => {
  const cannot = { status: 409, answer: null, refusal: { type: "CannotMerge" } };
  const one = await smallCircle(3);
  await agree(one, 0);
  await query("update circles.seat set state = 'removed' where state = 'left' and number = 4");
  expect(await agree(one, 1)).toEqual(cannot);
  expect((await placeOf(one.visits[0]!)).merging).toBe(null);
  const full = await seatCircle(circles, 8);
  expect(await agree(full, 0)).toEqual(cannot);
  expect((await placeOf(full.visits[0]!)).merging).toBe(null);
  const closed = await smallCircle(3);
  await agreeAll(closed);
  await circles
    .deps()
    .db.transaction()
    .execute((within) => endCircle(within, closed.circle));
  expect(await agree(closed, 0)).toEqual(cannot);
  expect((await query("select 1 from circles.merging")).rowCount).toBe(1);
});

test("as long as the stewards have to decide about a report, its circle stays", async () => {
  const [one, other] = [await smallCircle(3), await smallCircle(3)];
  await agreeAll(one);
  await agreeAll(other);
  const report = { circle: one.circle, stewardEpoch: 1, sealed: new Uint8Array(9) };
  await keepReport(circles.deps().db, report);
  expect(await merge()).toBe(0);
  await query("update circles.report set decision = 'dismissed'");
  expect(await merge()).toBe(1);
});

test("two who wish to meet nobody of their employer don't come together by a merging", async () => {
  const [one, other, third] = [await smallCircle(3), await smallCircle(3), await smallCircle(3)];
  await agreeAll(one, { employer: mark(1) });
  await agreeAll(other, { employer: mark(1) });
  expect(await merge()).toBe(0);
  const { rows } = await query("select employer from circles.merging limit 1");
  // What the device sent is keyed once more.
  expect((rows as { employer: Buffer }[])[0]!.employer).not.toEqual(Buffer.alloc(32, 1));
  await agreeAll(third, { employer: mark(2) });
  expect(await merge()).toBe(1);
  expect((await placeOf(third.visits[0]!)).seat!.reasons.merged).toBe(true);
});

test("what the older of two circles had become stays: closed to newcomers, and run by itself", async () => {
  const [one, other] = [await smallCircle(3), await smallCircle(3)];
  for (const number of [1, 2, 3, 4]) await one.extend(0, { kind: "met", number });
  await other.extend(0, { kind: "met", number: 1 });
  await agreeAll(one);
  await agreeAll(other);
  expect(await merge()).toBe(1);
  const room = await together(one, other);
  expect((await room.log()).meetings).toBe(4);
  const { rows } = await query("select meetings from circles.circle where not ended");
  expect(rows).toEqual([{ meetings: 4 }]);
  expect((await room.extend(0, { kind: "met", number: 5 })).status).toBe(200);
});

test("what breaks off in the middle leaves both circles as they were, and two nodes merge them once", async () => {
  const [one, other] = [await smallCircle(3), await smallCircle(3)];
  await one.post(0, "Still here.");
  await agreeAll(one);
  await agreeAll(other);
  const broken: CirclesDeps = {
    ...circles.deps(),
    // Asked for after the seats were moved and the threads deleted.
    currentLog: () => Promise.reject(new Error("cut off")),
  };
  await expect(mergeCircles(broken)).rejects.toThrow("cut off");
  expect((await placeOf(one.visits[0]!)).merging).toMatchObject({ agreed: 3, members: 3 });
  expect((await one.post(1, "All of it.")).status).toBe(200);
  expect(membersOf(await other.log())).toHaveLength(3);
  const merged = await Promise.all([merge(), merge(), merge()]);
  expect(merged.toSorted()).toEqual([0, 0, 1]);
});

test("who agrees or takes back while the two are being merged agrees to nothing in the new circle", async () => {
  const [one, other] = [await smallCircle(3), await smallCircle(3)];
  await agreeAll(one);
  await agreeAll(other);
  let agreeing: ReturnType<typeof agree> | null = null;
  const { currentLog } = circles.deps();
  const slow: CirclesDeps = {
    ...circles.deps(),
    currentLog: async () => {
      agreeing ??= agree(one, 0, { blocks: [1] });
      // Until it stands waiting for the seat that is being moved.
      for (let isWaiting = false; !isWaiting;) {
        const { rowCount } = await query(
          "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        isWaiting = rowCount! > 0;
      }
      return currentLog();
    },
  };
  expect(await mergeCircles(slow)).toBe(1);
  expect(((await agreeing!) as Awaited<ReturnType<typeof agree>>).status).toBe(409);
  expect((await query("select 1 from circles.merging")).rowCount).toBe(0);
});

test("no circle is merged while it is in its hour, nor with one steward", async () => {
  const [one, other] = [await smallCircle(3), await smallCircle(3)];
  await agreeAll(one);
  await agreeAll(other);
  circles.stewards.count = 1;
  expect(await merge()).toBe(0);
  circles.stewards.count = 2;
  // The clock says ten in the morning, UTC, which is the first hour of a day to meet at.
  const meetAt = (block: number) => query(`update circles.circle set block = ${block}`);
  const now = 3 * (day.dayOfWeek - 1);
  await meetAt(now);
  expect(await merge()).toBe(0);
  await meetAt((now + 3) % 21);
  expect(await merge()).toBe(1);
});

test("nothing can be agreed with but up to six hours of the week and a mark", async () => {
  const visit = await circles.visit(circles.doctor());
  const circle = "0198f2ab-0000-7000-8000-000000000001";
  const bad: readonly Readonly<Record<string, unknown>>[] = [
    { blocks: [0, 1, 2, 3, 4, 5, 6] },
    { blocks: [3, 3] },
    { blocks: [21] },
    { blocks: [-1] },
    { blocks: [] },
    { blocks: "3" },
    { employer: "Mercy Harbor" },
    { employer: undefined },
    { circle: "mine" },
    { themes: ["error"] },
  ];
  for (const over of bad) {
    const told = await ask(agreeToMerge, { visit, circle, blocks: [3], employer: null, ...over });
    expect([over, told.status, told.refusal?.type]).toEqual([over, 400, "BadInput"]);
  }
});

test("nobody agrees for a circle that isn't theirs, without a seat, or with an altered visit", async () => {
  const no = { status: 403, answer: null, refusal: { type: "NoSeat" } };
  const over = { status: 401, answer: null, refusal: { type: "VisitOver" } };
  const [one, other] = [await smallCircle(3), await smallCircle(3)];
  expect(await agree({ ...one, circle: other.circle }, 0)).toEqual(no);
  const stranger = await circles.visit(circles.doctor());
  expect(await agree({ ...one, visits: [stranger] }, 0)).toEqual(no);
  expect((await placeOf(stranger)).merging).toBe(null);
  await one.extend(2, { kind: "left" });
  expect(await agree(one, 2)).toEqual(no);
  expect(await agree({ ...one, visits: ["AAAA"] }, 0)).toEqual(over);
  expect(await ask(disagreeToMerge, { visit: "AAAA" })).toEqual(over);
  await query("update circles.pseudonym set begins_until = '2026-12-05'");
  expect((await agree(one, 0)).refusal?.type).toBe("BadgeEnded");
});

test("a device that is still in the old circle is told where it sits now, and can't write in either's log", async () => {
  const [one, other] = [await smallCircle(3), await smallCircle(3)];
  const before = await one.log();
  await agreeAll(one);
  await agreeAll(other);
  expect(await merge()).toBe(1);
  const visit = one.visits[0]!;
  const asked = { visit, logAfter: before.hashes.length - 1, epochsFrom: 2 };
  const { answer } = await ask(readRoom, asked);
  expect(answer!.circle).not.toBe(one.circle);
  const stale = await one.sealed(0, "Hello?", before);
  expect((await one.hand(0, stale)).status).not.toBe(200);
  const told = await ask(extendRoomLog, {
    visit,
    entry: {
      kind: "left",
      sequence: 2,
      signer: one.members[0]!.keys.pseudonym,
      signature: Buffer.alloc(64).toString("base64url"),
    },
    wraps: [],
  });
  expect(told.refusal?.type).toBe("EntryRefused");
});
