import { expect, test } from "vitest";
import { calendarRefusalWords, problemWords } from "./calendar-refusals.ts";
import { words } from "./desk-words.ts";

const NONE = { line: null, reason: null, status: null };

test("a calendar that failed by itself says as much as one that was just refused", () => {
  for (const [type, detail] of [
    ["BrokenLine", { line: 12, reason: "BadRule" }],
    ["AddressNotAllowed", { reason: "NotPublic" }],
    ["AddressNotReached", { status: 404 }],
    ["TooManyOccurrences", { line: 4 }],
    ["TooSlow", {}],
  ] as const)
    expect(problemWords({ ...NONE, type, ...detail })).toBe(calendarRefusalWords({ type, detail }));
});

test("line and reason are both told", () => {
  expect(problemWords({ ...NONE, type: "BrokenLine", line: 12, reason: "BadRule" })).toBe(
    words.brokenAt(12, words.brokenReasons["BadRule"]!),
  );
  expect(problemWords({ ...NONE, type: "AddressNotReached", status: 404 })).toBe(
    words.answeredWith(404),
  );
});

test("of a problem without a reason, or with an unheard-of one, the line is told", () => {
  const told = `${words.refusals["BrokenLine"]} ${words.atLine(7)}`;
  for (const reason of [null, "toString", "SomethingNew"])
    expect(problemWords({ ...NONE, type: "BrokenLine", line: 7, reason })).toBe(told);
  expect(problemWords({ ...NONE, type: "Unheard" })).toBeNull();
});
