/** Three-item loneliness scale: answers count 1 to 3. Files that count from 0 are refused, not shifted. */
import { allOf, climbing, ids, numbered, remembered, type Scorer } from "../scorer.ts";

const items = ids(1, 2, 3);

export const ucla3: Scorer = {
  id: "ucla-3",
  title: "Three-item loneliness scale",
  names: [],
  items: numbered(3, climbing(1, 3)),
  scales: [
    {
      id: "total",
      name: "Loneliness",
      items,
      how: "sum",
      missing: allOf(items),
      lowest: 3,
      highest: 9,
      better: "lower",
      lines: [
        {
          when: ">=",
          at: 6,
          says: "counted as lonely in surveys",
          source: remembered("surveys after Hughes and others 2004"),
        },
      ],
      noise: null,
    },
  ],
  terms: "With citation for research and where nothing is charged; otherwise not clear.",
  notes: [],
};
