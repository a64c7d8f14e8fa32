import { expect, test } from "vitest";
import { endTextToMinute, minuteToTimeText, startTextToMinute } from "./time-of-day.ts";

test("every minute of the day survives being written and read", () => {
  for (let minute = 0; minute < 1440; minute++) {
    expect(startTextToMinute(minuteToTimeText(minute))).toBe(minute);
    expect(endTextToMinute(minuteToTimeText(minute + 1))).toBe(minute + 1);
  }
});

test("midnight opens a window or closes it", () => {
  expect(minuteToTimeText(0)).toBe("00:00");
  expect(minuteToTimeText(1440)).toBe("00:00");
  expect(startTextToMinute("00:00")).toBe(0);
  expect(endTextToMinute("00:00")).toBe(1440);
});

test.each(["", "9:00", "24:00", "12:60", "12:5", "12:00:00", " 12:00", "１２:00", "noon"])(
  "%o is no time of day",
  (text) => {
    expect(startTextToMinute(text)).toBeNull();
    expect(endTextToMinute(text)).toBeNull();
  },
);
