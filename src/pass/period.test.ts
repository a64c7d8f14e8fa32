import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  campaignPeriod,
  countedBy,
  isAccepted,
  isByRule,
  isIssuing,
  issuingPeriod,
  mayBegin,
  periodsToPrepare,
  SHORTEST_ISSUING_DAYS,
  type Period,
} from "./period.ts";

const FIRST = Temporal.PlainDate.from("2026-01-01");
const days = fc.integer({ min: 0, max: 9000 }).map((offset) => dayAt(offset));
const calendars = fc.constantFrom("circle-badge", "session-token");
const campaigns = fc.constantFrom("survey-voice", "poll-voice", "sponsor-credit");

describe("on every day", () => {
  test("one period issues, and it is named so that its days can be worked out again", () => {
    fc.assert(
      fc.property(calendars, days, (purpose, today) => {
        const period = issuingPeriod(purpose, today);
        expect(isIssuing(period, today)).toBe(true);
        expect(isByRule(period)).toBe(true);
        expect(issuingPeriod(purpose, period.issuedFrom)).toEqual(period);
        expect(issuingPeriod(purpose, period.issuedUntil)).toEqual(period);
        expect(issuingPeriod(purpose, plus(period.issuedUntil, 1)).name).not.toBe(period.name);
      }),
    );
  });

  test("no pass counts that is still issued, and every pass counts from the day after", () => {
    fc.assert(
      fc.property(calendars, days, days, (purpose, issued, day) => {
        const period = issuingPeriod(purpose, issued);
        expect(isIssuing(period, day) && isAccepted(period, day)).toBe(false);
        expect(mayBegin(period, plus(period.issuedUntil, 1))).toBe(true);
        if (mayBegin(period, day)) expect(isAccepted(period, day)).toBe(true);
      }),
    );
  });

  test("the keys to prepare join on without a gap and reach five weeks ahead", () => {
    fc.assert(
      fc.property(calendars, days, (purpose, today) => {
        const periods = periodsToPrepare(purpose, today);
        expect(periods[0]).toEqual(issuingPeriod(purpose, today));
        for (let ahead = 0; ahead <= 35; ahead++)
          expect(
            periods.filter((period) => isIssuing(period, plus(today, ahead))),
            `${purpose} ${today} + ${ahead}`,
          ).toHaveLength(1);
        expect(periods.length).toBeLessThanOrEqual(7);
      }),
    );
  });
});

