/**
 * What each answer of a question counts for, once its values are seen to be exactly the scorer's. A value comes
 * from the file (ordinalValue, or an integer itself), or from a code whose meaning is fixed everywhere.
 */
import { ok, refuse, type Result } from "#platform/result.ts";
import type { Answer, FormOption, Question } from "./form.ts";
import { fault, type FormFault } from "./form-fault.ts";
import type { ScorerItem } from "./scorer.ts";

/** LOINC's answer codes of the PHQ and GAD items, and of yes and no. */
const VALUE_BY_CODE: Readonly<Record<string, number>> = {
  "LA6568-5": 0,
  "LA6569-3": 1,
  "LA6570-1": 2,
  "LA6571-9": 3,
  "LA33-6": 1,
  "LA32-8": 0,
};

export function valuesByAnswer(
  question: Question,
  item: ScorerItem,
  place: string,
): Result<ReadonlyMap<Answer, number>, FormFault> {
  const valued = answersValued(question, place);
  if (!valued.ok) return valued;
  const inFile = [...valued.value.values()].toSorted((a, b) => a - b);
  if (inFile.join() !== item.values.join()) {
    const what = `${inFile.join(", ")} in place of ${item.values.join(", ")}`;
    return refuse(fault("ValuesDiffer", place, what));
  }
  const { values, points = values } = item;
  return ok(
    new Map(
      [...valued.value].map(([answer, value]) => [answer, points[values.indexOf(value)]!] as const),
    ),
  );
}

function answersValued(question: Question, place: string): Result<Map<Answer, number>, FormFault> {
  switch (question.kind) {
    case "boolean":
      return ok(new Map<Answer, number>([[false, 0], [true, 1]])); // prettier-ignore
    case "integer": {
      const values = Array.from(
        { length: question.max - question.min + 1 },
        (_, index) => question.min + index,
      );
      return ok(new Map(values.map((value) => [value, value])));
    }
    case "choice":
      return optionValues(question.options, place);
  }
}

function optionValues(
  options: readonly FormOption[],
  place: string,
): Result<Map<Answer, number>, FormFault> {
  const values = new Map<Answer, number>();
  for (const option of options) {
    const known = option.coding && valueOfCode(option.coding.code);
    const value = option.ordinal ?? known;
    if (value === null) return refuse(fault("ValueMissing", place, option.text));
    if (known !== null && known !== value) {
      const what = `${option.coding?.code} is ${known} everywhere and ${value} here`;
      return refuse(fault("ValuesDiffer", place, what));
    }
    values.set(option.answer, value);
  }
  return ok(values);
}

const valueOfCode = (code: string): number | null =>
  Object.hasOwn(VALUE_BY_CODE, code) ? VALUE_BY_CODE[code]! : null;
