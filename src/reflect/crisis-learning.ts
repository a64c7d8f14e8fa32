/**
 * Learns the points of words from labelled passages: logistic regression, fitted by plain descent (Adam,
 * Kingma and Ba 2015) without any chance in it, so that the same sentences always give the same points.
 */
import type { CrisisPoints, CrisisSigns, LabelledSentences } from "#library/crisis.ts";
import { featuresOf } from "./crisis-points.ts";
import { sentenceReader } from "./crisis.ts";

/**
 * Explicit and possible are both danger here: how plainly it is said is for the threshold. Ordinary texts
 * teach which words stand everywhere.
 */
export function learnFromLabelled(
  labelled: LabelledSentences,
  ordinary: LabelledSentences,
  signs: CrisisSigns,
): LearnedPoints {
  const read = sentenceReader(signs);
  const examplesOf = ({ sentences }: LabelledSentences, isOrdinary: boolean): Example[] =>
    sentences.map(({ text, expect }) => ({
      words: read(text).flatMap(({ words }) => words),
      isDanger: expect !== "none",
      isOrdinary,
    }));
  return learnPoints([...examplesOf(labelled, false), ...examplesOf(ordinary, true)]);
}

/** As content/crisis/points.yaml holds them: what weighs most for danger first, alphabetical inside. */
export function pointsByWeight({ points }: LearnedPoints): CrisisPoints["points"] {
  const byWeight = Map.groupBy(points.keys(), (feature) => points.get(feature)!);
  return [...byWeight]
    .toSorted(([a], [b]) => b - a)
    .map(([each, features]) => ({ each, features: features.toSorted() }));
}

interface Example {
  readonly words: readonly string[];
  readonly isDanger: boolean;
  /** An everyday text that has nothing to do with danger. */
  readonly isOrdinary?: boolean;
}

export interface LearnedPoints {
  readonly base: number;
  readonly points: ReadonlyMap<string, number>;
}

/** What stands in fewer sentences, or weighs less, says more about our list than about people. */
const FEWEST_SENTENCES = 3;
const FEWEST_POINTS = 2;
const POINTS_PER_UNIT = 10;

const ROUNDS = 250;
const STEP = 0.02;
/** Holds the weights small: a word that hardly helps gets hardly any. */
const RESTRAINT = 1;

export function learnPoints(examples: readonly Example[]): LearnedPoints {
  const featuresByExample = examples.map(({ words }) => [...featuresOf(words)]);
  const names = frequentOnes(featuresByExample.flat());
  const indexByName = new Map(names.map((name, i) => [name, i]));
  const rows = featuresByExample.map((features) =>
    features.flatMap((feature) => indexByName.get(feature) ?? []),
  );
  // The last weight is the base, in every row and never restrained.
  const base = names.length;
  const worthOf = worthIn(examples);
  const weights = descend(base + 1, (at, slope) => {
    for (const [i, example] of examples.entries()) {
      const sum = rows[i]!.reduce((total, column) => total + at[column]!, at[base]!);
      const miss = (1 / (1 + Math.exp(-sum)) - (example.isDanger ? 1 : 0)) * worthOf(example);
      for (const column of rows[i]!) slope[column]! += miss;
      slope[base]! += miss;
    }
    for (let column = 0; column < base; column++) slope[column]! += RESTRAINT * at[column]!;
  });
  const toPoints = (weight: number): number => Math.round(weight * POINTS_PER_UNIT);
  return {
    base: toPoints(weights[base]!),
    points: new Map(
      names
        .map((name, i) => [name, toPoints(weights[i]!)] as const)
        .filter(([, points]) => Math.abs(points) >= FEWEST_POINTS),
    ),
  };
}

function frequentOnes(features: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return [...counts.keys()]
    .filter((feature) => counts.get(feature)! >= FEWEST_SENTENCES)
    .toSorted();
}

/** Of the labelled ones both sides count alike, however many sentences each has; an ordinary one counts once. */
function worthIn(examples: readonly Example[]): (example: Example) => number {
  const labelled = examples.filter(({ isOrdinary }) => isOrdinary !== true);
  const dangers = labelled.filter(({ isDanger }) => isDanger).length;
  const danger = labelled.length / (2 * dangers);
  const none = labelled.length / (2 * (labelled.length - dangers));
  return ({ isDanger, isOrdinary }) => (isOrdinary === true ? 1 : isDanger ? danger : none);
}

function descend(
  size: number,
  addSlope: (at: Float64Array, slope: Float64Array) => void,
): Float64Array {
  const weights = new Float64Array(size);
  const slope = new Float64Array(size);
  const mean = new Float64Array(size);
  const spread = new Float64Array(size);
  for (let round = 1; round <= ROUNDS; round++) {
    slope.fill(0);
    addSlope(weights, slope);
    for (let i = 0; i < size; i++) {
      mean[i] = 0.9 * mean[i]! + 0.1 * slope[i]!;
      spread[i] = 0.999 * spread[i]! + 0.001 * slope[i]! ** 2;
      const steadyMean = mean[i]! / (1 - 0.9 ** round);
      const steadySpread = spread[i]! / (1 - 0.999 ** round);
      weights[i]! -= (STEP * steadyMean) / (Math.sqrt(steadySpread) + 1e-8);
    }
  }
  return weights;
}
