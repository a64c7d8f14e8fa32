import { expect, test } from "vitest";
import { calendarBytesToText, typedToCalendarAddress } from "./calendar-handed-over.ts";

const TEXT = "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Praxis Müller\r\n";

test("UTF-8 is read with and without its mark", () => {
  const bytes = new TextEncoder().encode(TEXT);
  expect(calendarBytesToText(bytes)).toBe(TEXT);
  expect(calendarBytesToText(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes))).toBe(TEXT);
});

test("UTF-16 is read in both orders", () => {
  const units = Array.from(TEXT, (letter) => letter.charCodeAt(0));
  const little = units.flatMap((unit) => [unit & 0xff, unit >> 8]);
  const big = units.flatMap((unit) => [unit >> 8, unit & 0xff]);
  expect(calendarBytesToText(Uint8Array.of(0xff, 0xfe, ...little))).toBe(TEXT);
  expect(calendarBytesToText(Uint8Array.of(0xfe, 0xff, ...big))).toBe(TEXT);
});

test("what is no UTF-8 is read as an older Windows program writes it", () => {
  const latin = Uint8Array.from(TEXT, (letter) => letter.charCodeAt(0));
  expect(calendarBytesToText(latin)).toBe(TEXT);
});

test("nothing at all is no text", () => {
  expect(calendarBytesToText(new Uint8Array())).toBe("");
});

test.each([
  [" https://calendar.example/x.ics ", "https://calendar.example/x.ics"],
  ["webcal://calendar.example/x?k=1", "https://calendar.example/x?k=1"],
  ["WEBCALS://calendar.example/x", "https://calendar.example/x"],
  ["http://calendar.example/x", "http://calendar.example/x"],
])("%o is an address", (typed, address) => {
  expect(typedToCalendarAddress(typed)).toBe(address);
});

test.each([
  "",
  "calendar.example",
  "ftp://calendar.example",
  "https://",
  "https://localhost/x",
  "javascript:alert(1)",
  "mailto:a@b.example",
])("%o is none", (typed) => {
  expect(typedToCalendarAddress(typed)).toBeNull();
});
