/** Mini-Z 2.0: ten items that all point one way, high being good; its burnout item too, unlike the one that stands alone. */
import {
  allOf,
  climbing,
  ids,
  mostOf,
  numbered,
  remembered,
  seen,
  type Scale,
  type Scorer,
} from "../scorer.ts";

const scale = (
  id: string,
  name: string,
  items: readonly string[],
  lines: Scale["lines"],
): Scale => ({
  id,
  name,
  items,
  how: "sum",
  missing: mostOf(items),
  lowest: items.length,
  highest: items.length * 5,
  better: "higher",
  lines,
  noise: null,
});

const favourable = {
  when: ">=",
  at: 20,
  says: "called favourable",
  source: remembered("the Mini-Z 2.0 scoring sheet"),
} as const;

export const miniZ: Scorer = {
  id: "mini-z-2",
  title: "Mini-Z 2.0",
  names: [],
  items: numbered(10, climbing(1, 5)),
  scales: [
    scale("joy", "Joy in work, in all", ids(...climbing(1, 10)), [
      {
        when: ">=",
        at: 40,
        says: "called a joyous workplace",
        source: seen("the Italian validation"),
      },
    ]),
    scale("support", "Supportive work environment", ids(1, 2, 3, 4, 5), [favourable]),
    scale("pace", "Work pace and record stress", ids(6, 7, 8, 9, 10), [favourable]),
    {
      ...scale(
        "burnout-item",
        "The burnout item, turned round",
        ["2"],
        [
          {
            when: "<=",
            at: 3,
            says: "counted as burnout: in version 2.0 the item runs the other way",
            source: seen("the Mini-Z 2.0 structure"),
          },
        ],
      ),
      missing: allOf(["2"]),
    },
  ],
  // Completely burned out.
  safety: [{ item: "2", upTo: 1 }],
  terms:
    "Free for research, programme evaluation and education; commercial or fee-based use needs permission (Hennepin Healthcare, AMA).",
  notes: [
    "All items must be coded so that 5 is good, in the order: satisfaction, burnout, values, teamwork, control, stress, time for documentation, record at home, frustration with the record, atmosphere.",
  ],
};
