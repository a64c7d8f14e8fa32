/** Copenhagen Burnout Inventory: three scales of 0 to 100 and no total (Kristensen and others 2005). */
import {
  climbing,
  remembered,
  seen,
  turned,
  type Line,
  type Scale,
  type Scorer,
  type ScorerItem,
} from "../scorer.ts";

const VALUES = [0, 25, 50, 75, 100];

const items = (part: string, count: number, reversed?: number): ScorerItem[] =>
  climbing(1, count).map((number) => ({
    id: `${part}-${number}`,
    names: [],
    values: VALUES,
    ...(number === reversed && { points: turned(VALUES) }),
  }));

const personal = items("personal", 6);
// Energy for family and friends: the only one where much is good.
const work = items("work", 7, 7);
const client = items("client", 6);

const convention: Line = {
  when: ">=",
  at: 50,
  says: "often called a high degree of burnout; the authors set no cut-off",
  source: remembered("a convention of many studies"),
};

const scale = (
  id: string,
  name: string,
  of: readonly ScorerItem[],
  missing: Scale["missing"],
  [sd, r]: readonly [number, number],
): Scale => ({
  id,
  name,
  items: of.map((item) => item.id),
  how: "mean",
  missing,
  lowest: 0,
  highest: 100,
  better: "lower",
  lines: [convention],
  noise: { sd, r, source: remembered("PUMA study, n = 1,914: SD and alpha") },
});

export const cbi: Scorer = {
  id: "cbi",
  title: "Copenhagen Burnout Inventory",
  names: [],
  items: [...personal, ...work, ...client],
  scales: [
    scale(
      "personal",
      "Personal burnout",
      personal,
      { least: 3, source: seen("the English original form") },
      [16.5, 0.87],
    ),
    scale(
      "work",
      "Work-related burnout",
      work,
      { least: 4, source: seen("the English original form") },
      [17.7, 0.87],
    ),
    scale(
      "client",
      "Burnout from work with patients",
      client,
      { least: 3, source: remembered("by analogy to the other two scales") },
      [17.6, 0.85],
    ),
  ],
  terms: "Offered for free use by its Danish institute; cite it. No formal open licence is known.",
  notes: ["There is no total. The form asks that the questions be mixed."],
};
