import fc from "fast-check";
import { expect, test } from "vitest";
import { answersOf, fileOf, instrumentOf } from "../../../tests/instrument-files.ts";
import { isEnabled } from "./form-conditions.ts";
import type { Answer, Condition } from "./form.ts";
import { readInstrument } from "./instrument.ts";
import { askedAfter, callsForCare, scoreAnswers } from "./instrument-score.ts";
import { cssrs } from "./scorers/c-ssrs.ts";
import { phq9 } from "./scorers/phq-gad.ts";

const asks = (operator: Condition["operator"], given: Answer | null, wanted: Answer) =>
  isEnabled(
    { behavior: "all", conditions: [{ question: "q", operator, answer: wanted }] },
    () => given,
  );

test("operators hold as FHIR has them, and without an answer only `exists = false` does", () => {
  expect(asks("=", 3, 3)).toBe(true);
  expect(asks("!=", 3, 3)).toBe(false);
  expect(asks(">", 4, 3) && asks(">=", 3, 3) && asks("<", 2, 3) && asks("<=", 3, 3)).toBe(true);
  expect(asks(">", 3, 3) || asks("<", 3, 3)).toBe(false);
  expect(asks("exists", null, false) && asks("exists", true, true)).toBe(true);
  for (const operator of ["=", "!=", ">", "<", ">=", "<="] as const)
    expect(asks(operator, null, 3)).toBe(false);
});

test("all or any of several", () => {
  const conditions: Condition[] = [
    { question: "a", operator: "=", answer: true },
    { question: "b", operator: "=", answer: true },
  ];
  const onlyA = (linkId: string) => linkId === "a";
  expect(isEnabled({ behavior: "all", conditions }, onlyA)).toBe(false);
  expect(isEnabled({ behavior: "any", conditions }, onlyA)).toBe(true);
});

/** 3, 4 and 5 where 2 is yes, the months where 6 is. */
function branching() {
  const file = fileOf(cssrs);
  const waits: Record<string, string> = { "3": "2", "4": "2", "5": "2", "6-recent": "6" };
  for (const item of file.item) {
    const question = waits[item.linkId];
    if (question !== undefined)
      item["enableWhen"] = [{ question, operator: "=", answerCoding: { code: "v1" } }];
  }
  const read = readInstrument(JSON.stringify(file));
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.value;
}

test("an answer to what is no longer asked counts for nothing, also not for care", () => {
  const instrument = branching();
  // The 4th was answered with yes, then the 2nd was taken back.
  const answers = answersOf(cssrs, [0, 0, undefined, 1, undefined, 0]);
  const asked = [...askedAfter(instrument, answers)].map(({ question }) => question.linkId);
  expect(asked).toEqual(["1", "2", "6"]);
  const score = scoreAnswers(instrument, answers);
  expect(score.ok && callsForCare(cssrs, score.value)).toBe(false);
  const again = scoreAnswers(instrument, answersOf(cssrs, [0, 1, undefined, 1, undefined, 0]));
  expect(again.ok && callsForCare(cssrs, again.value)).toBe(true);
});

test("answers that no item has are refused, whatever they are", () => {
  const instrument = instrumentOf(phq9);
  const of = (given: unknown) => {
    const result = scoreAnswers(instrument, given);
    return result.ok ? "scored" : result.refusal.type;
  };
  expect(of(null)).toBe("NotAnswers");
  expect(of([])).toBe("NotAnswers");
  expect(of({ nine: "v1" })).toBe("NoSuchItem");
  expect(of({ toString: "v1" })).toBe("NoSuchItem");
  expect(of(JSON.parse('{"__proto__":"v1"}'))).toBe("NoSuchItem");
  for (const answer of ["v4", 1, true, ["v1"], {}, undefined, ""])
    expect(of({ "1": answer })).toBe("NoSuchAnswer");
  fc.assert(
    fc.property(fc.jsonValue(), (given) => {
      expect(["NotAnswers", "NoSuchItem", "NoSuchAnswer", "scored"]).toContain(of(given));
    }),
  );
});
