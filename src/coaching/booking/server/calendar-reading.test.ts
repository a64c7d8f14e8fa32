import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { readCalendarApart } from "./calendar-reading.ts";

const NOW = Date.parse("2031-03-03T12:00:00Z");
const QUESTION = { fromMs: NOW, toMs: NOW + 400 * 86_400_000, timeZone: "UTC" };

const file = (events: number) => {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//fiction//en"];
  for (let nth = 0; nth < events; nth++)
    lines.push(
      "BEGIN:VEVENT",
      `UID:${nth}@fiction.example`,
      `DTSTART;TZID=America/New_York:203104${String(1 + (nth % 28)).padStart(2, "0")}T100000`,
      "DURATION:PT1H",
      "END:VEVENT",
    );
  return [...lines, "END:VCALENDAR", ""].join("\r\n");
};

test("files handed over at once are each answered for themselves", async () => {
  const told = await Promise.all(
    [file(1), "no calendar", file(3)].map((text) => readCalendarApart(text, QUESTION)),
  );
  expect(
    told.map((result) => (result.ok ? result.value.busy.length : result.refusal.type)),
  ).toEqual([1, "NotACalendar", 3]);
});

test("a large file keeps the server's own thread free", async () => {
  await readCalendarApart(file(1), QUESTION);
  let longest = 0;
  let before = performance.now();
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - before);
    before = performance.now();
  }, 5);
  const began = performance.now();
  await readCalendarApart(file(12_000), QUESTION);
  const took = performance.now() - began;
  clearInterval(beat);
  expect(took).toBeGreaterThan(100);
  expect(longest).toBeLessThan(took / 2);
});

test("a defect in the thread is told as one, and the next file is read all the same", async () => {
  const broken = readCalendarApart(file(1), { ...QUESTION, timeZone: "Nowhere/At_All" });
  await expect(broken).rejects.toThrow("time zone");
  expect((await readCalendarApart(file(2), QUESTION)).ok).toBe(true);
});
