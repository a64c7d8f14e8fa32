/** Psychological safety of a team (Edmondson 1999): a number of teams, which is never told of one person. */
import { climbing, ids, mostOf, numbered, type Scorer } from "../scorer.ts";

const items = ids(...climbing(1, 7));

export const psychologicalSafety: Scorer = {
  id: "psychological-safety",
  title: "Psychological safety of a team",
  names: [],
  items: numbered(7, climbing(1, 7), [1, 3, 5]),
  scales: [
    {
      id: "safety",
      name: "Psychological safety",
      items,
      how: "mean",
      missing: mostOf(items),
      lowest: 1,
      highest: 7,
      better: "higher",
      lines: [],
      noise: null,
    },
  ],
  groupsOnly: true,
  terms:
    "Published in Administrative Science Quarterly 1999; cite it. No formal permission is known.",
  notes: ["Told for teams of five or more, where they agree enough."],
};
