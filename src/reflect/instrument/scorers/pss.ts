/** Perceived Stress Scale with ten and four items, 0 to 4. */
import { allOf, climbing, ids, mostOf, numbered, remembered, type Scorer } from "../scorer.ts";

const TERMS =
  "Free for academic and non-profit use; distributed by Mapi Research Trust, which licenses any other.";
const ten = ids(...climbing(1, 10));
const four = ids(1, 2, 3, 4);

export const pss10: Scorer = {
  id: "pss-10",
  title: "Perceived Stress Scale, ten items",
  names: [],
  items: numbered(10, climbing(0, 4), [4, 5, 7, 8]),
  scales: [
    {
      id: "total",
      name: "Perceived stress",
      items: ten,
      how: "sum",
      missing: mostOf(ten),
      lowest: 0,
      highest: 40,
      better: "lower",
      lines: [],
      bands: {
        from: [
          [0, "low"],
          [14, "moderate"],
          [27, "high"],
        ],
        source: remembered("a convention; the author set none"),
      },
      noise: null,
    },
  ],
  terms: TERMS,
  notes: ["About the last month."],
};

export const pss4: Scorer = {
  id: "pss-4",
  title: "Perceived Stress Scale, four items",
  names: [],
  // Items 2, 4, 5 and 10 of the longer form; its 4 and 5 are turned round.
  items: numbered(4, climbing(0, 4), [2, 3]),
  scales: [
    {
      id: "total",
      name: "Perceived stress",
      items: four,
      how: "sum",
      missing: allOf(four),
      lowest: 0,
      highest: 16,
      better: "lower",
      lines: [],
      noise: null,
    },
  ],
  terms: TERMS,
  notes: ["About the last month."],
};
