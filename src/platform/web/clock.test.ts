import { afterEach, expect, test } from "vitest";
import { hearServerTime, serverNow } from "./clock.ts";

const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toUTCString();
const hoursAhead = () => Math.round((serverNow() - Date.now()) / HOUR);

afterEach(() => hearServerTime(inHours(0)));

test("a device whose clock is hours off goes by the server's", () => {
  hearServerTime(inHours(7));
  expect(hoursAhead()).toBe(7);
  hearServerTime(inHours(-30));
  expect(hoursAhead()).toBe(-30);
});

test("a device whose clock was set right goes by its own again, to the millisecond", () => {
  hearServerTime(inHours(7));
  hearServerTime(inHours(0));
  const before = Date.now();
  const now = serverNow();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

test.each([null, "", "yesterday"])("an answer that says %j changes nothing", (date) => {
  hearServerTime(inHours(7));
  hearServerTime(date);
  expect(hoursAhead()).toBe(7);
});
