/**
 * What a finished check-in has to say, in the order in which it is told: what works first, then what is
 * under strain, then a few things to do now. No total, no grade, and no word about the person.
 */
import type {
  Band,
  CheckIn,
  CheckInResults,
  Dimension,
  Driver,
  Drivers,
} from "#library/check-in.ts";
import { noiseOf } from "./change.ts";
import { readingsOf, seriesUpTo, type FinishedCheckIn } from "./finished-check-in.ts";
import { bandOf } from "./scoring.ts";
import { trendOf, type Trend } from "./trends/trend.ts";

/** Where a dimension stands: it holds, it is under strain, or something between. */
export type Standing = "holds" | "between" | "strained";

export interface DimensionTold {
  readonly dimension: Dimension;
  /** 0-100 */
  readonly score: number;
  readonly band: Band;
  readonly standing: Standing;
  /** Up to and with this check-in. */
  readonly trend: Trend;
}

export interface ResultTold {
  readonly told: readonly DimensionTold[];
  readonly notScored: readonly Dimension[];
  /** As the person picked them; those that have left the content since are passed over. */
  readonly drivers: readonly Driver[];
  /** A few, from what is strained most; else from what lies between; else what keeps the rest so. */
  readonly now: readonly string[];
  /** False for the first of its series: there is nothing to compare with. */
  readonly isLater: boolean;
}

const A_FEW = 3;

export function resultOf(
  one: FinishedCheckIn,
  finished: readonly FinishedCheckIn[],
  content: {
    readonly checkIn: CheckIn;
    readonly results: CheckInResults;
    readonly drivers: Drivers;
  },
  showDay: (day: string) => string,
): ResultTold {
  const { checkIn, results } = content;
  const series = seriesUpTo(one, finished);
  const asked = results.dimensions.filter(({ id }) => Object.hasOwn(one.scores, id));
  const told = asked.flatMap((dimension): DimensionTold[] => {
    const score = one.scores[dimension.id];
    const noise = noiseOf(checkIn, dimension.id);
    const readings = readingsOf(series, dimension.id);
    const trend = trendOf(dimension, readings, noise, results.change, showDay);
    if (typeof score !== "number" || trend === null) return [];
    const band = bandOf(dimension, score);
    return [{ dimension, score, band, standing: standingOf(dimension, band), trend }];
  });
  return {
    told,
    notScored: asked.filter(({ id }) => one.scores[id] === null),
    drivers: one.drivers.flatMap(
      (id) => content.drivers.drivers.find((driver) => driver.id === id) ?? [],
    ),
    now: nowOf(told),
    isLater: told.some(({ trend }) => trend.latest !== null),
  };
}

const standingOf = (dimension: Dimension, band: Band): Standing =>
  band.id === "middle"
    ? "between"
    : (band.id === "high") === (dimension.better === "higher")
      ? "holds"
      : "strained";

/** One from each in turn, so that a few pieces of advice are about several things. */
function nowOf(told: readonly DimensionTold[]): string[] {
  for (const standing of ["strained", "between", "holds"] as const) {
    const lists = told
      .filter((one) => one.standing === standing)
      .toSorted((a, b) => distanceFromGood(b) - distanceFromGood(a))
      .map(({ band }) => band.now);
    if (lists.length > 0) {
      const rounds = Math.max(...lists.map((list) => list.length));
      return Array.from({ length: rounds }, (_, round) =>
        lists.flatMap((list) => list[round] ?? []),
      )
        .flat()
        .slice(0, A_FEW);
    }
  }
  return [];
}

const distanceFromGood = ({ dimension, score }: DimensionTold): number =>
  dimension.better === "lower" ? score : 100 - score;
