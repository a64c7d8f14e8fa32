/** Burnout Assessment Tool, short and long: means of 1 to 5. Its cut-offs await a look at the paper, so none is told. */
import { climbing, mostOf, type Scale, type Scorer, type ScorerItem } from "../scorer.ts";

const TERMS =
  "All rights reserved by the authors. Free on request where nothing is charged; anything else needs their consent.";

const DIMENSIONS = [
  ["exhaustion", "Exhaustion"],
  ["distance", "Mental distance"],
  ["cognitive", "Cognitive impairment"],
  ["emotional", "Emotional impairment"],
] as const;

function bat(id: string, title: string, counts: readonly number[]): Scorer {
  const itemsOf = (part: string, count: number): ScorerItem[] =>
    climbing(1, count).map((number) => ({
      id: `${part}-${number}`,
      names: [],
      values: climbing(1, 5),
    }));
  const scale = (name: string, label: string, items: readonly string[]): Scale => ({
    id: name,
    name: label,
    items,
    how: "mean",
    missing: mostOf(items),
    lowest: 1,
    highest: 5,
    better: "lower",
    lines: [],
    noise: null,
  });
  const parts = DIMENSIONS.map(([part], index) => itemsOf(part, counts[index]!));
  return {
    id,
    title,
    names: [],
    items: parts.flat(),
    scales: [
      scale(
        "total",
        "Burnout, core symptoms",
        parts.flat().map((item) => item.id),
      ),
      ...DIMENSIONS.map(([part, label], index) =>
        scale(
          part,
          label,
          parts[index]!.map((item) => item.id),
        ),
      ),
    ],
    terms: TERMS,
    notes: [
      "Cut-offs exist and are not told here: they were not checked.",
      "Mental distance tells people apart poorly.",
    ],
  };
}

export const bat12 = bat("bat-12", "Burnout Assessment Tool, 12 items", [3, 3, 3, 3]);
export const bat23 = bat("bat-23", "Burnout Assessment Tool, 23 items", [8, 5, 5, 5]);
