/** Moral Injury Symptom Scale for health professionals: ten items of 1 to 10, four of them turned round. */
import { allOf, climbing, ids, numbered, seen, type Scorer } from "../scorer.ts";

const items = ids(...climbing(1, 10));

export const missHp: Scorer = {
  id: "miss-hp",
  title: "Moral Injury Symptom Scale for Health Professionals",
  names: [],
  items: numbered(10, climbing(1, 10), [5, 6, 7, 10]),
  // How much it gets in the way; asked besides, and in no score.
  besides: ["callroom:item|miss-hp.impairment"],
  scales: [
    {
      id: "total",
      name: "Signs of moral injury",
      items,
      how: "sum",
      // The item about faith may be skipped; then there is no total.
      missing: allOf(items),
      lowest: 10,
      highest: 100,
      better: "lower",
      lines: [
        {
          when: ">=",
          at: 36,
          says: "where the authors found trouble in daily life more often; among trainees most people lie there",
          source: seen("Mantri and others 2020, n = 181: 84 % sensitive, 93 % specific"),
        },
      ],
      noise: null,
    },
  ],
  terms: "Not for profit with citation; ask the authors (Duke University) for anything else.",
  notes: ["Skip the item about faith if it isn't yours to answer. Then no total is made up."],
};
