import fc from "fast-check";
import { expect, test } from "vitest";
import { normaliseLicence } from "../licence.ts";
import { isCertain, numberFault } from "./verification-fields.ts";

// Passes the check digit, and is of nobody: the example of the standard's own documents.
const NPI = "1234567893";

test("an NPI in any spacing is taken, one with a mistyped digit is not", () => {
  expect(numberFault("US", "123 456-7893")).toBeNull();
  expect(numberFault("US", "1234567894")).toBe("npi-wrong");
  expect(isCertain("npi-wrong", "1234567894")).toBe(true);
});

test("nobody is told of a fault while they are still typing a good number", () => {
  for (let typed = 1; typed < NPI.length; typed++) {
    const part = NPI.slice(0, typed);
    expect(numberFault("US", part)).toBe("npi-unfinished");
    expect(isCertain(numberFault("US", part), part)).toBe(false);
  }
  for (const part of ["G", "GM", "GMC", "GMC 1"])
    expect(isCertain(numberFault("GB", part), part)).toBe(false);
});

test("letters in an NPI, and a number that is too long, are told at once", () => {
  expect(isCertain(numberFault("US", "12E"), "12E")).toBe(true);
  const long = "1".repeat(25);
  expect(isCertain(numberFault("GB", long), long)).toBe(true);
});

test("there is a fault exactly where there is no licence", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("US", "GB", "DE"),
      fc.string({ maxLength: 30 }),
      (country, typed) => {
        expect(numberFault(country, typed) === null).toBe(
          typed.trim() !== "" && normaliseLicence(country, typed) !== null,
        );
      },
    ),
  );
});
