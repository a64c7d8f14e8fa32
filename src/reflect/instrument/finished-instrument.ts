/**
 * A filled-in instrument as it is kept, sealed: the answers as a FHIR QuestionnaireResponse that stands by itself,
 * the scores, and what was told about change with all that the verdict rests on.
 */
import { verdictsOf, type Noise, type Reading, type Verdict } from "../change.ts";
import type { Instrument } from "./instrument.ts";
import { scoreAnswers, type InstrumentAnswers } from "./instrument-score.ts";
import { answersToResponse, type QuestionnaireResponse } from "./response.ts";
import type { Scale, Scorer } from "./scorer.ts";

export interface FinishedInstrument {
  /** The scorer's id. */
  readonly instrument: string;
  /** ISO day in the person's own zone. */
  readonly on: string;
  /** 1 for the first of its instrument. */
  readonly nth: number;
  readonly response: QuestionnaireResponse;
  /** Of the scorer's items, in their order; null where one was skipped or not asked. */
  readonly points: readonly (number | null)[];
  /** By scale, in its own points; null where it was not scored. */
  readonly scores: Readonly<Record<string, number | null>>;
  /** By scale; none for a first reading, or where nothing is known of its noise. */
  readonly told: Readonly<Record<string, Verdict>>;
}

/** `earlier`: everything kept so far, of any instrument and in any order. */
export function finishInstrument(
  instrument: Instrument,
  answers: InstrumentAnswers,
  earlier: readonly FinishedInstrument[],
  on: string,
): FinishedInstrument {
  const { scorer } = instrument;
  const scored = scoreAnswers(instrument, answers);
  if (!scored.ok) throw new Error("Answers that do not fit their own form");
  const series = seriesOf(scorer.id, earlier);
  const untold: FinishedInstrument = {
    instrument: scorer.id,
    on,
    nth: 1 + Math.max(0, ...series.map(({ nth }) => nth)),
    response: answersToResponse(instrument, answers, scored.value, on),
    points: scored.value.points,
    scores: Object.fromEntries(scored.value.scales.map(({ scale, score }) => [scale, score])),
    told: {},
  };
  const told = scorer.scales.flatMap((scale): [string, Verdict][] => {
    const noise = noiseOf(scorer, scale);
    if (noise === null || untold.scores[scale.id] === null) return [];
    const verdict = verdictsOf(readingsOf([...series, untold], scale.id), noise, scale.better);
    return verdict.length === 0 ? [] : [[scale.id, verdict.at(-1)!]];
  });
  return { ...untold, told: Object.fromEntries(told) };
}

/** Oldest first. */
export const seriesOf = (
  instrument: string,
  finished: readonly FinishedInstrument[],
): FinishedInstrument[] =>
  finished
    .filter((kept) => kept.instrument === instrument)
    .toSorted((a, b) => (a.on === b.on ? a.nth - b.nth : a.on < b.on ? -1 : 1));

/** In the scale's own points. */
export const readingsOf = (series: readonly FinishedInstrument[], scale: string): Reading[] =>
  series.flatMap(({ on, scores }) => {
    const score = scores[scale];
    return typeof score === "number" ? [{ day: on, score }] : [];
  });

/** What a change is measured against; null where nothing certain is known of the scale. */
export function noiseOf(scorer: Scorer, scale: Scale): Noise | null {
  if (scale.noise === null) return null;
  const { sd, r, source } = scale.noise;
  return {
    sd,
    r,
    source: source.text,
    assumed: source.mark === "remembered",
    version: `${scorer.id}.${scale.id}@1`,
  };
}

/** What lies in the safe was written by some version of this app; what is none of these is passed over. */
export function isFinishedInstrument(kept: unknown): kept is FinishedInstrument {
  if (typeof kept !== "object" || kept === null) return false;
  const { instrument, on, nth, response, points, scores, told } = kept as Record<string, unknown>;
  return (
    typeof instrument === "string" &&
    typeof on === "string" &&
    /^\d{4}-\d\d-\d\d$/.test(on) &&
    typeof nth === "number" &&
    typeof response === "object" &&
    response !== null &&
    Array.isArray((response as { item?: unknown }).item) &&
    Array.isArray(points) &&
    typeof scores === "object" &&
    scores !== null &&
    typeof told === "object" &&
    told !== null
  );
}
