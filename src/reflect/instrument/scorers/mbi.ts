/** Maslach Burnout Inventory for medical personnel, and its two-question form. The wording is sold, never shipped. */
import {
  climbing,
  ids,
  mostOf,
  allOf,
  numbered,
  remembered,
  type Scale,
  type Scorer,
} from "../scorer.ts";

const OFTEN = climbing(0, 6);
const convention = remembered(
  "physician literature; the publisher's fourth manual withdrew cut-offs",
);

const scale = (
  id: string,
  name: string,
  items: readonly string[],
  better: Scale["better"],
  line: Omit<Scale["lines"][number], "source">,
  noise: Scale["noise"],
): Scale => ({
  id,
  name,
  items,
  how: "sum",
  missing: mostOf(items),
  lowest: 0,
  highest: items.length * 6,
  better,
  lines: [{ ...line, source: convention }],
  noise,
});

export const mbi: Scorer = {
  id: "mbi-hss",
  title: "Maslach Burnout Inventory (HSS, MP)",
  names: [],
  items: numbered(22, OFTEN),
  scales: [
    scale(
      "ee",
      "Emotional exhaustion",
      ids(1, 2, 3, 6, 8, 13, 14, 16, 20),
      "lower",
      { when: ">=", at: 27, says: "high by an older convention" },
      { sd: 11, r: 0.9, source: remembered("published samples of physicians") },
    ),
    scale(
      "dp",
      "Depersonalisation",
      ids(5, 10, 11, 15, 22),
      "lower",
      { when: ">=", at: 10, says: "high by an older convention" },
      null,
    ),
    scale(
      "pa",
      "Personal accomplishment",
      ids(4, 7, 9, 12, 17, 18, 19, 21),
      "higher",
      { when: "<=", at: 33, says: "low by an older convention" },
      null,
    ),
  ],
  findings: ({ score }) => {
    const isBurnout = (score("ee") ?? 0) >= 27 || (score("dp") ?? 0) >= 10;
    return isBurnout
      ? [{ says: "Counted as burnout in much of the physician literature.", source: convention }]
      : [];
  },
  terms:
    "Paid for per use at Mind Garden. The items may stand nowhere in public; a host needs a licence for every member.",
  notes: ["There is no total: the three scales stand beside one another."],
};

export const mbiTwo: Scorer = {
  id: "mbi-two-item",
  title: "Two questions of the Maslach Burnout Inventory",
  names: [],
  items: numbered(2, OFTEN),
  scales: (
    [
      ["exhaustion", "Burned out", "1"],
      ["callousness", "More callous", "2"],
    ] as const
  ).map(([id, name, item]) => ({
    id,
    name,
    items: [item],
    how: "sum",
    missing: allOf([item]),
    lowest: 0,
    highest: 6,
    better: "lower",
    lines: [
      {
        when: ">=",
        at: 4,
        says: "a week or more often, which is counted as high",
        source: remembered("West and others 2009"),
      },
    ],
    noise: null,
  })),
  terms: "Paid for per use at Mind Garden, as the whole inventory.",
  notes: [],
};
