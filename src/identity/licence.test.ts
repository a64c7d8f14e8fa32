import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { bytesToHex } from "#platform/bytes.ts";
import {
  licenceField,
  licenceToBytes,
  normaliseLicence,
  quarterOf,
  quartersHeld,
  rosterUseToBytes,
} from "./licence.ts";

test.each([
  ["GB", " 0123 4567", "1234567"],
  ["DE", "lanr-12/345", "LANR12345"],
  ["JP", "第１２３４号", "第1234号"],
])("in %s %s is %s", (country, typed, number) => {
  expect(normaliseLicence(country, typed)).toEqual({ country, number });
});

test.each(["", "12", "-- --", "abc", "x".repeat(30), "1".repeat(25)])(
  "%s is no number",
  (typed) => {
    expect(normaliseLicence("GB", typed)).toBeNull();
  },
);

test("in the United States the number is the NPI, whatever licences a state gave", () => {
  expect(normaliseLicence("US", "1234 567 893")?.number).toBe("1234567893");
  expect(normaliseLicence("US", "CA-12345")).toBeNull();
});

test("spelling it again changes nothing, and however it is spaced it is one licence", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9A-Z][0-9A-Z]{2,20}[0-9]$/), (plain) => {
      const once = normaliseLicence("GB", plain)!;
      expect(normaliseLicence("GB", once.number)).toEqual(once);
      const spaced = `00 ${[...plain.toLowerCase()].join(" - ")}`;
      expect(normaliseLicence("GB", spaced)).toEqual(once);
    }),
  );
});

test("two countries' equal numbers leave different bytes, and so do country and number moved together", () => {
  const hex = (country: string, number: string) => bytesToHex(licenceToBytes({ country, number }));
  expect(hex("GB", "123456")).not.toBe(hex("IE", "123456"));
  expect(hex("GB", "A123")).not.toBe(hex("GBA", "123"));
  expect(bytesToHex(rosterUseToBytes("a", 1))).not.toBe(bytesToHex(rosterUseToBytes("a", 2)));
});

test("the contract's field leaves what is compared, and refuses what can't be", () => {
  const read = (country: unknown, number: unknown) =>
    v.safeParse(licenceField, { country, number });
  expect(read("GB", "0-123-456").output).toEqual({ country: "GB", number: "123456" });
  for (const [country, number] of [
    ["GB", "??"],
    ["gb", "123456"],
    ["GB", 123456],
    ["GB", null],
  ])
    expect(read(country, number).success).toBe(false);
});

test.each([
  ["2026-01-01T00:00:00Z", "2026-Q1"],
  ["2026-03-31T23:59:59Z", "2026-Q1"],
  ["2026-04-01T00:00:00Z", "2026-Q2"],
  ["2026-12-31T23:59:59Z", "2026-Q4"],
])("%s lies in %s", (at, quarter) => {
  expect(quarterOf(Date.parse(at))).toBe(quarter);
});

test.each([
  ["2026-11-30T23:59:59Z", ["2026-Q4"]],
  ["2026-12-01T00:00:00Z", ["2026-Q4", "2027-Q1"]],
  ["2026-12-31T23:59:59Z", ["2026-Q4", "2027-Q1"]],
  ["2027-01-01T00:00:00Z", ["2027-Q1"]],
  ["2027-03-31T12:00:00Z", ["2027-Q1", "2027-Q2"]],
])("at %s licences are held in %j", (at, quarters) => {
  expect(quartersHeld(Date.parse(at))).toEqual(quarters);
});
