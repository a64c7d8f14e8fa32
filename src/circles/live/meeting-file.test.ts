import ICAL from "ical.js";
import { expect, test } from "vitest";
import { meetingFile } from "./meeting-file.ts";

const START = Date.parse("2026-12-07T19:00Z") / 60_000;
const text = meetingFile({
  starts: [START, START + 7 * 24 * 60],
  minutes: 60,
  alarmMinutes: 10,
  now: Date.parse("2026-12-01T08:00:12.345Z"),
  uid: (at) => `00-${at}`,
});

test("a calendar program reads the hours, each with an alarm before it", () => {
  const events = new ICAL.Component(ICAL.parse(text) as object[])
    .getAllSubcomponents("vevent")
    .map((each) => new ICAL.Event(each));
  expect(events.map(({ startDate }) => startDate.toString())).toEqual([
    "2026-12-07T19:00:00Z",
    "2026-12-14T19:00:00Z",
  ]);
  expect(events[0]!.endDate.toString()).toBe("2026-12-07T20:00:00Z");
  const alarm = events[0]!.component.getFirstSubcomponent("valarm")!;
  expect(String(alarm.getFirstPropertyValue("trigger"))).toBe("-PT10M");
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(2);
});

test("no word in it says what it is about", () => {
  const words = text.toLowerCase().match(/[a-z]{4,}/g)!;
  for (const telling of ["callroom", "circle", "doctor", "meeting", "session", "room", "live"])
    expect(words).not.toContain(telling);
  expect(text).toContain("SUMMARY:Hold\r\n");
});
