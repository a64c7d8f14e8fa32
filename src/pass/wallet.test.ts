import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { issuingPeriod, type Period } from "./period.ts";
import type { Slot } from "./slot.ts";
import {
  heldBadges,
  isSameSlot,
  plainSlot,
  pseudonymsFor,
  standingOf,
  type KeptPass,
  type KeptRenewal,
} from "./wallet.ts";

const month = (name: string): Period =>
  issuingPeriod(
    "circle-badge",
    Temporal.PlainDate.from(`${name}-01`).subtract({ days: 1 }).toString(),
  );
const slot = (name: string): Slot => plainSlot({ period: month(name), number: 0 });
const kept = (name: string, bornIn = name): KeptPass => ({
  period: month(name),
  number: 0,
  bornIn: slot(bornIn),
  pass: "AAAA",
});
const renewal = (name: string, isOver: boolean): KeptRenewal => ({
  bornIn: slot(name),
  isOver,
});

describe("the next badge is", () => {
  const held = [kept("2030-12"), kept("2031-01", "2030-12")];

  test("for a fresh pseudonym where there is none", () => {
    expect(pseudonymsFor(slot("2030-12"), [], null)).toEqual([slot("2030-12")]);
  });

  test("for the pseudonym of the last one, whatever order they were kept in", () => {
    for (const order of [held, held.toReversed()])
      expect(pseudonymsFor(slot("2031-04"), order, null)[0]).toEqual(slot("2030-12"));
  });

  test("for the one that waits or sits, and for a fresh one where that is over", () => {
    const two = [kept("2030-12"), kept("2031-01")];
    const next = slot("2031-04");
    expect(pseudonymsFor(next, two, renewal("2030-12", false))[0]).toEqual(slot("2030-12"));
    expect(pseudonymsFor(next, two, renewal("2031-01", true))[0]).toEqual(next);
    expect(pseudonymsFor(next, two, renewal("2030-12", true))[0]).toEqual(slot("2031-01"));
  });

  test("never for one that came later", () => {
    expect(pseudonymsFor(slot("2030-12"), [kept("2031-01")], null)[0]).toEqual(slot("2030-12"));
  });

  test("among what the member's other devices could have asked for, each once", () => {
    const names = fc.constantFrom("2030-09", "2030-12", "2031-01", "2031-04");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(names, names), { maxLength: 4 }),
        fc.option(fc.tuple(names, fc.boolean())),
        (pairs, said) => {
          const passes = pairs.map(([name, bornIn]) => kept(name, bornIn));
          const told = said === null ? null : renewal(...said);
          const all = pseudonymsFor(slot("2031-04"), passes, told);
          const isThere = (wanted: Slot) => all.some((each) => isSameSlot(each, wanted));
          expect(isThere(slot("2031-04"))).toBe(true);
          for (const { bornIn } of passes) expect(isThere(bornIn)).toBe(true);
          expect(new Set(all.map(({ period }) => period.name)).size).toBe(all.length);
        },
      ),
    );
  });

  test("for its own slot where it belongs to nobody", () => {
    const credit = {
      period: { purpose: "sponsor-credit", name: "0".repeat(32) },
      number: 3,
    } as const;
    expect(pseudonymsFor(credit, held, renewal("2030-12", false))).toEqual([credit]);
  });
});

test("badges are shown newest first, and those of other purposes aren't", () => {
  const credit = {
    ...kept("2030-12"),
    period: { ...month("2030-12"), purpose: "poll-voice" as const },
  };
  const held = heldBadges([kept("2030-12"), credit, kept("2031-01")], "circle-badge");
  expect(held.map(({ period }) => period.name)).toEqual(["2031-01", "2030-12"]);
});

test("a badge comes, begins, goes on and is over, each on its days", () => {
  const days = {
    "2030-11-30": "comes",
    "2030-12-01": "begins",
    "2030-12-31": "begins",
    "2031-01-01": "goes-on",
    "2031-01-31": "goes-on",
    "2031-02-01": "over",
  };
  for (const [day, standing] of Object.entries(days))
    expect(standingOf(month("2030-12"), day)).toBe(standing);
});
