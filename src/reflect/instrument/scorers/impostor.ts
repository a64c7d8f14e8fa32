/** The two impostor scales: Clance's twenty items and Young's eight. */
import { allOf, climbing, ids, mostOf, numbered, remembered, type Scorer } from "../scorer.ts";

const twenty = ids(...climbing(1, 20));
const eight = ids(...climbing(1, 8));

export const cips: Scorer = {
  id: "cips",
  title: "Clance Impostor Phenomenon Scale",
  names: [],
  items: numbered(20, climbing(1, 5)),
  scales: [
    {
      id: "total",
      name: "Impostor feelings",
      items: twenty,
      how: "sum",
      missing: mostOf(twenty),
      lowest: 20,
      highest: 100,
      better: "lower",
      lines: [],
      bands: {
        from: [
          [20, "few"],
          [41, "moderate"],
          [61, "frequent"],
          [81, "intense"],
        ],
        source: remembered("Clance 1985"),
      },
      noise: null,
    },
  ],
  terms: "Only with written permission of Pauline Clance.",
  notes: [],
};

export const yis: Scorer = {
  id: "young-impostor-scale",
  title: "Young Impostor Scale",
  names: [],
  items: numbered(8, [0, 1]),
  scales: [
    {
      id: "total",
      name: "Impostor feelings",
      items: eight,
      how: "sum",
      missing: allOf(eight),
      lowest: 0,
      highest: 8,
      better: "lower",
      lines: [
        {
          when: ">=",
          at: 5,
          says: "counted as present",
          source: remembered("as used in the Better Together trials"),
        },
      ],
      noise: null,
    },
  ],
  terms: "Its status is not clear: ask before its wording is used.",
  notes: [],
};
