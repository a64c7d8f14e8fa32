/** Oldenburg Burnout Inventory: agreement is 1, and eight of sixteen items are turned round. */
import { climbing, ids, mostOf, numbered, remembered, type Scale, type Scorer } from "../scorer.ts";

const disengagement = ids(1, 3, 6, 7, 9, 11, 13, 15);
const exhaustion = ids(2, 4, 5, 8, 10, 12, 14, 16);

const scale = (id: string, name: string, items: readonly string[], at: number): Scale => ({
  id,
  name,
  items,
  how: "mean",
  missing: mostOf(items),
  lowest: 1,
  highest: 4,
  better: "lower",
  lines: [
    {
      when: ">=",
      at,
      says: "high in research that calls it burnout when both scales are; there is no official cut-off",
      source: remembered("Peterson and others 2008"),
    },
  ],
  noise: null,
});

export const olbi: Scorer = {
  id: "olbi",
  title: "Oldenburg Burnout Inventory",
  names: [],
  items: numbered(16, climbing(1, 4), [2, 3, 4, 6, 8, 9, 11, 12]),
  scales: [
    scale("exhaustion", "Exhaustion", exhaustion, 2.25),
    scale("disengagement", "Disengagement", disengagement, 2.1),
  ],
  findings: ({ score }) => {
    const [tired, distant] = [score("exhaustion"), score("disengagement")];
    if (tired === null || distant === null || tired < 2.25 || distant < 2.1) return [];
    return [
      {
        says: "Both scales lie where some research speaks of burnout.",
        source: remembered("Peterson and others 2008"),
      },
    ];
  },
  terms: "Free for research with citation; no open licence is known.",
  notes: [
    "Strong agreement counts 1 in the file. Item 13 says little about people who change careers.",
    "Half of the items are turned round before they are counted.",
  ],
};
