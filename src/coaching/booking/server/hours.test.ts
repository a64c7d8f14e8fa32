import { expect, test } from "vitest";
import { HOURS, minuteOf, withCoaching } from "../../../../tests/coaching.ts";
import { readHours, readSlots, writeHours, type Hours } from "../contract.ts";

const room = withCoaching();

const saved = async (coach: string, change: Partial<Hours>) => {
  const told = await room.ask(coach, writeHours, { body: { ...HOURS, ...change } });
  return told.refusal;
};

test("a coach begins without a week, in the zone of the account", async () => {
  const coach = await room.join(["coach"], "Europe/Lisbon");
  const hours = await room.must(coach, readHours);
  expect(hours).toMatchObject({ timeZone: "Europe/Lisbon", weekly: [], exceptions: [] });
  // What is offered to begin with can be saved as it is.
  expect(await saved(coach, hours)).toBeNull();
});

test("hours come back as they were saved, days off included", async () => {
  const coach = await room.join(["coach"]);
  const hours: Hours = {
    ...HOURS,
    timeZone: "Asia/Kathmandu",
    weekly: [
      { day: 0, start: 0, end: 1440 },
      { day: 6, start: 600, end: 660 },
      { day: 6, start: 700, end: 760 },
    ],
    exceptions: [
      { date: "2031-12-24", windows: [] },
      {
        date: "2032-02-29",
        windows: [
          { start: 60, end: 120 },
          { start: 180, end: 1440 },
        ],
      },
    ],
    cancelNoticeHours: 48,
  };
  expect(await saved(coach, hours)).toBeNull();
  expect(await room.must(coach, readHours)).toEqual(hours);
  expect(await saved(coach, HOURS)).toBeNull();
  expect(await room.must(coach, readHours)).toEqual(HOURS);
});

test("hours that make no sense are refused with the field, and nothing is changed", async () => {
  const coach = await room.join(["coach"]);
  expect(await saved(coach, {})).toBeNull();
  const twice = [1, 1].map((day) => ({ day, start: 540, end: 600 }));
  expect(await saved(coach, { weekly: twice })).toEqual({
    type: "HoursRefused",
    detail: { reason: "Overlapping", field: "weekly", at: 1 },
  });
  expect(
    (await saved(coach, { exceptions: [{ date: "2031-02-30", windows: [] }] }))?.detail,
  ).toEqual({ reason: "NotADate", field: "exceptions", at: 0 });
  expect(
    (await saved(coach, { exceptions: [{ date: "0000-03-01", windows: [] }] }))?.detail,
  ).toMatchObject({ reason: "NotADate" });
  expect((await saved(coach, { rules: { ...HOURS.rules, horizonDays: 900 } }))?.detail).toEqual({
    reason: "OutOfRange",
    field: "horizonDays",
    least: 1,
    most: 365,
  });
  expect((await saved(coach, { rules: { ...HOURS.rules, stepMinutes: 7 } }))?.detail).toEqual({
    reason: "NotAStep",
    field: "stepMinutes",
  });
  expect(await room.must(coach, readHours)).toEqual(HOURS);
});

test("two devices that save at once leave the hours of one of them", async () => {
  const coach = await room.join(["coach"]);
  const lists = [480, 540, 600, 660].map((start) => [{ day: 2, start, end: start + 300 }]);
  const told = await Promise.all(lists.map((weekly) => saved(coach, { weekly })));
  expect(told).toEqual([null, null, null, null]);
  expect(lists).toContainEqual((await room.must(coach, readHours)).weekly);
});

test("members have no hours to read or save", async () => {
  const member = await room.join();
  expect(await room.refusal(member, readHours)).toBe("NotFound");
  expect(await room.refusal(member, writeHours, { body: HOURS })).toBe("NotFound");
});

test.each([
  // The clocks of New York go forward on 9 March 2031 at two, and back on 2 November at two.
  ["2031-03-08", "2031-03-09", ["06:00", "07:00", "08:00"]],
  ["2031-11-01", "2031-11-02", ["05:00", "06:00", "07:00", "08:00", "09:00"]],
])("the night of a clock change has the hours it has: %s", async (saturday, sunday, utcHours) => {
  room.clock.at = Date.parse(`${saturday}T05:00:00Z`);
  const coach = await room.publishedCoach({
    weekly: [{ day: 0, start: 60, end: 300 }],
    rules: {
      ...HOURS.rules,
      lengthMinutes: { chemistry: 60, session: 60 },
      stepMinutes: 60,
      bufferAfterMinutes: 0,
    },
  });
  const client = await room.join();
  const { starts } = await room.must(client, readSlots, {
    params: { coach },
    query: { kind: "session", from: minuteOf(`${saturday}T00:00:00Z`), days: 3 },
  });
  expect(starts).toEqual(utcHours.map((hour) => minuteOf(`${sunday}T${hour}:00Z`)));
});
