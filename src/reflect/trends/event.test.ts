import { expect, test } from "vitest";
import { byFirstDay, eventOf, isMarkedEvent } from "./event.ts";

test("a day or a span with words to it is an event; the same day twice is one day", () => {
  expect(eventOf({ text: "  New  record\nsystem ", from: "2026-03-02", to: "" })).toEqual({
    from: "2026-03-02",
    to: null,
    text: "New record system",
  });
  expect(eventOf({ text: "Leave", from: "2026-03-02", to: "2026-03-20" })).toMatchObject({
    to: "2026-03-20",
  });
  expect(eventOf({ text: "Leave", from: "2026-03-02", to: "2026-03-02" })).toMatchObject({
    to: null,
  });
});

test("what is missing, or ends before it begins, is told", () => {
  expect(eventOf({ text: " ", from: "", to: "" })).toEqual(["NoText", "NoDay"]);
  expect(eventOf({ text: "Leave", from: "2026-03-02", to: "2026-03-01" })).toEqual(["EndsBefore"]);
  expect(eventOf({ text: "Leave", from: "2026-02-30", to: "" })).toEqual(["NoDay"]);
});

test("what else lies in the safe is no event", () => {
  expect(isMarkedEvent({ from: "2026-03-02", to: null, text: "Leave" })).toBe(true);
  for (const other of [
    null,
    "2026-03-02",
    { from: "2026-03-02", text: "Leave" },
    { from: "2026-13-02", to: null, text: "Leave" },
    { from: "2026-03-02", to: "2026-03-01", text: "Leave" },
    { from: "2026-03-02", to: null, text: 4 },
  ])
    expect(isMarkedEvent(other)).toBe(false);
});

test("events stand in the order in which they began", () => {
  const on = (from: string) => ({ from, to: null, text: "x" });
  expect([on("2026-03-02"), on("2025-12-31")].toSorted(byFirstDay)[0]!.from).toBe("2025-12-31");
});
