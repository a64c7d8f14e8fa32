/**
 * Answers as a FHIR R4 QuestionnaireResponse and back. Scores lie inside as contained Observations that point at
 * the response they were made from, so that a system that knows nothing of Callroom can tell them apart.
 */
import * as v from "valibot";
import { ok, refuse, type Result } from "#platform/result.ts";
import type { Answer, Coding, FormItem, Question } from "./form.ts";
import type { Instrument } from "./instrument.ts";
import {
  answerTo,
  askedAfter,
  scoreAnswers,
  type InstrumentAnswers,
  type InstrumentScore,
} from "./instrument-score.ts";
import type { Scale, Scorer } from "./scorer.ts";
import { TOTAL_CODES } from "./totals.ts";

type FhirCoding = { readonly system?: string; readonly code: string; readonly display?: string };

type FhirAnswer =
  | { readonly valueCoding: FhirCoding }
  | { readonly valueInteger: number }
  | { readonly valueBoolean: boolean };

interface ResponseItem {
  readonly linkId: string;
  readonly text?: string;
  /** R4 has no place for an item's code in a response. */
  readonly extension?: readonly { readonly url: string; readonly valueCoding: FhirCoding }[];
  readonly item?: readonly ResponseItem[];
  readonly answer?: readonly FhirAnswer[];
}

export interface QuestionnaireResponse {
  readonly resourceType: "QuestionnaireResponse";
  readonly contained?: readonly ScoreObservation[];
  readonly questionnaire: string;
  readonly status: "completed";
  /** The day alone. */
  readonly authored: string;
  readonly item: readonly ResponseItem[];
}

interface ScoreObservation {
  readonly resourceType: "Observation";
  readonly id: string;
  readonly status: "final";
  readonly code: { readonly coding: readonly FhirCoding[]; readonly text: string };
  readonly effectiveDateTime: string;
  readonly derivedFrom: readonly [{ readonly reference: "#" }];
  readonly valueQuantity: { readonly value: number; readonly unit: "{score}" };
}

const ITEM_CODE = "callroom:item-code";
const SCALE_SYSTEM = "callroom:scale";

export function answersToResponse(
  instrument: Instrument,
  answers: InstrumentAnswers,
  score: InstrumentScore,
  on: string,
): QuestionnaireResponse {
  const { form, scorer } = instrument;
  const asked = askedAfter(instrument, answers);
  const isAsked = (linkId: string) => asked.has(instrument.askedByLinkId.get(linkId)!);
  const contained = scorer.scales.flatMap((scale, index) => {
    const value = score.scales[index]?.score ?? null;
    return value === null ? [] : [observationOf(scorer, scale, value, on)];
  });
  const name = form.url ?? `callroom:${scorer.id}`;
  return {
    resourceType: "QuestionnaireResponse",
    ...(contained.length > 0 && { contained }),
    questionnaire: form.version === null ? name : `${name}|${form.version}`,
    status: "completed",
    authored: on,
    item: itemsOf(form.items, answers, isAsked),
  };
}

/** The answers again, by linkId; what does not fit the form is refused. */
export function responseToAnswers(
  instrument: Instrument,
  response: unknown,
): Result<InstrumentAnswers, { readonly type: "NotAResponse" } | { readonly type: "NotThisForm" }> {
  const parsed = v.safeParse(responseSchema, response);
  if (!parsed.success) return refuse({ type: "NotAResponse" });
  const answers = Object.fromEntries(leavesOf(parsed.output.item));
  const fits = scoreAnswers(instrument, answers).ok;
  return fits ? ok(answers) : refuse({ type: "NotThisForm" });
}

function itemsOf(
  items: readonly FormItem[],
  answers: InstrumentAnswers,
  isAsked: (linkId: string) => boolean,
): ResponseItem[] {
  return items.flatMap((item): ResponseItem[] => {
    const head = { linkId: item.linkId, ...(item.text !== "" && { text: item.text }) };
    if (item.kind === "display") return [];
    if (item.kind === "group") {
      const inside = itemsOf(item.items, answers, isAsked);
      return inside.length === 0 ? [] : [{ ...head, item: inside }];
    }
    const answer = isAsked(item.linkId) ? answerTo(answers, item.linkId) : null;
    if (answer === null) return [];
    const codes = item.codes.map((code) => ({ url: ITEM_CODE, valueCoding: codingToFhir(code) }));
    const extension = codes.length > 0 && { extension: codes };
    return [{ ...head, ...extension, answer: [answerToFhir(item, answer)] }];
  });
}

function answerToFhir(question: Question, answer: Answer): FhirAnswer {
  if (typeof answer === "boolean") return { valueBoolean: answer };
  if (typeof answer === "number") return { valueInteger: answer };
  const options = question.kind === "choice" ? question.options : [];
  const coding = options.find((option) => option.answer === answer)?.coding;
  return { valueCoding: coding ? codingToFhir(coding) : { code: answer } };
}

const codingToFhir = ({ system, code, display }: Coding): FhirCoding => ({
  ...(system !== null && { system }),
  code,
  ...(display !== null && { display }),
});

function observationOf(scorer: Scorer, scale: Scale, value: number, on: string): ScoreObservation {
  const id = `${scorer.id}.${scale.id}`;
  const total = TOTAL_CODES[id];
  return {
    resourceType: "Observation",
    id: `score-${scale.id}`,
    status: "final",
    code: {
      coding: [
        ...(total === undefined ? [] : [{ system: "http://loinc.org", code: total }]),
        { system: SCALE_SYSTEM, code: id },
      ],
      text: `${scorer.title}: ${scale.name}`,
    },
    effectiveDateTime: on,
    derivedFrom: [{ reference: "#" }],
    valueQuantity: { value, unit: "{score}" },
  };
}

const itemSchema: v.GenericSchema<unknown, ResponseItem> = v.looseObject({
  linkId: v.string(),
  item: v.exactOptional(v.pipe(v.array(v.lazy(() => itemSchema)), v.maxLength(200))),
  answer: v.exactOptional(
    v.pipe(
      v.array(
        v.union([
          v.looseObject({ valueCoding: v.looseObject({ code: v.string() }) }),
          v.looseObject({ valueInteger: v.number() }),
          v.looseObject({ valueBoolean: v.boolean() }),
        ]),
      ),
      v.length(1),
    ),
  ),
});

const responseSchema = v.looseObject({
  resourceType: v.literal("QuestionnaireResponse"),
  questionnaire: v.string(),
  item: v.pipe(v.array(itemSchema), v.maxLength(200)),
});

function leavesOf(items: readonly ResponseItem[]): [string, Answer][] {
  return items.flatMap(({ linkId, item, answer }): [string, Answer][] => [
    ...(answer === undefined ? [] : [[linkId, fhirToAnswer(answer[0]!)] as [string, Answer]]),
    ...leavesOf(item ?? []),
  ]);
}

const fhirToAnswer = (answer: FhirAnswer): Answer =>
  "valueCoding" in answer
    ? answer.valueCoding.code
    : "valueInteger" in answer
      ? answer.valueInteger
      : answer.valueBoolean;
