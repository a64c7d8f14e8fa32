import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALL_PARTS } from "./day-part.ts";
import {
  emptyWishes,
  formToPreferences,
  preferencesToForm,
  type WishesForm,
} from "./wishes-form.ts";

const COACH = "00000000-0000-4000-8000-0000000000aa";
const empty = emptyWishes({
  path: "burnout",
  stage: "resident",
  timeZone: "America/Toronto",
  languages: ["en"],
  currency: "CAD",
});
const asked = (change: Partial<WishesForm>) => formToPreferences({ ...empty, ...change }, []);
const faultsOf = (change: Partial<WishesForm>) => {
  const result = asked(change);
  return result.ok ? [] : result.refusal;
};

test("path, language and nothing else is enough to ask", () => {
  const result = formToPreferences(empty, [COACH]);
  expect(result).toMatchObject({
    ok: true,
    value: {
      path: "burnout",
      freeHours: null,
      sharedHours: 1,
      priceCeilings: [],
      modalities: [],
      stage: "resident",
      specialty: null,
      conflicts: { people: [], employers: [], coaches: [COACH] },
    },
  });
});

test("what was asked comes back into the form as it was asked", () => {
  const lines = fc.array(fc.constantFrom("Ada Okafor", "Saint Brannoc Hospital", "李 明"));
  fc.assert(
    fc.property(
      fc.record({
        path: fc.constantFrom("burnout", "career", "leadership", "sustainable-practice"),
        languages: fc.subarray(["en", "es", "pt-BR"], { minLength: 1 }),
        parts: fc.subarray([...ALL_PARTS], { minLength: 1 }),
        sharedHours: fc.constantFrom("0.5", "1", "2.25", "8"),
        ceilings: fc.constantFrom(
          [{ currency: "GBP", amount: "120.50" }],
          [
            { currency: "USD", amount: "0" },
            { currency: "JPY", amount: "9000" },
          ],
        ),
        modalities: fc.subarray(["video", "audio", "written", "in-person"]),
        doctorsOnly: fc.boolean(),
        ownEmployers: lines.map((each) => each.join("\n")),
        people: lines.map((each) => each.join("\n")),
        employers: lines.map((each) => each.join("\n")),
        stage: fc.constantFrom("", "student", "leader"),
        specialty: fc.constantFrom("", "surgery"),
        livedExperiences: fc.subarray(["was-sued", "grief"]),
        styles: fc.subarray(["direct", "small-steps"]),
      }),
      (changes) => {
        const form: WishesForm = { ...empty, ...changes, when: "marked" };
        const result = formToPreferences(form, []);
        expect(result.ok && preferencesToForm(result.value, "EUR")).toEqual(form);
      },
    ),
  );
});

test("a line for a ceiling stays in the form where none is set", () => {
  const result = asked({});
  expect(result.ok && preferencesToForm(result.value, "EUR").ceilings).toEqual([
    { currency: "EUR", amount: "" },
  ]);
});

describe("what keeps it from being asked is told with its field", () => {
  test.each<[string, Partial<WishesForm>, unknown]>([
    ["no path", { path: "" }, { field: "path", kind: "empty", line: null }],
    ["a path that is none", { path: "up" }, { field: "path", kind: "form", line: null }],
    ["no language", { languages: [] }, { field: "languages", kind: "empty", line: null }],
    ["no hour marked", { when: "marked" }, { field: "parts", kind: "empty", line: null }],
    [
      "a zone nobody lives in",
      { timeZone: "Mars/Base" },
      { field: "timeZone", kind: "form", line: null },
    ],
    [
      "a price that is no number",
      {
        ceilings: [
          { currency: "USD", amount: "" },
          { currency: "GBP", amount: "lots" },
        ],
      },
      { field: "ceilings", kind: "form", line: 2 },
    ],
    [
      "a price with a digit too many",
      { ceilings: [{ currency: "USD", amount: "100000" }] },
      { field: "ceilings", kind: "long", line: 1 },
    ],
    [
      "a name longer than a line",
      { people: `Ada Okafor\n\n${"x".repeat(121)}` },
      { field: "people", kind: "long", line: 2 },
    ],
    [
      "a letter that can't be kept",
      { employers: "Quay\u0007 Hospital" },
      { field: "employers", kind: "text", line: 1 },
    ],
    [
      "a letter that turns the reading round",
      { ownEmployers: "\u202eQuay Hospital" },
      { field: "ownEmployers", kind: "text", line: 1 },
    ],
  ])("%s", (_, change, fault) => {
    expect(faultsOf(change)).toEqual([fault]);
  });

  test("in the order of the form, each field once", () => {
    const faults = faultsOf({ people: "\u0007\n\u0007", when: "marked", languages: [], path: "" });
    expect(faults.map(({ field }) => field)).toEqual(["path", "languages", "parts", "people"]);
  });
});
