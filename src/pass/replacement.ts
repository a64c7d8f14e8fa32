/** Which badge takes the place of one whose pseudonym left its circle well. */
import { countedBy, issuingPeriod, type Day, type Period } from "./period.ts";
import type { Slot } from "./slot.ts";

const MONTHS_AFTER = [2, 1];

/** The first slot of a month is for whoever it issues to; a month replaces one pseudonym of a doctor's at most. */
export const replacementSlot = ({ purpose, name }: Period): Slot => ({
  period: { purpose, name },
  number: 1,
});

/**
 * The periods that a replacement of a month's badge can be of, the latest first: later months of its quarter that
 * issue today, or did and can still begin something. An earlier one only tells what was signed then, where the
 * answer was lost.
 */
export const replacementPeriods = (old: string, today: Day): Period[] =>
  MONTHS_AFTER.map((months) => {
    const before = Temporal.PlainDate.from(`${old}-01`).add({ months: months - 1 });
    return issuingPeriod("circle-badge", before.toString());
  }).filter(
    (period) =>
      countedBy(period) === countedBy({ ...period, name: old }) &&
      period.issuedFrom <= today &&
      today <= period.beginsUntil,
  );
