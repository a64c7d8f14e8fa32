/** Self-Compassion Scale, short form: the total only, as its pairs are weak by themselves. */
import { climbing, ids, mostOf, numbered, remembered, type Scorer } from "../scorer.ts";

const items = ids(...climbing(1, 12));

export const scsSf: Scorer = {
  id: "scs-sf",
  title: "Self-Compassion Scale, short form",
  names: [],
  items: numbered(12, climbing(1, 5), [1, 4, 8, 9, 11, 12]),
  scales: [
    {
      id: "total",
      name: "Self-compassion",
      items,
      how: "mean",
      missing: mostOf(items),
      lowest: 1,
      highest: 5,
      better: "higher",
      lines: [],
      bands: {
        from: [
          [1, "low"],
          [2.5, "moderate"],
          [3.51, "high"],
        ],
        source: remembered("an informal rule of the author's"),
      },
      noise: null,
    },
  ],
  terms: "The author's site allows any use, with citation.",
  notes: ["Trials often tell the sum (12 to 60); here it is the mean of the answers."],
};
