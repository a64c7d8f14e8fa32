import { expect, test } from "vitest";
import { HOURS, minuteOf, withCoaching } from "../../../../tests/coaching.ts";
import { ok, refuse } from "#platform/result.ts";
import { coachingTasks } from "../../server/tasks.ts";
import {
  addCalendar,
  dropCalendar,
  readCalendars,
  readSlots,
  replaceCalendar,
} from "../contract.ts";

const room = withCoaching();

const TUESDAY_TEN = minuteOf("2031-03-04T15:00:00Z");
const TUESDAY_NOON = minuteOf("2031-03-04T17:00:00Z");

/** One busy hour from ten (New York) on Tuesday 4 March 2031, and every week after. */
const weekly = (hour = 10, title = "Clinic") =>
  calendar(
    `DTSTART;TZID=America/New_York:20310304T${hour}0000`,
    "DURATION:PT1H",
    "RRULE:FREQ=WEEKLY",
    `SUMMARY:${title}`,
  );

function calendar(...lines: readonly string[]): string {
  const event = ["BEGIN:VEVENT", "UID:a@fiction.example", "DTSTAMP:20310101T000000Z", ...lines];
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//fiction//en", ...event, "END:VEVENT"]
    .concat("END:VCALENDAR", "")
    .join("\r\n");
}

const upload = (who: string, text: string, label = "Clinic") =>
  room.ask(who, addCalendar, { body: { kind: "upload", label, text } });
const addAddress = (who: string, address: string) =>
  room.ask(who, addCalendar, { body: { kind: "address", label: "Hospital", address } });
const again = (who: string, id: string, text: string | null) =>
  room.ask(who, replaceCalendar, { params: { id }, body: { text } });
const shown = async (who: string) => (await room.must(who, readCalendars)).calendars;
const refresh = () => coachingTasks(room.deps)["refresh-calendars"]!({ payload: {}, attempt: 1 });

async function starts(coach: string): Promise<number[]> {
  const query = { kind: "session", from: minuteOf("2031-03-03T00:00:00Z"), days: 14 } as const;
  return (await room.must(coach, readSlots, { params: { coach }, query })).starts;
}

test("what a calendar keeps busy isn't offered, and is again when the calendar goes", async () => {
  const coach = await room.publishedCoach();
  expect(await starts(coach)).toContain(TUESDAY_TEN);
  const { calendar: added } = (await upload(coach, weekly())).answer!;
  expect(added).toMatchObject({ kind: "upload", label: "Clinic", problem: null });
  expect(added.readAt).toBe("2031-03-03T12:00:00.000Z");
  // Tuesdays for four hundred days.
  expect(added.busyTimes).toBe(57);
  expect(await starts(coach)).not.toContain(TUESDAY_TEN);
  expect(await starts(coach)).not.toContain(TUESDAY_TEN - 30);
  expect(await starts(coach)).toContain(TUESDAY_TEN + 60);
  // A week on, behind the clock change, the same hour on the wall.
  expect(await starts(coach)).not.toContain(TUESDAY_TEN + 7 * 1440 - 60);
  expect(await starts(coach)).toContain(TUESDAY_TEN + 7 * 1440);
  await room.must(coach, dropCalendar, { params: { id: added.id } });
  expect(await starts(coach)).toContain(TUESDAY_TEN);
  expect(await shown(coach)).toEqual([]);
});

test("nothing of a calendar is kept but minutes, and its address only under seal", async () => {
  const coach = await room.publishedCoach();
  const address = "https://calendar.example/private-canary/feed.ics";
  room.calendarsByAddress.set(address, ok(weekly(10, "Canary title")));
  await addAddress(coach, address);
  const { rows } = await room.cluster.owner.query(
    "select * from coaching.calendar where coach = $1",
    [coach],
  );
  const kept = JSON.stringify(rows, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
  );
  expect(rows).toHaveLength(1);
  expect(kept).not.toMatch(/canary/i);
  expect(JSON.stringify(await shown(coach))).not.toMatch(/canary/i);
});

