import fc from "fast-check";
import { expect, test } from "vitest";
import { employerKeys, employerToComparable, isSameEmployer } from "./employer-name.ts";

const isSame = (a: string, b: string) =>
  isSameEmployer(employerToComparable(a), employerToComparable(b));

test.each([
  ["St. Brannoc's Hosp.", "Saint Brannoc Hospital"],
  ["ST BRANNOCS HOSPITAL", "St Brannoc's Hospital, Inc."],
  ["Mercy Harbor", "Mercy Harbor Medical Center"],
  ["Univ. of Eastmoor Med. Ctr.", "University of Eastmoor Medical Centre"],
  ["Eastmoor Children’s", "Eastmoor Childrens Hospital"],
  ["Hôpital Général de Sainte-Odile", "hopital general de ste odile"],
  ["MGH", "Marrowgate General Hospital"],
  ["M.G.H.", "Marrowgate General Hospital"],
  ["Lantern Health Care", "Lantern Healthcare"],
  ["The Quay Clinic & Partners", "Quay Clinic and Partners"],
  ["Østfjord Sykehus", "Ostfjord sykehus"],
])("%s and %s are one employer", (a, b) => {
  expect(isSame(a, b)).toBe(true);
});

test.each([
  ["Mercy Harbor Hospital", "Mercy Valley Hospital"],
  ["University Hospital", "University Hospital Eastmoor"],
  ["Saint Brannoc Hospital", "Saint Odile Hospital"],
  ["General Hospital", "Eastmoor General Hospital"],
  ["EC", "Eastmoor Clinic"],
  ["", ""],
])("%s and %s are two", (a, b) => {
  expect(isSame(a, b)).toBe(false);
});

const aName = fc
  .array(
    fc.oneof(
      fc.constantFrom("St.", "Mercy", "Univ", "of", "Hosp", "Health", "care", "M.G.H.", "the", "É"),
      fc.string({ unit: "grapheme", maxLength: 6 }),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((words) => words.join(" "));

test("an employer is itself in any case and with any punctuation between the words", () => {
  const words = fc.array(fc.stringMatching(/^[A-Za-zÀ-ÖØ-öø-ÿ]{2,9}$/), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(words, fc.constantFrom(" ", "-", ", ", " / ", " – "), (parts, between) => {
      expect(isSame(parts.join(" "), parts.join(between).toUpperCase())).toBe(true);
    }),
  );
});

test("comparing is symmetric, and two that are the same share a key", () => {
  fc.assert(
    fc.property(aName, aName, (left, right) => {
      const [a, b] = [employerToComparable(left), employerToComparable(right)];
      expect(isSameEmployer(a, b)).toBe(isSameEmployer(b, a));
      const shared = employerKeys(a).filter((key) => employerKeys(b).includes(key));
      if (isSameEmployer(a, b)) expect(shared).not.toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
