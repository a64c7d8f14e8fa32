import * as v from "valibot";
import { expect, test } from "vitest";
import {
  credentialSchema,
  lastDayOf,
  publishedCredential,
  reminderDue,
  standingOf,
} from "./credential.ts";
import type { Credential } from "./credential.ts";

const until = (expires: string | null): Credential => ({
  granted: { body: "ICF", level: "PCC" },
  expires,
  state: "verified",
});

test("a credential holds through the last day of its month", () => {
  expect(standingOf(until("2027-02"), "2027-02-28")).toBe("expires-soon");
  expect(standingOf(until("2027-02"), "2027-03-01")).toBe("expired");
});

test("soon means within the next three months, across a new year too", () => {
  expect(standingOf(until("2027-02"), "2026-12-01")).toBe("expires-soon");
  expect(standingOf(until("2027-02"), "2026-11-30")).toBe("current");
});

test("a credential without an end is current", () => {
  expect(standingOf(until(null), "2099-01-01")).toBe("current");
});

test("the number is not published", () => {
  const onFile = { ...until("2027-02"), number: "SAMPLE-1" };
  expect(publishedCredential(onFile, "2027-02-28")).toEqual(until("2027-02"));
});

test("what has expired is not published as checked, and what holds is", () => {
  const onFile = { ...until("2027-02"), number: "SAMPLE-1" };
  expect(publishedCredential(onFile, "2027-02-28").state).toBe("verified");
  expect(publishedCredential(onFile, "2027-03-01").state).toBe("self-declared");
  expect(publishedCredential({ ...onFile, expires: null }, "2099-01-01").state).toBe("verified");
});

test("reminders are due sixty, thirty and seven days before the last day, and on it", () => {
  const due = (today: string, reminded: number | null = null) =>
    reminderDue("2027-04", today, reminded);
  expect(lastDayOf("2027-04")).toBe("2027-04-30");
  expect(lastDayOf("2028-02")).toBe("2028-02-29");
  expect(lastDayOf("2027-12")).toBe("2027-12-31");
  expect([due("2027-02-28"), due("2027-03-01"), due("2027-03-30")]).toEqual([null, 60, 60]);
  expect([due("2027-03-31"), due("2027-04-22"), due("2027-04-23")]).toEqual([30, 30, 7]);
  expect([due("2027-04-29"), due("2027-04-30"), due("2027-05-01")]).toEqual([7, 0, null]);
});

test("a run that was missed is made up for once, and no reminder goes out twice or backwards", () => {
  let sent: number | null = null;
  const all: number[] = [];
  for (const day of ["2027-03-05", "2027-03-06", "2027-04-24", "2027-04-25", "2027-04-30"]) {
    const next = reminderDue("2027-04", day, sent);
    if (next === null) continue;
    sent = next;
    all.push(next);
  }
  expect(all).toEqual([60, 7, 0]);
  expect(reminderDue("2027-04", "2027-04-30", 0)).toBeNull();
});

test("a level of another body is refused", () => {
  const wrong = { ...until(null), granted: { body: "ICF", level: "BCC" } };
  expect(v.is(credentialSchema, wrong)).toBe(false);
  expect(v.is(credentialSchema, { ...until("2027-13") })).toBe(false);
});
