import fc from "fast-check";
import { expect, test } from "vitest";
import { issuingOf, type IssuedRow, type Issuing } from "./issued.ts";
import { campaignPeriod, issuingPeriod } from "./period.ts";
import { PURPOSES } from "./purpose.ts";

const TODAY = "2026-12-20";
const badge = issuingPeriod("circle-badge", TODAY);
const request = (of: number) => new Uint8Array(32).fill(of);
const asked = (over: Partial<Issuing> = {}): Issuing => ({
  period: badge,
  today: TODAY,
  slot: 0,
  request: request(1),
  due: 1,
  before: [],
  ...over,
});
const given: IssuedRow = { period: badge.name, slot: 0, request: request(1) };
const refused = (type: string) => ({ ok: false, refusal: { type } });

test("a slot is issued once, and the same request again at any time until the pass ends", () => {
  expect(issuingOf(asked())).toEqual({ ok: true, value: "first" });
  for (const today of [TODAY, badge.beginsFrom, badge.endsOn])
    expect(issuingOf(asked({ today, before: [given] }))).toEqual({ ok: true, value: "again" });
  expect(issuingOf(asked({ today: "2027-05-01", before: [given] }))).toEqual(refused("NotIssuing"));
  const other = asked({ before: [given], request: request(2) });
  expect(issuingOf(other)).toEqual(refused("AnotherRequest"));
  expect(issuingOf(asked({ before: [given], request: new Uint8Array(0) }))).toEqual(
    refused("AnotherRequest"),
  );
});

test("a badge in one month of a quarter leaves none for the others", () => {
  const later = issuingPeriod("circle-badge", "2027-01-20");
  expect(issuingOf(asked({ period: later, today: "2027-01-20", before: [given] }))).toEqual(
    refused("NoneDue"),
  );
});

test("nothing is issued before the window, after it, or to whom nothing is due", () => {
  for (const today of ["2026-11-30", "2027-01-01"])
    expect(issuingOf(asked({ today }))).toEqual(refused("NotIssuing"));
  expect(issuingOf(asked({ due: 0 }))).toEqual(refused("NoneDue"));
  expect(issuingOf(asked({ due: 9, slot: 1 }))).toEqual(refused("NoneDue"));
  const token = issuingPeriod("session-token", TODAY);
  expect(issuingOf(asked({ period: token, due: 9 }))).toEqual(refused("NoneDue"));
});

test("whatever is asked for, in whatever order, no doctor gets more than is due", () => {
  const credits = campaignPeriod("sponsor-credit", {
    id: "0".repeat(32),
    issuedFrom: "2026-12-14",
    issuedUntil: "2026-12-31",
    beginsUntil: "2027-06-30",
  });
  if (!credits.ok) throw new Error("no campaign");
  const period = credits.value;
  const tries = fc.array(
    fc.record({ slot: fc.integer({ min: -1, max: 40 }), request: fc.integer({ min: 0, max: 3 }) }),
    { maxLength: 120 },
  );
  fc.assert(
    fc.property(tries, fc.integer({ min: 0, max: 40 }), (all, due) => {
      const before: IssuedRow[] = [];
      for (const { slot, request: of } of all) {
        const issuing = asked({ period, slot, request: request(of), due, before });
        const result = issuingOf(issuing);
        if (result.ok && result.value === "first")
          before.push({ period: period.name, slot, request: issuing.request });
      }
      expect(before.length).toBeLessThanOrEqual(
        Math.min(due, PURPOSES["sponsor-credit"].perDoctor),
      );
      expect(new Set(before.map(({ slot }) => slot)).size).toBe(before.length);
    }),
  );
});
