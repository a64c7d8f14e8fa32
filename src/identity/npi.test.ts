import fc from "fast-check";
import { expect, test } from "vitest";
import { isNameLike, isPhysicianTaxonomy, normaliseNpi } from "./npi.ts";

test.each(["1234567893", "1881018208", "1437702123"])("%s is a number", (npi) => {
  expect(normaliseNpi(npi)).toBe(npi);
});

test.each(["1234567890", "123456789", "12345678930", "3234567891", "12345678a3", "", "٠١٢"])(
  "%s is none",
  (typed) => {
    expect(normaliseNpi(typed)).toBeNull();
  },
);

test("blanks and dashes are the typist's", () => {
  expect(normaliseNpi(" 1234-567 893 ")).toBe("1234567893");
});

test("any one wrong digit is noticed, and of the swaps of two neighbours all but nought and nine", () => {
  const nine = fc.integer({ min: 100_000_000, max: 299_999_999 });
  fc.assert(
    fc.property(nine, fc.nat(9), fc.integer({ min: 1, max: 9 }), (start, place, shift) => {
      const npi = Array.from({ length: 10 }, (_, last) => `${start}${last}`).find(normaliseNpi)!;
      const digit = (Number(npi[place]) + shift) % 10;
      expect(normaliseNpi(npi.slice(0, place) + digit + npi.slice(place + 1))).toBeNull();
      const [one, other] = [npi[place]!, npi[place + 1] ?? npi[place]!];
      const pair = [one, other].toSorted().join("");
      if (one === other || pair === "09" || place === 9) return;
      const swapped = npi.slice(0, place) + other + one + npi.slice(place + 2);
      expect(normaliseNpi(swapped)).toBeNull();
    }),
  );
});

test("physicians are told from others by the beginning of the code", () => {
  expect(["207R00000X", "208000000X", "204C00000X"].every(isPhysicianTaxonomy)).toBe(true);
  expect(["363L00000X", "122300000X", "390200000X"].some(isPhysicianTaxonomy)).toBe(false);
});

const named = (givenName: string, familyName: string) => ({ givenName, familyName });

test("case, accents, marks and an initial make no other name", () => {
  expect(isNameLike(named("José María", "O’Núñez-Vale"), named("JOSE", "ONUNEZ VALE"))).toBe(true);
  expect(isNameLike(named("A.", "Fictional"), named("ADA", "FICTIONAL"))).toBe(true);
});

test("another family name or given name is another name, and so is an empty one", () => {
  expect(isNameLike(named("Ada", "Fictional"), named("Ada", "Fictive"))).toBe(false);
  expect(isNameLike(named("Ada", "Fictional"), named("Bo", "Fictional"))).toBe(false);
  expect(isNameLike(named("", "Fictional"), named("Ada", "Fictional"))).toBe(false);
  expect(isNameLike(named("Ada", "-"), named("Ada", "."))).toBe(false);
});
