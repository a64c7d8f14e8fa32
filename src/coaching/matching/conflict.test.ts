import { expect, test } from "vitest";
import { isInConflict, worksAt } from "./conflict.ts";
import { inventedCoaches } from "./invented-coaches.ts";

const [template] = inventedCoaches(1, 5);
const coach = {
  ...template!,
  name: "Dr. José M. García-López",
  employers: ["St. Brannoc's Hosp."],
};
const nobody = { people: [], employers: [], coaches: [] };

test("an empty list keeps nobody away", () => {
  expect(isInConflict(nobody)(coach)).toBe(false);
  expect(worksAt([])(coach)).toBe(false);
});

test("a person, an employer or a card on the list is enough", () => {
  for (const conflicts of [
    { ...nobody, people: ["Somebody Else", "garcia lopez, jose"] },
    { ...nobody, employers: ["Quay Clinic", "Saint Brannoc Hospital"] },
    { ...nobody, coaches: [coach.id] },
  ]) {
    expect(isInConflict(conflicts)(coach)).toBe(true);
  }
});

test("a name without a word in it matches nobody", () => {
  expect(isInConflict({ ...nobody, people: ["Dr.", " , "], employers: ["--"] })(coach)).toBe(false);
});

test("one of several employers is enough", () => {
  const both = { ...coach, employers: ["Quay Clinic", ...coach.employers] };
  expect(worksAt(["Saint Brannoc Hospital"])(both)).toBe(true);
});
