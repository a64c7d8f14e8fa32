import { expect, test } from "vitest";
import { answersOf, fixture, instrumentOf } from "../../../tests/instrument-files.ts";
import { readInstrument } from "./instrument.ts";
import { answersFrom, progressOf } from "./instrument-draft.ts";
import { gad7 } from "./scorers/phq-gad.ts";

test("answers that still fit come back, others are dropped, and nonsense is nothing", () => {
  const instrument = instrumentOf(gad7);
  const kept = { ...answersOf(gad7, [3, 2]), "3": "v9", gone: "v1", "4": null };
  expect(answersFrom(instrument, kept)).toEqual({ "1": "v3", "2": "v2" });
  for (const nonsense of [null, 4, "x", [], [1]])
    expect(answersFrom(instrument, nonsense)).toEqual({});
});

test("what is not asked yet counts for no progress", () => {
  const read = readInstrument(fixture("phq-9"));
  if (!read.ok) throw new Error("The fixture was refused");
  expect(progressOf(read.value, {})).toEqual({ answered: 0, asked: 9 });
  expect(progressOf(read.value, { "/44260-8": "LA6568-5" })).toEqual({ answered: 1, asked: 10 });
});
