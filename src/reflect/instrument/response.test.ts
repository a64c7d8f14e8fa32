import fc from "fast-check";
import { expect, test } from "vitest";
import { fixture } from "../../../tests/instrument-files.ts";
import type { Answer } from "./form.ts";
import { readInstrument } from "./instrument.ts";
import { askedAfter, scoreAnswers, type InstrumentAnswers } from "./instrument-score.ts";
import { answersToResponse, responseToAnswers } from "./response.ts";

function instrumentIn(name: string) {
  const read = readInstrument(fixture(name));
  if (!read.ok) throw new Error("The fixture was refused");
  return read.value;
}

function responseOf(name: string, answers: InstrumentAnswers) {
  const instrument = instrumentIn(name);
  const score = scoreAnswers(instrument, answers);
  if (!score.ok) throw new Error(score.refusal.type);
  return answersToResponse(instrument, answers, score.value, "2026-11-22");
}

test("a response carries linkIds, codes, the answers' codings and the score", () => {
  const codes = instrumentIn("phq-9").asked.filter(({ place }) => place >= 0);
  const answers = Object.fromEntries(codes.map((each) => [each.question.linkId, "LA6570-1"]));
  const response = responseOf("phq-9", answers);
  expect(response).toMatchObject({
    resourceType: "QuestionnaireResponse",
    questionnaire: "https://callroom.example/fixtures/phq-9|1.0",
    status: "completed",
    authored: "2026-11-22",
  });
  expect(response.item).toHaveLength(9);
  expect(response.item[8]).toEqual({
    linkId: "/44260-8",
    text: "Neutral statement 9 of nine",
    extension: [
      {
        url: "callroom:item-code",
        valueCoding: {
          system: "http://loinc.org",
          code: "44260-8",
          display: "Neutral statement 9 of nine",
        },
      },
    ],
    answer: [
      {
        valueCoding: { system: "http://loinc.org", code: "LA6570-1", display: "On most days" },
      },
    ],
  });
  expect(response.contained).toMatchObject([
    {
      resourceType: "Observation",
      code: { coding: [{ system: "http://loinc.org", code: "44261-6" }, {}] },
      derivedFrom: [{ reference: "#" }],
      valueQuantity: { value: 18 },
    },
  ]);
});

test("what was not scored is in no Observation", () => {
  expect(responseOf("phq-9", {}).contained).toBeUndefined();
  expect(responseOf("phq-9", {}).item).toEqual([]);
});

test.each(["phq-9", "gad-7"])("%s comes back from its response as it went", (name) => {
  const instrument = instrumentIn(name);
  const answers = fc.record(
    Object.fromEntries(
      instrument.asked.map(({ question, pointsByAnswer }) => [
        question.linkId,
        fc.constantFrom<Answer>(...pointsByAnswer.keys()),
      ]),
    ),
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(answers, (some) => {
      const given = some as InstrumentAnswers;
      const json = JSON.stringify(responseOf(name, given));
      const back = responseToAnswers(instrument, JSON.parse(json));
      const asked = new Set([...askedAfter(instrument, given)].map((each) => each.question.linkId));
      const told = Object.fromEntries(Object.entries(given).filter(([key]) => asked.has(key)));
      expect(back).toEqual({ ok: true, value: told });
    }),
  );
});

test("a response to another form, and what is none, is refused", () => {
  const instrument = instrumentIn("phq-9");
  const of = (given: unknown) => {
    const read = responseToAnswers(instrument, given);
    return read.ok ? "read" : read.refusal.type;
  };
  expect(of(responseOf("gad-7", { "/69725-0": "LA6568-5" }))).toBe("NotThisForm");
  expect(of({ resourceType: "QuestionnaireResponse" })).toBe("NotAResponse");
  fc.assert(
    fc.property(fc.jsonValue(), (given) => {
      expect(of(given)).toBe("NotAResponse");
    }),
  );
});