test.each([
  ["NotACalendar", "a letter, not a calendar", null],
  ["BrokenLine", weekly().replace("20310304T100000", "2031-03-04"), 7],
  [
    "TooManyOccurrences",
    calendar("DTSTART:20310301T000000Z", "DURATION:PT1M", "RRULE:FREQ=MINUTELY"),
    4,
  ],
] as const)("an upload that is refused as %s leaves nothing behind", async (type, text, line) => {
  const coach = await room.publishedCoach();
  const { refusal } = await upload(coach, text);
  expect(refusal?.type).toBe(type);
  expect(refusal?.detail?.["line"] ?? null).toBe(line);
  expect(await shown(coach)).toEqual([]);
});

test("an upload beyond five megabytes is refused", async () => {
  const coach = await room.publishedCoach();
  const { refusal } = await upload(coach, weekly() + "X".repeat(5 * 1024 * 1024));
  expect(refusal?.type).toBe("CalendarTooLarge");
});

test.each([
  [{ type: "AddressNotAllowed", reason: "NotPublic" }, "AddressNotAllowed"],
  [{ type: "AddressNotReached", status: 404 }, "AddressNotReached"],
  [{ type: "TooSlow" }, "TooSlow"],
  [{ type: "TooLarge", most: 5_242_880 }, "CalendarTooLarge"],
  [{ type: "NotACalendar" }, "NotACalendar"],
] as const)("an address that gives nothing to read isn't added: %o", async (answer, refused) => {
  const coach = await room.publishedCoach();
  const address = `https://calendar.example/${answer.type}`;
  room.calendarsByAddress.set(address, refuse(answer));
  expect((await addAddress(coach, address)).refusal?.type).toBe(refused);
  expect(await shown(coach)).toEqual([]);
});

test("a coach has eight calendars at most, also when nine come at once", async () => {
  const coach = await room.publishedCoach();
  const told = await Promise.all(
    Array.from({ length: 9 }, (_, nth) => upload(coach, weekly(), `No. ${nth}`)),
  );
  const refused = told.filter(({ refusal }) => refusal?.type === "TooManyCalendars");
  expect([told.length - refused.length, refused.length]).toEqual([8, 1]);
  expect(await shown(coach)).toHaveLength(8);
  expect((await upload(coach, weekly())).refusal?.type).toBe("TooManyCalendars");
});

test("an upload is replaced by a newer file, and a broken one changes nothing", async () => {
  const coach = await room.publishedCoach();
  const { id } = (await upload(coach, weekly())).answer!.calendar;
  expect((await again(coach, id, "oops")).refusal?.type).toBe("NotACalendar");
  expect(await starts(coach)).not.toContain(TUESDAY_TEN);
  expect((await shown(coach))[0]?.problem).toBeNull();
  expect((await again(coach, id, weekly(12))).status).toBe(200);
  expect(await starts(coach)).toContain(TUESDAY_TEN);
  expect(await starts(coach)).not.toContain(TUESDAY_NOON);
  expect((await again(coach, id, null)).refusal?.type).toBe("BadInput");
});

test("an address is read again every time; what fails keeps the last good state and says why", async () => {
  const coach = await room.publishedCoach();
  const address = "https://calendar.example/changing.ics";
  room.calendarsByAddress.set(address, ok(weekly()));
  const { id } = (await addAddress(coach, address)).answer!.calendar;

  room.clock.at += 20 * 60_000;
  room.calendarsByAddress.set(address, ok(weekly().replace("PT1H", "one hour")));
  await refresh();
  const [failing] = await shown(coach);
  expect(failing).toMatchObject({ busyTimes: 57, readAt: "2031-03-03T12:00:00.000Z" });
  expect(failing?.problem).toEqual({
    type: "BrokenLine",
    line: 8,
    reason: "BadDuration",
    status: null,
  });
  expect(await starts(coach)).not.toContain(TUESDAY_TEN);
  expect((await again(coach, id, null)).refusal?.type).toBe("BrokenLine");
  expect((await again(coach, id, weekly())).refusal?.type).toBe("BadInput");

  room.calendarsByAddress.set(address, refuse({ type: "AddressNotReached", status: null }));
  await refresh();
  expect((await shown(coach))[0]?.problem).toEqual({
    type: "AddressNotReached",
    line: null,
    reason: null,
    status: null,
  });

  room.calendarsByAddress.set(address, ok(weekly(12)));
  await refresh();
  expect((await shown(coach))[0]).toMatchObject({
    problem: null,
    readAt: "2031-03-03T12:20:00.000Z",
  });
  await expect.poll(() => starts(coach)).toContain(TUESDAY_TEN);
});

