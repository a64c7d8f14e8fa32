/**
 * Conditions under which an item is asked. They may look back only, so that one pass over the form settles them
 * and no two items can wait for each other.
 */
import { ok, refuse, type Result } from "#platform/result.ts";
import type { FhirCondition, FhirItem } from "./fhir.ts";
import type { Answer, Condition, Enabling, Question } from "./form.ts";
import { fault, type FormFault } from "./form-fault.ts";

export type SeenQuestions = Map<string, Question>;

/** Null where the item is always asked. */
export function readEnabling(
  item: FhirItem,
  place: string,
  seen: SeenQuestions,
): Result<Enabling | null, FormFault> {
  const given = item.enableWhen;
  if (given === undefined) return ok(null);
  if (given.length > 1 && item.enableBehavior === undefined)
    return refuse(fault("BehaviorMissing", place));
  const conditions: Condition[] = [];
  for (const each of given) {
    const question = seen.get(each.question);
    if (question === undefined) return refuse(fault("ConditionLater", place, each.question));
    const answer = answerIn(each);
    if (answer === null || !fits(each, answer, question))
      return refuse(fault("ConditionWrong", place, each.question));
    conditions.push({ question: each.question, operator: each.operator, answer });
  }
  return ok({ behavior: item.enableBehavior ?? "all", conditions });
}

/** `answerOf`: of earlier items; null where it was skipped or not asked. */
export function isEnabled(
  enabling: Enabling | null,
  answerOf: (linkId: string) => Answer | null,
): boolean {
  if (enabling === null) return true;
  const holds = ({ question, operator, answer }: Condition) =>
    isHolding(operator, answerOf(question), answer);
  return enabling.behavior === "all"
    ? enabling.conditions.every(holds)
    : enabling.conditions.some(holds);
}

/** FHIR: what has no answer fulfils nothing but `exists = false`. */
function isHolding(operator: Condition["operator"], given: Answer | null, wanted: Answer): boolean {
  if (operator === "exists") return (given !== null) === wanted;
  if (given === null) return false;
  switch (operator) {
    case "=":
      return given === wanted;
    case "!=":
      return given !== wanted;
    case ">":
      return given > wanted;
    case "<":
      return given < wanted;
    case ">=":
      return given >= wanted;
    case "<=":
      return given <= wanted;
  }
}

function answerIn({ answerBoolean, answerInteger, answerCoding }: FhirCondition): Answer | null {
  const given = [answerBoolean, answerInteger, answerCoding?.code].filter(
    (each) => each !== undefined,
  );
  return given.length === 1 ? given[0]! : null;
}

function fits(condition: FhirCondition, answer: Answer, question: Question): boolean {
  if (condition.operator === "exists") return typeof answer === "boolean";
  const isOrder = condition.operator !== "=" && condition.operator !== "!=";
  switch (question.kind) {
    case "boolean":
      return typeof answer === "boolean" && !isOrder;
    case "integer":
      return typeof answer === "number";
    case "choice":
      return (
        question.options.some((option) => option.answer === answer) &&
        (!isOrder || typeof answer === "number")
      );
  }
}
