import * as v from "valibot";
import { expect, test } from "vitest";
import { credentialSchema, publishedCredential, standingOf } from "./credential.ts";
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
  expect(publishedCredential(onFile)).toEqual(until("2027-02"));
});

test("a level of another body is refused", () => {
  const wrong = { ...until(null), granted: { body: "ICF", level: "BCC" } };
  expect(v.is(credentialSchema, wrong)).toBe(false);
  expect(v.is(credentialSchema, { ...until("2027-13") })).toBe(false);
});