test.each([
  [{ type: "AddressNotReached", status: 410 }, refuse({ type: "AddressNotReached", status: 410 })],
  [
    { type: "AddressNotAllowed", reason: "NotPublic" },
    refuse({ type: "AddressNotAllowed", reason: "NotPublic" }),
  ],
  [{ type: "CalendarTooLarge" }, refuse({ type: "TooLarge", most: 5 })],
  [{ type: "BrokenLine", line: 9, reason: "BadRule" }, ok(weekly().replace("WEEKLY", "SOMETIMES"))],
  [{ type: "NotACalendar" }, ok("<html>canary</html>")],
] as const)(
  "%o is kept as why the newest reading failed, and nothing of what was read",
  async (problem, answer) => {
    const coach = await room.publishedCoach();
    const address = "https://calendar.example/canary.ics";
    room.calendarsByAddress.set(address, ok(weekly()));
    const { id } = (await addAddress(coach, address)).answer!.calendar;
    room.calendarsByAddress.set(address, answer);
    await refresh();
    const expected = { line: null, reason: null, status: null, ...problem };
    expect((await shown(coach))[0]?.problem).toEqual(expected);
    const { rows } = await room.cluster.owner.query(
      "select problem from coaching.calendar where id = $1",
      [id],
    );
    expect(rows).toEqual([{ problem: expected }]);
  },
);

test("a problem that was kept before there were reasons is shown without one", async () => {
  const coach = await room.publishedCoach();
  const { id } = (await upload(coach, weekly())).answer!.calendar;
  await room.cluster.owner.query(
    `update coaching.calendar set problem = '{"type":"BrokenLine","line":7}' where id = $1`,
    [id],
  );
  expect((await shown(coach))[0]?.problem).toEqual({
    type: "BrokenLine",
    line: 7,
    reason: null,
    status: null,
  });
});

test("one calendar that fails doesn't keep the others from being read", async () => {
  const [first, second] = [await room.publishedCoach(), await room.publishedCoach()];
  const addresses = ["https://calendar.example/1", "https://calendar.example/2"];
  for (const address of addresses) room.calendarsByAddress.set(address, ok(weekly()));
  await addAddress(first, addresses[0]!);
  await addAddress(second, addresses[1]!);
  room.calendarsByAddress.set(addresses[0]!, refuse({ type: "TooSlow" }));
  room.calendarsByAddress.set(addresses[1]!, ok(weekly(12)));
  await refresh();
  expect((await shown(first))[0]?.problem?.type).toBe("TooSlow");
  await expect.poll(() => starts(second)).toContain(TUESDAY_TEN);
});

test("a coach's calendars are nobody else's", async () => {
  const [coach, other] = [await room.publishedCoach(), await room.publishedCoach()];
  const member = await room.join();
  const { id } = (await upload(coach, weekly())).answer!.calendar;
  expect((await again(other, id, weekly())).refusal?.type).toBe("NotFound");
  await room.must(other, dropCalendar, { params: { id } });
  expect(await shown(coach)).toHaveLength(1);
  expect(await shown(other)).toEqual([]);
  expect(await room.refusal(member, readCalendars)).toBe("NotFound");
  expect((await upload(member, weekly())).refusal?.type).toBe("NotFound");
});

test("a coach may add a calendar before anything else", async () => {
  const coach = await room.join(["coach"], HOURS.timeZone);
  expect((await upload(coach, weekly())).status).toBe(200);
});
