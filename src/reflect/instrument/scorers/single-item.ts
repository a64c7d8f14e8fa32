/** The single burnout question with five answers, and the two questions about leaving and cutting hours. */
import { allOf, climbing, remembered, seen, type Scale, type Scorer } from "../scorer.ts";

const one = (scale: Omit<Scale, "items" | "how" | "missing" | "better" | "noise">): Scale => ({
  ...scale,
  items: ["1"],
  how: "sum",
  missing: allOf(["1"]),
  better: "lower",
  noise: null,
});

export const singleItemBurnout: Scorer = {
  id: "single-item-burnout",
  title: "Single-item burnout measure",
  names: [],
  items: [{ id: "1", names: [], values: climbing(1, 5) }],
  scales: [
    one({
      id: "burnout",
      name: "Burnout, in one's own words",
      lowest: 1,
      highest: 5,
      lines: [
        {
          when: ">=",
          at: 3,
          says: "counted as burnout in surveys",
          source: seen("the Mini-Z guide"),
        },
      ],
    }),
  ],
  // The last answer speaks of needing help.
  safety: [{ item: "1", from: 5 }],
  terms: "Not proprietary; cite Rohland and others 2004, or the Physician Worklife Study.",
  notes: ["One question is noisy: it can't tell a small change from none."],
};

const INTENT = climbing(0, 4);
const atLeastModerate = {
  when: ">=",
  at: 2,
  says: "counted as an intention in surveys (moderate or more)",
} as const;

export const turnoverIntention: Scorer = {
  id: "turnover-intention",
  title: "Intention to leave within two years",
  names: [],
  items: [{ id: "1", names: [], values: INTENT }],
  scales: [
    one({
      id: "intention",
      name: "Intention to leave",
      lowest: 0,
      highest: 4,
      lines: [{ ...atLeastModerate, source: seen("the COMPASS trial's abstract") }],
    }),
  ],
  terms: "A generic question of physician surveys.",
  notes: ["It says nothing about whether leaving would be right."],
};

export const reduceHoursIntention: Scorer = {
  ...turnoverIntention,
  id: "reduce-hours-intention",
  title: "Intention to reduce clinical hours within twelve months",
  scales: [
    one({
      id: "intention",
      name: "Intention to reduce hours",
      lowest: 0,
      highest: 4,
      lines: [{ ...atLeastModerate, source: remembered("surveys that ask both questions") }],
    }),
  ],
  notes: ["It says nothing about whether cutting hours would be right."],
};
