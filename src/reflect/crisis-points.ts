/**
 * How much the words of a passage weigh towards "this person may not want to live", in points learned
 * from the labelled sentences. They hear what no sign was written for; each can be read in
 * content/crisis/points.yaml, and nothing is learned from anybody who uses Callroom.
 */
import type { CrisisPoints } from "#library/crisis.ts";

/** Single words and pairs of neighbours, each once, by their stems; `^` and `$` are the passage's ends. */
export function featuresOf(words: readonly string[]): ReadonlySet<string> {
  const stems = words.map(stemOf);
  const framed = ["^", ...stems, "$"];
  return new Set([...stems, ...framed.slice(1).map((stem, i) => `${framed[i]} ${stem}`)]);
}

export function pointReader({ base, points }: CrisisPoints): (words: readonly string[]) => number {
  const pointsByFeature = new Map(
    points.flatMap(({ each, features }) => features.map((feature) => [feature, each] as const)),
  );
  return (words) =>
    [...featuresOf(words)].reduce((sum, f) => sum + (pointsByFeature.get(f) ?? 0), base);
}

const ENDINGS = ["ing", "ed", "es", "s", "ly"];

/** "Thinking" and "thinks" are `think`; crude, and enough to count alike what is alike. */
function stemOf(word: string): string {
  const ending = ENDINGS.find((end) => word.endsWith(end) && word.length - end.length >= 3);
  if (ending === undefined) return word.length > 3 ? word.replace(/e$/, "") : word;
  const stem = word.slice(0, -ending.length);
  return stem.length > 3 ? stem.replace(/(.)\1$/, "$1") : stem;
}
