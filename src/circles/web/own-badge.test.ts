import { expect, test } from "vitest";
import { issuingPeriod, type Period } from "#pass/period.ts";
import type { Slot } from "#pass/slot.ts";
import type { HeldBadge } from "#pass/wallet.ts";
import { badgeAfter, chosenBadge, readHead, readStanding, toStanding } from "./own-badge.ts";

const period = (issuedOn: string): Period => issuingPeriod("circle-badge", issuedOn);
const slotOf = (of: Period): Slot => ({ period: of, number: 0 });
const badge = (of: Period, bornIn = slotOf(of)): HeldBadge => ({
  pass: new Uint8Array(386),
  bornIn,
  period: of,
});

const december = period("2026-11-15");
const january = period("2026-12-15");
const april = period("2027-03-15");
const now = (held: HeldBadge) => ({ at: "now", badge: held });

test("whoever holds none is told so, and whoever holds one for later from when it counts", () => {
  expect(chosenBadge([], null, "2026-11-22")).toEqual({ at: "none" });
  expect(chosenBadge([badge(january), badge(december)], null, "2026-11-22")).toEqual({
    at: "later",
    period: december,
  });
  expect(chosenBadge([badge(december)], null, "2027-02-01")).toEqual({ at: "none" });
});

test("the pseudonym goes on with its later badge, which lasts longer", () => {
  const born = slotOf(december);
  const [first, renewed] = [badge(december), badge(january, born)];
  const standing = toStanding(born, false);
  expect(chosenBadge([first, renewed], standing, "2026-12-20")).toEqual(now(first));
  expect(chosenBadge([first, renewed], standing, "2027-01-02")).toEqual(now(renewed));
});

test("in the month that two badges overlap, the pseudonym that sits comes before a fresh one", () => {
  const [old, fresh] = [badge(january), badge(april)];
  const sits = toStanding(slotOf(january), false);
  expect(chosenBadge([old, fresh], sits, "2027-04-10")).toEqual(now(old));
  expect(chosenBadge([old, fresh], sits, "2027-05-02")).toEqual(now(fresh));
});

test("who has left their circle comes with the next badge, and until there is one with the old", () => {
  const left = toStanding(slotOf(january), true);
  expect(chosenBadge([badge(january), badge(april)], left, "2027-04-10")).toEqual(
    now(badge(april)),
  );
  expect(chosenBadge([badge(january)], left, "2027-04-10")).toEqual(now(badge(january)));
});

test("a replacement takes over once it counts, and nobody goes back to a circle that they left before", () => {
  const [left, february] = [slotOf(january), period("2027-01-15")];
  const replaced = badge(february, { period: february, number: 1 });
  const held = [badge(january), replaced];
  const standing = toStanding(left, true);
  expect(chosenBadge(held, standing, "2027-01-20")).toEqual(now(held[0]!));
  expect(badgeAfter(held, left, "2027-01-20")).toBe(replaced);
  expect(chosenBadge(held, standing, "2027-02-01")).toEqual(now(replaced));
  const leftAgain = toStanding(replaced.bornIn, true);
  expect(chosenBadge(held, leftAgain, "2027-02-10")).toEqual(now(replaced));
  expect(badgeAfter(held, replaced.bornIn, "2027-02-10")).toBeNull();
  const next = badge(april);
  expect(badgeAfter([...held, next], replaced.bornIn, "2027-03-10")).toBe(next);
});

test("who left after the next quarter's badge had come on the same key holds none to begin anew with", () => {
  const born = slotOf(december);
  const held = [badge(december), badge(january, born)];
  expect(badgeAfter(held, born, "2026-12-20")).toBeNull();
  expect(chosenBadge(held, toStanding(born, true), "2027-01-02")).toEqual(now(held[1]!));
});

test("what was kept is read back, and nothing else is taken for it", () => {
  const standing = toStanding(slotOf(january), true);
  expect(readStanding(structuredClone(standing))).toEqual(standing);
  for (const odd of [null, 1, {}, { ...standing, number: "0" }, { ...standing, hasLeft: 1 }])
    expect(readStanding(odd)).toBeNull();
  const hash = Buffer.alloc(32, 7).toString("base64url");
  expect(readHead({ length: 3, hash })).toEqual({ length: 3, hash: new Uint8Array(32).fill(7) });
  for (const odd of [null, {}, { length: 3, hash: "short" }, { length: "3", hash }])
    expect(readHead(odd)).toBeNull();
});
