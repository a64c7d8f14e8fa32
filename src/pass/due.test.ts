import fc from "fast-check";
import { expect, test } from "vitest";
import { CROWD_TO_OPEN, isCrowd } from "./crowd.ts";
import { countedWith, passesDue, type Issued } from "./due.ts";
import { issuingOf } from "./issued.ts";
import { countedBy, issuingPeriod, type Period } from "./period.ts";
import { PURPOSES } from "./purpose.ts";

const december = issuingPeriod("circle-badge", "2026-11-22");
const january = issuingPeriod("circle-badge", "2026-12-22");
const february = issuingPeriod("circle-badge", "2027-01-22");
const months = [december, january, february];
const slots = [0];

const issuedFor = (period: Period, over: Partial<Issued> = {}): Issued => ({
  purpose: period.purpose,
  period: period.name,
  countedBy: countedBy(period),
  slot: 0,
  request: new Uint8Array(32).fill(1),
  ...over,
});
const due = (issued: readonly Issued[], today: string) =>
  passesDue(months, issued, today).map(({ name, slots: numbers }) => ({ name, slots: numbers }));

test("the month that issues is due, to whomever has none of its quarter", () => {
  expect(due([], "2026-11-22")).toEqual([{ name: "2026-12", slots }]);
  expect(due([issuedFor(december)], "2026-12-22")).toEqual([
    { name: "2026-12", slots },
    { name: "2027-01", slots },
  ]);
  expect(due([issuedFor(january)], "2027-01-22")).toEqual([{ name: "2027-01", slots }]);
});

test("what was fetched is due for as long as it counts, so that a new device can fetch it again", () => {
  expect(due([issuedFor(december)], "2027-01-31")).toContainEqual({ name: "2026-12", slots });
  expect(due([issuedFor(december)], "2027-02-01")).not.toContainEqual({ name: "2026-12", slots });
});

test("a badge whose key a restore closed takes nobody's place in the quarter", () => {
  const closed = issuedFor(january, { countedBy: january.name });
  expect(passesDue([february], [closed], "2027-01-22")).toEqual([
    { purpose: "circle-badge", name: "2027-02", slots },
  ]);
});

test("nothing is due that would be refused, and all that would be granted is due", () => {
  const days = fc
    .integer({ min: 0, max: 200 })
    .map((offset) => Temporal.PlainDate.from("2026-10-20").add({ days: offset }).toString());
  fc.assert(
    fc.property(days, fc.subarray(months), (today, fetched) => {
      const issued = fetched.map((period) => issuedFor(period));
      for (const period of months) {
        const before = countedWith(period, issued);
        const request = new Uint8Array(32).fill(1);
        const allowed = PURPOSES[period.purpose].perDoctor;
        const granted = issuingOf({ period, today, slot: 0, request, due: allowed, before }).ok;
        expect(due(issued, today).some(({ name }) => name === period.name)).toBe(granted);
      }
    }),
  );
});

test("a crowd is twenty", () => {
  expect([isCrowd(CROWD_TO_OPEN - 1), isCrowd(CROWD_TO_OPEN), CROWD_TO_OPEN]).toEqual([
    false,
    true,
    20,
  ]);
});
