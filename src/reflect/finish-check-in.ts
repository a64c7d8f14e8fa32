/** Finishing a check-in: scored, compared with what came before, and made what is kept. */
import type { CheckIn, CheckInResults } from "#library/check-in.ts";
import { noiseOf, verdictsOf, type Verdict } from "./change.ts";
import {
  readingsOf,
  seriesUpTo,
  type CheckInKind,
  type FinishedCheckIn,
} from "./finished-check-in.ts";
import type { CheckInDraft } from "./questionnaire.ts";
import { dimensionNamed, scoresOf } from "./scoring.ts";

/** `earlier`: everything kept so far, of any kind and in any order. */
export function finishCheckIn(
  checkIn: CheckIn,
  results: CheckInResults,
  draft: CheckInDraft,
  earlier: readonly FinishedCheckIn[],
  on: string,
): FinishedCheckIn {
  const kind: CheckInKind = checkIn.id === "pulse" ? "pulse" : "full";
  const scores = scoresOf(checkIn, draft.answers);
  const untold: FinishedCheckIn = {
    on,
    nth: 1 + Math.max(0, ...earlier.filter((kept) => kept.kind === kind).map(({ nth }) => nth)),
    kind,
    version: checkIn.version,
    answers: draft.answers,
    drivers: draft.drivers,
    note: draft.words.trim(),
    scores: Object.fromEntries(
      scores.map((score) => [score.dimension, score.state === "scored" ? score.score : null]),
    ),
    told: {},
  };
  const series = seriesUpTo(untold, [...earlier, untold]);
  const told = scores.flatMap(({ state, dimension }): [string, Verdict][] => {
    if (state === "not-scored") return [];
    const { better } = dimensionNamed(results, dimension);
    const noise = noiseOf(checkIn, dimension);
    const verdict = verdictsOf(readingsOf(series, dimension), noise, better).at(-1);
    return verdict === undefined ? [] : [[dimension, verdict]];
  });
  return { ...untold, told: Object.fromEntries(told) };
}
