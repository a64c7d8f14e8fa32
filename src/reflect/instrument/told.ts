/**
 * What a filled-in instrument has to say: each scale's number with its range, what conventions say of it, and a
 * change only where it is larger than chance. A convention is called one, and carries its source.
 */
import { changeThreshold, type Verdict } from "../change.ts";
import { noiseOf, type FinishedInstrument } from "./finished-instrument.ts";
import { callsForCare, findingsOf, scoreOfPoints } from "./instrument-score.ts";
import type { Finding, Line, Scale, Scorer, Source } from "./scorer.ts";

export interface ScaleTold {
  readonly scale: Scale;
  /** Null where it is not scored. */
  readonly score: number | null;
  readonly answered: number;
  readonly asked: number;
  /** True where some of its items were skipped and it is scored by its rule all the same. */
  readonly isFilledUp: boolean;
  readonly band: { readonly name: string; readonly source: Source } | null;
  readonly lines: readonly { readonly line: Line; readonly isReached: boolean }[];
  readonly change: ChangeTold | null;
}

/** Compared with earlier ones of the same instrument. Null for a first one. */
type ChangeTold =
  | { readonly kind: "unknown-noise" }
  | { readonly kind: "verdict"; readonly verdict: Verdict; readonly threshold: number }
  /** Under the threshold, and yet as large as a convention looks at. */
  | {
      readonly kind: "possible";
      readonly verdict: Verdict;
      readonly threshold: number;
      readonly from: number;
    };

export interface InstrumentTold {
  readonly scales: readonly ScaleTold[];
  readonly findings: readonly Finding[];
  readonly callsForCare: boolean;
}

/** `isLater`: whether one of the same instrument was kept before. */
export function toldOf(
  scorer: Scorer,
  finished: FinishedInstrument,
  isLater: boolean,
): InstrumentTold {
  const score = scoreOfPoints(scorer, finished.points);
  return {
    scales: scorer.scales.map((scale, index): ScaleTold => {
      const { answered, asked } = score.scales[index]!;
      const value = finished.scores[scale.id] ?? null;
      return {
        scale,
        score: value,
        answered,
        asked,
        isFilledUp: value !== null && answered < asked,
        band: value === null ? null : bandOf(scale, value),
        lines: value === null ? [] : linesOf(scale, value),
        change:
          value === null || !isLater ? null : changeOf(scorer, scale, finished.told[scale.id]),
      };
    }),
    findings: findingsOf(scorer, score),
    callsForCare: callsForCare(scorer, score),
  };
}

function isBeyond({ when, at }: Pick<Line, "when" | "at">, score: number): boolean {
  switch (when) {
    case ">=":
      return score >= at;
    case ">":
      return score > at;
    case "<=":
      return score <= at;
    case "<":
      return score < at;
  }
}

const linesOf = (scale: Scale, score: number): ScaleTold["lines"] =>
  scale.lines.map((line) => ({ line, isReached: isBeyond(line, score) }));

function bandOf(scale: Scale, score: number): ScaleTold["band"] {
  const found = scale.bands?.from.findLast(([from]) => from <= score);
  return found === undefined ? null : { name: found[1], source: scale.bands!.source };
}

function changeOf(scorer: Scorer, scale: Scale, verdict: Verdict | undefined): ChangeTold | null {
  const noise = noiseOf(scorer, scale);
  if (noise === null) return { kind: "unknown-noise" };
  if (verdict === undefined) return null;
  const threshold = changeThreshold(verdict.noise);
  const from = scale.possibleFrom?.points;
  const isPossible =
    verdict.state === "no-clear-change" && from !== undefined && Math.abs(verdict.by) >= from;
  return isPossible
    ? { kind: "possible", verdict, threshold, from }
    : { kind: "verdict", verdict, threshold };
}
