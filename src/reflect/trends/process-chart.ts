/**
 * The chart of single readings that a process is watched by (XmR; Shewhart, Wheeler): a centre and limits from the
 * first eight readings, and the three signs that something else than the usual ups and downs is at work.
 */

export const READINGS_FOR_LIMITS = 8;
/** Turns a mean moving range into three standard deviations: 3 / 1.128. */
const REACH = 2.66;
const ONE_SIDE = 8;
const ONE_WAY = 6;

export interface ProcessChart {
  readonly centre: number;
  /** Not clipped to the scale. */
  readonly low: number;
  readonly high: number;
  /** In the order in which they end. */
  readonly signals: readonly Signal[];
}

export interface Signal {
  /** one or more `outside` the limits; eight or more on one `side` of the centre; six or more `climbing` or falling. */
  readonly kind: "outside" | "side" | "climbing";
  readonly direction: "up" | "down";
  /** Places of its first and last reading, from 0. */
  readonly from: number;
  readonly to: number;
}

/** Oldest first. Null under eight readings, or where the first eight are all alike: then there is no usual range. */
export function processChartOf(scores: readonly number[]): ProcessChart | null {
  if (scores.length < READINGS_FOR_LIMITS) return null;
  const first = scores.slice(0, READINGS_FOR_LIMITS);
  const centre = meanOf(first);
  const reach = REACH * meanOf(first.slice(1).map((score, i) => Math.abs(score - first[i]!)));
  if (reach === 0) return null;
  const [low, high] = [centre - reach, centre + reach];
  const signals = [
    ...runsOf(scores.map((score) => (score > high ? 1 : score < low ? -1 : 0))).map(
      (run): Signal => ({ kind: "outside", ...run }),
    ),
    ...runsOf(scores.map((score) => Math.sign(score - centre)))
      .filter(({ from, to }) => to - from + 1 >= ONE_SIDE)
      .map((run): Signal => ({ kind: "side", ...run })),
    // A run of steps has one reading more than steps.
    ...runsOf(scores.slice(1).map((score, i) => Math.sign(score - scores[i]!)))
      .map((run) => ({ ...run, to: run.to + 1 }))
      .filter(({ from, to }) => to - from + 1 >= ONE_WAY)
      .map((run): Signal => ({ kind: "climbing", ...run })),
  ];
  return { centre, low, high, signals: signals.toSorted((a, b) => a.to - b.to) };
}

/** Longest stretches of one sign; 0 belongs to none and ends one. */
function runsOf(signs: readonly number[]): Pick<Signal, "direction" | "from" | "to">[] {
  const runs: { direction: "up" | "down"; from: number; to: number }[] = [];
  signs.forEach((sign, i) => {
    if (sign === 0) return;
    const last = runs.at(-1);
    const direction = sign > 0 ? "up" : "down";
    if (last?.to === i - 1 && last.direction === direction) last.to = i;
    else runs.push({ direction, from: i, to: i });
  });
  return runs;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
