/** Well-Being Index with seven and nine items: one point for each yes; meaning and time add or take one. */
import {
  allOf,
  climbing,
  numbered,
  remembered,
  seen,
  ids,
  type Scale,
  type Scorer,
} from "../scorer.ts";

const YES = [0, 1];
const TERMS =
  "© Mayo Clinic; organisations license it from its vendor. Individuals use it there without charge.";

const total = (
  items: readonly string[],
  lowest: number,
  highest: number,
): Omit<Scale, "lines"> => ({
  id: "total",
  name: "Distress, in points",
  items,
  how: "sum",
  // A mean of yes-no items and of folded ones stands for nothing.
  missing: allOf(items),
  lowest,
  highest,
  better: "lower",
  noise: null,
});

export const wbi7: Scorer = {
  id: "wbi-7",
  title: "Well-Being Index, seven items",
  names: [],
  items: numbered(7, YES),
  scales: [
    {
      ...total(ids(...climbing(1, 7)), 0, 7),
      lines: [
        {
          when: ">=",
          at: 4,
          says: "at risk, among physicians",
          source: seen("Dyrbye and others, PMC3579983"),
        },
      ],
    },
  ],
  terms: TERMS,
  notes: [],
};

export const wbi9: Scorer = {
  id: "wbi-9",
  title: "Well-Being Index, nine items",
  names: [],
  items: [
    ...numbered(7, YES),
    // Meaning in work, 1 to 7.
    { id: "8", names: [], values: climbing(1, 7), points: [1, 1, 0, 0, 0, -1, -1] },
    // Time for one's own life: 1 strongly disagree to 5 strongly agree.
    { id: "9", names: [], values: climbing(1, 5), points: [1, 1, 0, -1, -1] },
  ],
  scales: [
    {
      ...total(ids(...climbing(1, 9)), -2, 9),
      lines: [
        { when: ">=", at: 3, says: "at risk, among physicians", source: remembered("Mayo Clinic") },
        { when: ">=", at: 5, says: "at risk, among residents", source: remembered("Mayo Clinic") },
      ],
    },
  ],
  terms: TERMS,
  notes: ["For its last item 1 is strong disagreement and 5 strong agreement."],
};
