/**
 * Scores a check-in: one number from 0 to 100 for each dimension and never a total. A dimension with
 * too few answers is "not scored"; answers are never guessed.
 */
import type { Band, CheckIn, CheckInResults, Dimension } from "#library/check-in.ts";
import { answerTo, scaleOf, type Answers } from "./questionnaire.ts";

export type DimensionScore =
  | {
      readonly state: "scored";
      readonly dimension: string;
      /** 0-100, where 100 is much of what the dimension is named after. */
      readonly score: number;
      readonly answered: number;
      readonly asked: number;
    }
  | {
      readonly state: "not-scored";
      readonly dimension: string;
      readonly answered: number;
      readonly asked: number;
    };

/**
 * Missing data: with at least 80 % of a dimension's items answered its score is the mean of those
 * (prorated), else it is not scored. With two or three items that means all of them.
 */
const ANSWERED_PERCENT_NEEDED = 80;

/** In the order in which the dimensions first appear among the items. */
export function scoresOf(checkIn: CheckIn, answers: Answers): DimensionScore[] {
  const dimensions = new Set(checkIn.items.flatMap((item) => item.dimension ?? []));
  return [...dimensions].map((dimension) => scoreOf(checkIn, answers, dimension));
}

export function scoreOf(checkIn: CheckIn, answers: Answers, dimension: string): DimensionScore {
  const items = checkIn.items.filter((item) => item.dimension === dimension);
  const shares = items.flatMap((item) => {
    const answer = answerTo(answers, item.id);
    if (answer === null) return [];
    const options = scaleOf(checkIn, item).options;
    const min = options[0]!.value;
    const max = options.at(-1)!.value;
    const value = item.reversed ? min + max - answer : answer;
    return [(value - min) / (max - min)];
  });
  const counts = { dimension, answered: shares.length, asked: items.length };
  if (shares.length === 0 || shares.length * 100 < items.length * ANSWERED_PERCENT_NEEDED) {
    return { state: "not-scored", ...counts };
  }
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return { state: "scored", score: mean * 100, ...counts };
}

/** The band whose text tells this score; bands are sorted by where they begin. */
export function bandOf(dimension: Dimension, score: number): Band {
  const band = dimension.bands.findLast((candidate) => candidate.from <= score);
  if (!band) throw new Error(`Dimension ${dimension.id} has no band for ${score}`);
  return band;
}

export function dimensionNamed(results: CheckInResults, id: string): Dimension {
  const dimension = results.dimensions.find((candidate) => candidate.id === id);
  if (!dimension) throw new Error(`No dimension ${id}`);
  return dimension;
}
