/** Professional Fulfillment Index: burnout is the mean of all ten items, not the mean of two means. */
import { climbing, mostOf, numbered, ids, seen, type Scale, type Scorer } from "../scorer.ts";

const fulfilment = ids(1, 2, 3, 4, 5, 6);
const exhaustion = ids(7, 8, 9, 10);
const disengagement = ids(11, 12, 13, 14, 15, 16);

const scale = (
  id: string,
  name: string,
  items: readonly string[],
  better: Scale["better"],
  lines: Scale["lines"] = [],
): Scale => ({
  id,
  name,
  items,
  how: "mean",
  missing: mostOf(items),
  lowest: 0,
  highest: 4,
  better,
  lines,
  // Reliabilities are published; no standard deviation was found to go with them.
  noise: null,
});

export const pfi: Scorer = {
  id: "pfi",
  title: "Professional Fulfillment Index",
  names: [],
  items: numbered(16, climbing(0, 4)),
  scales: [
    // Its cut point is written as "3 or more" and as "above 3" in different places, so none is told.
    scale("fulfilment", "Professional fulfilment", fulfilment, "higher"),
    scale("exhaustion", "Work exhaustion", exhaustion, "lower"),
    scale("disengagement", "Interpersonal disengagement", disengagement, "lower"),
    scale("burnout", "Burnout", [...exhaustion, ...disengagement], "lower", [
      {
        when: ">=",
        at: 1.33,
        says: "called burnout by the authors of the index",
        source: seen("Trockel and others 2018"),
      },
    ]),
  ],
  terms:
    "Non-profit organisations may use it unmodified for research or programme evaluation. Any other use needs written permission of Stanford WellMD.",
  notes: ["About the past two weeks."],
};
