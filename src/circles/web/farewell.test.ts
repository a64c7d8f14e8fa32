import { randomBytes } from "node:crypto";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { FIRST_DAY, withCircles, type Doctor } from "../../../tests/circles.ts";
import { community } from "../../../tests/pass-issuer.ts";
import { seatCircle, type SeatedCircle } from "../../../tests/seated-circle.ts";
import type { HeldBadge } from "#pass/wallet.ts";
import { ok } from "#platform/result.ts";
import { readMyPlace } from "../contract.ts";
import { dropMessage, readThread } from "../room-contract.ts";
import { hpke } from "../room/web/hpke.ts";
import { badgeInUse, findBehind, takeBack, type Behind, type Going } from "./farewell.ts";
import { toStanding, type OwnSeat } from "./own-badge.ts";
import { makeVisit } from "./visit.ts";

const circles = withCircles();
const outside = fetch;
/** How many more requests to take something back the line lets through. */
let dropsLeft = Infinity;

beforeAll(() => {
  vi.stubGlobal("fetch", (address: string, init: RequestInit) => {
    if (address.startsWith("http")) return outside(address, init);
    if (address === dropMessage.path && dropsLeft-- <= 0) throw new TypeError("no network");
    return outside(circles.address() + address, init);
  });
});

let seated: SeatedCircle;
let daysOn = 0;

/** Limits count by the minute, on a clock that stands still: every test has a day of its own. */
beforeEach(async () => {
  circles.setDay(Temporal.PlainDate.from(FIRST_DAY).add({ days: daysOn++ }).toString());
  seated = await seatCircle(circles, 5);
  expect((await seated.rotate(0)).status).toBe(200);
});
afterEach(() => {
  dropsLeft = Infinity;
});

const ownOf = (doctor: Doctor): OwnSeat => {
  const { period } = circles.issuer.log.keys[0]!;
  return { ...doctor, bornIn: { period, number: 0 }, period };
};

function goingOf(doctor: Doctor, more: Partial<Going> = {}): Going {
  const own = ownOf(doctor);
  return {
    own,
    visit: makeVisit(own),
    hpke,
    readLogs: () =>
      Promise.resolve(
        ok({
          keyLog: circles.issuer.log,
          community,
          stewards: { keysOf: () => null, latest: null },
        }),
      ),
    keeping: { read: () => Promise.resolve(null), keepLater: () => undefined },
    now: () => circles.deps().clock.now(),
    random: (length) => new Uint8Array(randomBytes(length)),
    wait: () => Promise.resolve(),
    onTaken: () => undefined,
    isWanted: () => true,
    ...more,
  };
}

async function behindOf({ own, visit }: Going): Promise<Behind> {
  const found = await findBehind(own, visit);
  if (!found.ok) throw new Error(found.refusal.type);
  return found.value;
}

/** The places of the thread that still have words, as the second member reads it. */
async function places(): Promise<number[]> {
  const { answer } = await circles.ask(readThread, { visit: seated.visits[1]!, after: 0 });
  return answer!.messages.flatMap(({ sequence, message }) => (message === null ? [] : [sequence]));
}

async function talk(): Promise<void> {
  for (const by of [0, 1, 0, 2, 0]) expect((await seated.post(by, "Said.")).status).toBe(200);
}

test("one's own words are found by their marks, and nobody else's", async () => {
  await talk();
  const behind = await behindOf(goingOf(seated.members[0]!));
  expect(behind).toMatchObject({ isWaiting: false, circle: seated.circle });
  expect(behind.messages).toHaveLength(3);
});

test("they are taken back and the seat is left; what the others said stands", async () => {
  await talk();
  const told: number[] = [];
  const going = goingOf(seated.members[0]!, { onTaken: (taken) => told.push(taken) });
  expect(await takeBack(await behindOf(going), going)).toEqual(ok(null));
  expect(await places()).toEqual([2, 4]);
  expect(told).toEqual([1, 2, 3]);
  const { seats } = await seated.log(1);
  const gone = seats.filter(({ ended }) => ended === "left").map(({ pseudonym }) => pseudonym);
  expect(gone).toEqual([seated.members[0]!.keys.pseudonym]);
});

test("where the line breaks the rest still stands, and the next try goes on from there", async () => {
  await talk();
  const going = goingOf(seated.members[0]!);
  dropsLeft = 2;
  const broken = await takeBack(await behindOf(going), going);
  expect(broken).toMatchObject({ ok: false, refusal: { type: "Offline" } });
  dropsLeft = Infinity;
  expect(await places()).toEqual([2, 4, 5]);
  const rest = await behindOf(going);
  expect(rest.messages).toHaveLength(1);
  expect(await takeBack(rest, going)).toEqual(ok(null));
  expect(await places()).toEqual([2, 4]);
});

test("who closes the question in the middle keeps their seat and what wasn't taken back yet", async () => {
  await talk();
  let taken = 0;
  const going = goingOf(seated.members[0]!, {
    onTaken: (count) => (taken = count),
    isWanted: () => taken === 0,
  });
  expect((await takeBack(await behindOf(going), going)).ok).toBe(false);
  expect(await places()).toEqual([2, 3, 4, 5]);
  expect((await behindOf(going)).circle).toBe(seated.circle);
});

test("who only waits stops waiting", async () => {
  const doctor = circles.doctor();
  const visit = await circles.wait(doctor);
  const going = goingOf(doctor);
  const behind = await behindOf(going);
  expect(behind).toEqual({ isWaiting: true, circle: null, messages: [] });
  expect(await takeBack(behind, going)).toEqual(ok(null));
  expect((await circles.ask(readMyPlace, { visit })).answer!.waiting).toBe(null);
});

test("no badge is shown for who never came to the circles, or has left them", () => {
  const { period } = circles.issuer.log.keys[0]!;
  const bornIn = { period, number: 0 };
  const held = (): HeldBadge => ({
    pass: new Uint8Array(circles.doctor().badge),
    bornIn,
    period,
  });
  const badge = held();
  const other = { ...held(), bornIn: { period, number: 1 } };
  const standing = toStanding(bornIn, false);
  expect(badgeInUse([badge], null, FIRST_DAY)).toBe(null);
  expect(badgeInUse([badge], toStanding(bornIn, true), FIRST_DAY)).toBe(null);
  expect(badgeInUse([other], standing, FIRST_DAY)).toBe(null);
  expect(badgeInUse([other, badge], standing, FIRST_DAY)).toBe(badge);
});
