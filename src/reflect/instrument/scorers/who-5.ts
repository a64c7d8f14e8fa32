/** WHO-5 well-being index: five items of 0 to 5, the sum times four. Higher is better. */
import { climbing, ids, mostOf, numbered, remembered, seen, type Scorer } from "../scorer.ts";

const items = ids(1, 2, 3, 4, 5);

export const who5: Scorer = {
  id: "who-5",
  title: "WHO-5 Well-Being Index",
  // There is a LOINC code in circulation for it that belongs to another instrument: none is taken.
  names: [],
  items: numbered(5, climbing(0, 5)),
  scales: [
    {
      id: "well-being",
      name: "Well-being",
      items,
      how: "sum",
      times: 4,
      missing: mostOf(items),
      lowest: 0,
      highest: 100,
      better: "higher",
      lines: [
        {
          when: "<",
          at: 52,
          says: "poor well-being: worth talking over with a doctor",
          source: seen("a sum under 13, as guides to the index have it"),
        },
        {
          when: "<=",
          at: 28,
          says: "low enough that depression is likely, by one convention",
          source: remembered("Topp and others 2015"),
        },
      ],
      noise: { sd: 20, r: 0.86, source: remembered("population samples") },
      possibleFrom: { points: 10, source: seen("guides to the index") },
    },
  ],
  findings: ({ points }) =>
    items.some((item) => (points(item) ?? 5) <= 1)
      ? [
          {
            says: "At least one answer alone (0 or 1) is a reason to look for depression, by the guide.",
            source: seen("guides to the index"),
          },
        ]
      : [],
  terms:
    "CC BY-NC-SA 3.0 IGO since the WHO edition of 2024: not for profit, and passed on under the same terms.",
  notes: ["About the last two weeks."],
};
