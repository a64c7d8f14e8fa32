import { expect, test } from "vitest";
import { employerForms, isInConflict, worksAt } from "./conflict.ts";
import { inventedCoaches } from "./invented-coaches.ts";

const [template] = inventedCoaches(1, 5);
const coach = {
  ...template!,
  name: "Dr. José M. García-López",
  employers: ["St. Brannoc's Hosp."],
};
const forms = employerForms();
const nobody = { people: [], employers: [], coaches: [] };

test("an empty list keeps nobody away", () => {
  expect(isInConflict(nobody, forms)(coach)).toBe(false);
  expect(worksAt([], forms)(coach)).toBe(false);
});

test("a person, an employer or a card on the list is enough", () => {
  for (const conflicts of [
    { ...nobody, people: ["Somebody Else", "garcia lopez, jose"] },
    { ...nobody, employers: ["Quay Clinic", "Saint Brannoc Hospital"] },
    { ...nobody, coaches: [coach.id] },
  ]) {
    expect(isInConflict(conflicts, forms)(coach)).toBe(true);
  }
});

test("a name without a word in it matches nobody", () => {
  expect(isInConflict({ ...nobody, people: ["Dr.", " , "], employers: ["--"] }, forms)(coach)).toBe(
    false,
  );
});

test("one of several employers is enough", () => {
  const both = { ...coach, employers: ["Quay Clinic", ...coach.employers] };
  expect(worksAt(["Saint Brannoc Hospital"], forms)(both)).toBe(true);
});