describe("a turn of the quarter", () => {
  test("locks nobody out who comes by in the month before it or the month after", () => {
    const visits = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 28 })), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(visits, (choices) => {
        const held: Period[] = [];
        let start: string | undefined;
        for (let quarter = 0; quarter < 12; quarter++) {
          const [isLate, day] = choices[quarter]!;
          const month = FIRST.add({ months: 2 + 3 * quarter + (isLate ? 1 : 0) });
          const visit = month.with({ day }).toString();
          const period = issuingPeriod("circle-badge", visit);
          if (held.some((each) => countedBy(each) === countedBy(period))) continue;
          held.push(period);
          start ??= period.beginsFrom;
        }
        const last = held.at(-1)!.endsOn;
        for (let today = start!; today <= last; today = plus(today, 1))
          expect(
            held.some((period) => isAccepted(period, today)),
            today,
          ).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  test("lets at most two quarters' badges count at a time, and only one of them begin anything", () => {
    const all = Array.from({ length: 36 }, (_, month) =>
      issuingPeriod("circle-badge", FIRST.add({ months: month }).toString()),
    );
    for (let today = "2027-01-01"; today < "2028-10-01"; today = plus(today, 1)) {
      const counting = new Set(all.filter((period) => isAccepted(period, today)).map(countedBy));
      const beginning = new Set(all.filter((period) => mayBegin(period, today)).map(countedBy));
      expect(counting.size).toBeLessThanOrEqual(2);
      expect(beginning.size).toBe(1);
    }
  });

  test("is where the months of a badge are told apart", () => {
    const badge = (today: string) => issuingPeriod("circle-badge", today);
    expect(badge("2026-12-31")).toEqual({
      purpose: "circle-badge",
      name: "2027-01",
      issuedFrom: "2026-12-01",
      issuedUntil: "2026-12-31",
      beginsFrom: "2027-01-01",
      beginsUntil: "2027-03-31",
      endsOn: "2027-04-30",
    });
    expect(badge("2027-02-11")).toMatchObject({ name: "2027-03", endsOn: "2027-04-30" });
    expect(badge("2027-03-01")).toMatchObject({ name: "2027-04", endsOn: "2027-07-31" });
    expect(countedBy(badge("2026-12-31"))).toBe("2027-Q1");
    expect(countedBy(badge("2027-02-11"))).toBe("2027-Q1");
    expect(countedBy(badge("2027-03-01"))).toBe("2027-Q2");
  });
});

test("a session token's week begins on a Monday and lasts half a year and four weeks", () => {
  const period = issuingPeriod("session-token", "2026-12-30");
  expect(period).toMatchObject({
    name: "2027-01-04",
    issuedFrom: "2026-12-28",
    issuedUntil: "2027-01-03",
    beginsFrom: "2027-01-04",
    beginsUntil: "2027-07-04",
    endsOn: "2027-08-01",
  });
  expect(countedBy(period)).toBe(period.name);
});

test("a campaign has the days it is given, if it issues for a week and counts for a day", () => {
  fc.assert(
    fc.property(
      campaigns,
      days,
      fc.integer({ min: -2, max: 40 }),
      fc.integer({ min: -2, max: 40 }),
      (purpose, issuedFrom, issuing, counting) => {
        const issuedUntil = plus(issuedFrom, issuing);
        const beginsUntil = plus(issuedUntil, counting);
        const made = campaignPeriod(purpose, { id: ID, issuedFrom, issuedUntil, beginsUntil });
        expect(made.ok).toBe(issuing >= SHORTEST_ISSUING_DAYS - 1 && counting >= 1);
        if (!made.ok) return;
        expect(isByRule(made.value)).toBe(true);
        expect(made.value.endsOn).toBe(plus(beginsUntil, 2));
        expect(isAccepted(made.value, issuedUntil)).toBe(false);
        expect(mayBegin(made.value, plus(issuedUntil, 1))).toBe(true);
      },
    ),
  );
});

test("a period with another's days, or a name that is none, is not by rule", () => {
  const campaign = campaignPeriod("survey-voice", {
    id: ID,
    issuedFrom: "2027-01-01",
    issuedUntil: "2027-01-14",
    beginsUntil: "2027-02-14",
  });
  if (!campaign.ok) throw new Error("no campaign");
  const periods = [
    campaign.value,
    issuingPeriod("circle-badge", "2027-01-01"),
    issuingPeriod("session-token", "2027-01-01"),
  ];
  const fields = ["issuedFrom", "issuedUntil", "beginsFrom", "beginsUntil", "endsOn"] as const;
  for (const period of periods) {
    expect(isByRule(period)).toBe(true);
    // A campaign may choose its first and last day; what follows from them it may not.
    const chosen = period === campaign.value ? ["issuedFrom"] : [];
    for (const field of fields.filter((each) => !chosen.includes(each)))
      expect(isByRule({ ...period, [field]: plus(period[field], -1) }), field).toBe(false);
    for (const name of ["", "2027", "2027-1", "2027-13", "2027-02-30", "2027-01-05", "x", `${ID}0`])
      expect(isByRule({ ...period, name }), name).toBe(false);
  }
  for (const wrong of ["2027-02-30", "2027-1-1", "", "+002027-01-01"])
    expect(isByRule({ ...campaign.value, issuedFrom: wrong }), wrong).toBe(false);
});

const ID = "0123456789abcdef".repeat(2);
const plus = (day: string, count: number) =>
  Temporal.PlainDate.from(day).add({ days: count }).toString();
function dayAt(offset: number): string {
  return FIRST.add({ days: offset }).toString();
}
