/**
 * A form and the scorer that fits it, prepared so that an answer is looked up and never searched for. What does not
 * match in any item or value is refused with what differs: a near fit would give a number that means nothing.
 */
import { ok, refuse, type Result } from "#platform/result.ts";
import {
  codingToName,
  isQuestion,
  type Answer,
  type Enabling,
  type Form,
  type FormItem,
  type Question,
} from "./form.ts";
import { fault, THE_FILE, type FormFault } from "./form-fault.ts";
import { readForm } from "./form-reading.ts";
import { valuesByAnswer } from "./answer-values.ts";
import { loinc, ownName, type Scorer } from "./scorer.ts";
import { SCORERS } from "./scorers/all.ts";

export interface AskedItem {
  readonly question: Question;
  /** Its own conditions and those of the groups around it; empty where it is always asked. */
  readonly enablings: readonly Enabling[];
  /** Place in the scorer's items; -1 for what counts for nothing. */
  readonly place: number;
  /** What each answer counts for, by the scorer. */
  readonly pointsByAnswer: ReadonlyMap<Answer, number>;
}

export interface Instrument {
  readonly form: Form;
  readonly scorer: Scorer;
  /** In the order in which they are asked. */
  readonly asked: readonly AskedItem[];
  readonly askedByLinkId: ReadonlyMap<string, AskedItem>;
  /** Whether any item is asked on a condition. */
  readonly hasConditions: boolean;
}

/** From the text of a FHIR file. */
export function readInstrument(text: string): Result<Instrument, readonly FormFault[]> {
  const form = readForm(text);
  return form.ok ? fitForm(form.value) : form;
}

function fitForm(form: Form): Result<Instrument, readonly FormFault[]> {
  const scorers = SCORERS.filter((scorer) => isNamedIn(form, scorer));
  const [scorer] = scorers;
  if (scorer === undefined)
    return refuse([fault("NoScorer", THE_FILE, form.names.slice(0, 6).join(", "))]);
  if (scorers.length > 1)
    return refuse([fault("TwoScorers", THE_FILE, scorers.map(({ id }) => id).join(", "))]);
  if (scorer.groupsOnly) return refuse([fault("GroupsOnly", THE_FILE, scorer.title)]);
  return fitScorer(form, scorer);
}

const isNamedIn = (form: Form, scorer: Scorer): boolean =>
  [`callroom:${scorer.id}`, ...scorer.names].some((name) => form.names.includes(name));

export function fitScorer(form: Form, scorer: Scorer): Result<Instrument, readonly FormFault[]> {
  const faults: FormFault[] = [];
  const placeByName = new Map(
    scorer.items.flatMap((item, place) =>
      [ownName(scorer, item), ...item.names].map((name): [string, number] => [name, place]),
    ),
  );
  const found = new Map<number, string>();
  const asked: AskedItem[] = [];
  for (const { item: question, enablings } of questionsWithin(form.items, [])) {
    const where = `Item ${question.linkId}`;
    const names = namesOf(question);
    const named = names.find((name) => placeByName.has(name));
    if (named === undefined) {
      if (!names.some((name) => scorer.besides?.includes(name) ?? false))
        faults.push(fault("ItemExtra", where));
      asked.push({ question, enablings, place: -1, pointsByAnswer: anyAnswer(question) });
      continue;
    }
    const place = placeByName.get(named)!;
    if (found.has(place)) faults.push(fault("ItemTwice", where, named));
    found.set(place, question.linkId);
    if (enablings.length > 0 && !scorer.branches) faults.push(fault("ItemConditional", where));
    const points = valuesByAnswer(question, scorer.items[place]!, where);
    if (!points.ok) faults.push(points.refusal);
    asked.push({
      question,
      enablings,
      place,
      pointsByAnswer: points.ok ? points.value : new Map(),
    });
  }
  scorer.items.forEach((item, place) => {
    if (found.has(place)) return;
    faults.push(fault("ItemMissing", THE_FILE, [ownName(scorer, item), ...item.names].join(", ")));
  });
  if (faults.length > 0) return refuse(faults.slice(0, 40));
  return ok({
    form,
    scorer,
    asked,
    askedByLinkId: new Map(asked.map((each) => [each.question.linkId, each])),
    hasConditions: asked.some(({ enablings }) => enablings.length > 0),
  });
}

/** Tools that write LOINC's panels put an item's code into its linkId, and some nowhere else. */
function namesOf({ codes, linkId }: Question): readonly string[] {
  if (codes.length > 0) return codes.map(codingToName);
  const code = /^\/(\d{1,6}-\d)$/.exec(linkId)?.[1];
  return code === undefined ? [] : [loinc(code)];
}

interface Within {
  readonly item: Question;
  readonly enablings: readonly Enabling[];
}

function questionsWithin(items: readonly FormItem[], around: readonly Enabling[]): Within[] {
  return items.flatMap((item): Within[] => {
    const enablings = item.enabling === null ? around : [...around, item.enabling];
    if (item.kind === "group") return questionsWithin(item.items, enablings);
    return isQuestion(item) ? [{ item, enablings }] : [];
  });
}

/** What may be answered and counts for nothing. */
function anyAnswer(question: Question): ReadonlyMap<Answer, number> {
  const answers: readonly Answer[] =
    question.kind === "choice"
      ? question.options.map(({ answer }) => answer)
      : question.kind === "boolean"
        ? [true, false]
        : Array.from({ length: question.max - question.min + 1 }, (_, i) => question.min + i);
  return new Map(answers.map((answer) => [answer, 0]));
}
