/**
 * Scores answers to an instrument: a number for each scale, or "not scored" where too much is missing. What was
 * skipped, or not asked, is never guessed but by the scale's own rule.
 */
import { ok, refuse, type Result } from "#platform/result.ts";
import type { Answer } from "./form.ts";
import { isEnabled } from "./form-conditions.ts";
import type { AskedItem, Instrument } from "./instrument.ts";
import type { Finding, Scale, Scorer } from "./scorer.ts";

/** By linkId. Null for "skipped on purpose"; what was not met yet is absent. */
export type InstrumentAnswers = Readonly<Record<string, Answer | null>>;

export interface ScaleScore {
  readonly scale: string;
  /** Null where it is not scored. In the scale's own points. */
  readonly score: number | null;
  readonly answered: number;
  readonly asked: number;
}

export interface InstrumentScore {
  readonly scales: readonly ScaleScore[];
  /** Points of the scorer's items, in their order; null where one was skipped or not asked. */
  readonly points: readonly (number | null)[];
}

export type AnswersRefusal =
  | { readonly type: "NotAnswers" }
  | { readonly type: "NoSuchItem"; readonly linkId: string }
  | { readonly type: "NoSuchAnswer"; readonly linkId: string };

/** Checks the whole of what is given, then scores it. */
export function scoreAnswers(
  instrument: Instrument,
  given: unknown,
): Result<InstrumentScore, AnswersRefusal> {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return refuse({ type: "NotAnswers" });
  const { scorer, askedByLinkId, hasConditions } = instrument;
  const answers = given as Record<string, unknown>;
  const points = scorer.items.map((): number | null => null);
  for (const linkId of Object.keys(answers)) {
    const asked = askedByLinkId.get(linkId);
    if (asked === undefined) return refuse({ type: "NoSuchItem", linkId });
    const answer = answers[linkId];
    if (answer === null) continue;
    const value = asked.pointsByAnswer.get(answer as Answer);
    if (value === undefined) return refuse({ type: "NoSuchAnswer", linkId });
    if (asked.place >= 0) points[asked.place] = value;
  }
  if (hasConditions) forgetUnasked(instrument, answers as InstrumentAnswers, points);
  return ok(scoreOfPoints(scorer, points));
}

/** From what was kept of an earlier filling, also where its form is gone. */
export const scoreOfPoints = (
  scorer: Scorer,
  points: readonly (number | null)[],
): InstrumentScore => ({
  scales: scorer.scales.map((scale) => scoreOf(scorer, scale, points)),
  points,
});

/** Items that are asked after these answers, in order: each one's conditions look back only. */
export function askedAfter(
  instrument: Instrument,
  answers: InstrumentAnswers,
): ReadonlySet<AskedItem> {
  const asked = new Set<AskedItem>();
  const answerOf = (linkId: string): Answer | null => {
    const before = instrument.askedByLinkId.get(linkId);
    return before !== undefined && asked.has(before) ? answerTo(answers, linkId) : null;
  };
  for (const item of instrument.asked)
    if (item.enablings.every((enabling) => isEnabled(enabling, answerOf))) asked.add(item);
  return asked;
}

export const answerTo = (answers: InstrumentAnswers, linkId: string): Answer | null =>
  Object.hasOwn(answers, linkId) ? answers[linkId]! : null;

/** What rules say that look at more than one number. */
export function findingsOf(
  scorer: Scorer,
  { scales, points }: InstrumentScore,
): readonly Finding[] {
  if (scorer.findings === undefined) return [];
  return scorer.findings({
    score: (id) => scales.find(({ scale }) => scale === id)?.score ?? null,
    points: (id) => points[scorer.items.findIndex((item) => item.id === id)] ?? null,
  });
}

/** Whether an answer opens the crisis panel, whatever was scored. */
export function callsForCare(scorer: Scorer, { points }: Pick<InstrumentScore, "points">): boolean {
  return (scorer.safety ?? []).some((safety) => {
    const value = points[scorer.items.findIndex((item) => item.id === safety.item)] ?? null;
    if (value === null) return false;
    return "from" in safety ? value >= safety.from : value <= safety.upTo;
  });
}

function forgetUnasked(
  instrument: Instrument,
  answers: InstrumentAnswers,
  points: (number | null)[],
): void {
  const asked = askedAfter(instrument, answers);
  for (const item of instrument.asked)
    if (item.place >= 0 && !asked.has(item)) points[item.place] = null;
}

function scoreOf(scorer: Scorer, scale: Scale, points: readonly (number | null)[]): ScaleScore {
  const places = placesOf(scorer, scale);
  let sum = 0;
  let answered = 0;
  for (const place of places) {
    const value = points[place] ?? null;
    if (value === null) continue;
    sum += value;
    answered += 1;
  }
  const asked = places.length;
  const counts = { scale: scale.id, answered, asked };
  const { least, needed } = scale.missing;
  if (answered < least || answered === 0 || needed?.some((id) => isMissing(scorer, points, id)))
    return { ...counts, score: null };
  // A whole sum stays the integer that it is.
  const total = answered === asked ? sum : (sum / answered) * asked;
  const score = scale.how === "mean" ? sum / answered : total * (scale.times ?? 1);
  return { ...counts, score };
}

const isMissing = (scorer: Scorer, points: readonly (number | null)[], id: string): boolean =>
  points[scorer.items.findIndex((item) => item.id === id)] === null;

const placesByScale = new WeakMap<Scale, readonly number[]>();

/** Found once: a scale's items never change. */
function placesOf(scorer: Scorer, scale: Scale): readonly number[] {
  const known = placesByScale.get(scale);
  if (known !== undefined) return known;
  const places = scale.items.map((id) => {
    const place = scorer.items.findIndex((item) => item.id === id);
    if (place < 0) throw new Error(`${scorer.id} has no item ${id}`);
    return place;
  });
  placesByScale.set(scale, places);
  return places;
}
