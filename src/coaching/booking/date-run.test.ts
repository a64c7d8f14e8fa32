import fc from "fast-check";
import { expect, test } from "vitest";
import { dayToIsoDate } from "./civil-day.ts";
import { datesBetween, datesToRuns, MOST_DAYS_A_RUN, withRun, type DateRun } from "./date-run.ts";

test("a run has both its ends", () => {
  expect(datesBetween("2031-02-27", "2031-03-01")).toEqual([
    "2031-02-27",
    "2031-02-28",
    "2031-03-01",
  ]);
  expect(datesBetween("2031-03-01", "2031-03-01")).toEqual(["2031-03-01"]);
});

test.each([
  ["turned round", "2031-03-02", "2031-03-01"],
  ["no date", "", "2031-03-01"],
  ["a day that never was", "2031-02-28", "2031-02-29"],
  ["longer than a year", "2031-01-01", "2032-01-02"],
])("%s is no run of dates", (_, from, to) => {
  expect(datesBetween(from, to)).toBeNull();
});

test("a leap year fits into a run", () => {
  expect(datesBetween("2032-01-01", "2032-12-31")).toHaveLength(MOST_DAYS_A_RUN);
});

test("a day in the middle of a holiday parts it in two", () => {
  const holiday = { from: "2031-07-01", to: "2031-07-31", windows: "off" };
  expect(withRun([holiday], { from: "2031-07-10", to: "2031-07-10", windows: "mornings" })).toEqual(
    [
      { from: "2031-07-01", to: "2031-07-09", windows: "off" },
      { from: "2031-07-10", to: "2031-07-10", windows: "mornings" },
      { from: "2031-07-11", to: "2031-07-31", windows: "off" },
    ],
  );
});

const run = fc
  .record({
    first: fc.integer({ min: 20_000, max: 20_040 }),
    days: fc.integer({ min: 1, max: 12 }),
    windows: fc.constantFrom("off", "mornings"),
  })
  .map(({ first, days, windows }): DateRun<string> => ({
    from: dayToIsoDate(first),
    to: dayToIsoDate(first + days - 1),
    windows,
  }));

test("however runs are added, each date keeps what was said of it last", () => {
  fc.assert(
    fc.property(fc.array(run, { maxLength: 8 }), (added) => {
      const said = new Map<string, string>();
      let runs: readonly DateRun<string>[] = [];
      for (const each of added) {
        runs = withRun(runs, each);
        for (const date of datesBetween(each.from, each.to)!) said.set(date, each.windows);
      }
      const entries = runs.flatMap(({ from, to, windows }) =>
        datesBetween(from, to)!.map((date) => ({ date, windows })),
      );
      // Each date once, in order.
      expect(entries.map(({ date }) => date)).toEqual([...said.keys()].toSorted());
      for (const { date, windows } of entries) expect(windows).toBe(said.get(date));

      const again = datesToRuns(entries.toReversed(), (a, b) => a === b);
      expect(
        again.flatMap(({ from, to, windows }) =>
          datesBetween(from, to)!.map((date) => ({ date, windows })),
        ),
      ).toEqual(entries);
    }),
  );
});

test("equal days that follow each other are read back as one run, over the turn of the year too", () => {
  const entries = ["2032-01-01", "2031-12-30", "2031-12-31", "2032-01-03"].map((date) => ({
    date,
    windows: "off",
  }));
  expect(datesToRuns(entries, (a, b) => a === b)).toEqual([
    { from: "2031-12-30", to: "2032-01-01", windows: "off" },
    { from: "2032-01-03", to: "2032-01-03", windows: "off" },
  ]);
});
