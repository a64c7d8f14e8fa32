/**
 * When a key issues and when its passes count, in whole days (UTC). A pass counts from the day after its
 * issuing closed: whoever spends it then is one of all who hold one, not one of those who came by today.
 *
 * Months: passes of a month are issued during the month before and count until the end of the month's
 * quarter, and one month longer for what was begun. So on every day one month is issuing, a newcomer waits at
 * most until the next month, and whoever comes by once in the two months around a turn of the quarter always
 * holds a pass that counts. Weeks: the same with the week before and half a year.
 */
import { ok, refuse, type Result } from "#platform/result.ts";
import {
  isCampaignPurpose,
  PURPOSES,
  type CalendarPurpose,
  type CampaignPurpose,
  type Purpose,
} from "./purpose.ts";

/** 2027-03-09. Days compare as text. */
export type Day = string;

export interface Period {
  readonly purpose: Purpose;
  /** A month (2027-03), the Monday of a week (2027-03-08), or the 32 hex digits of a campaign's id. */
  readonly name: string;
  /** All days are inclusive. */
  readonly issuedFrom: Day;
  readonly issuedUntil: Day;
  /** The first and the last day on which a pass can begin something. */
  readonly beginsFrom: Day;
  readonly beginsUntil: Day;
  /** Until then what was begun goes on, and an answer that waited on a device still counts. */
  readonly endsOn: Day;
}

export interface CampaignDays {
  /** 32 hex digits. */
  readonly id: string;
  readonly issuedFrom: Day;
  readonly issuedUntil: Day;
  readonly beginsUntil: Day;
}

/** Shorter, and a campaign could be issued to the few who come by on one day. */
export const SHORTEST_ISSUING_DAYS = 7;
const CAMPAIGN_OVERLAP_DAYS = 2;
const WEEKS_OF_A_SESSION_TOKEN = 26;
const WEEK_OVERLAP_DAYS = 28;
/** Keys are made so long before they issue: time to be in a backup, then in the log for devices to see. */
const AHEAD_DAYS = 35;

export const isIssuing = (period: Period, today: Day): boolean =>
  period.issuedFrom <= today && today <= period.issuedUntil;

export const mayBegin = (period: Period, today: Day): boolean =>
  period.beginsFrom <= today && today <= period.beginsUntil;

export const isAccepted = (period: Period, today: Day): boolean =>
  period.beginsFrom <= today && today <= period.endsOn;

/** The one period whose passes are issued today. */
export function issuingPeriod(purpose: CalendarPurpose, today: Day): Period {
  const date = Temporal.PlainDate.from(today);
  return PURPOSES[purpose].calendar === "month"
    ? monthPeriod(purpose, date.add({ months: 1 }))
    : weekPeriod(purpose, date.add({ weeks: 1 }));
}

/** The periods whose keys must be in the log today, the earliest first. */
export function periodsToPrepare(purpose: CalendarPurpose, today: Day): Period[] {
  const latest = addDays(today, AHEAD_DAYS);
  const periods = [issuingPeriod(purpose, today)];
  for (;;) {
    const next = issuingPeriod(purpose, addDays(periods.at(-1)!.issuedUntil, 1));
    if (next.issuedFrom > latest) return periods;
    periods.push(next);
  }
}

export function campaignPeriod(
  purpose: CampaignPurpose,
  { id, issuedFrom, issuedUntil, beginsUntil }: CampaignDays,
): Result<Period, { type: "NoSuchPeriod" }> {
  if (!/^[0-9a-f]{32}$/.test(id) || ![issuedFrom, issuedUntil, beginsUntil].every(isDay))
    return refuse({ type: "NoSuchPeriod" });
  if (addDays(issuedFrom, SHORTEST_ISSUING_DAYS - 1) > issuedUntil || issuedUntil >= beginsUntil)
    return refuse({ type: "NoSuchPeriod" });
  return ok({
    purpose,
    name: id,
    issuedFrom,
    issuedUntil,
    beginsFrom: addDays(issuedUntil, 1),
    beginsUntil,
    endsOn: addDays(beginsUntil, CAMPAIGN_OVERLAP_DAYS),
  });
}

/** Whether these are the days that our rules give this period: nobody's key has days of its own. */
export function isByRule(period: Period): boolean {
  const ruled = ruledPeriod(period);
  return ruled !== null && DAYS.every((day) => ruled[day] === period[day]);
}

const DAYS = ["issuedFrom", "issuedUntil", "beginsFrom", "beginsUntil", "endsOn"] as const;

function ruledPeriod(period: Period): Period | null {
  const { purpose, name } = period;
  if (isCampaignPurpose(purpose)) {
    const ruled = campaignPeriod(purpose, { id: name, ...period });
    return ruled.ok ? ruled.value : null;
  }
  const calendarPurpose: CalendarPurpose = purpose;
  if (PURPOSES[calendarPurpose].calendar === "month")
    return isDay(`${name}-01`) ? monthPeriod(purpose, Temporal.PlainDate.from(`${name}-01`)) : null;
  if (!isDay(name) || Temporal.PlainDate.from(name).dayOfWeek !== 1) return null;
  return weekPeriod(purpose, Temporal.PlainDate.from(name));
}

/**
 * What a doctor's passes are counted by: a badge a quarter, in whichever of its months it was issued; anything
 * else by its own period.
 */
export function countedBy({ purpose, name }: Period): string {
  if (PURPOSES[purpose].calendar !== "month") return name;
  const { year, month } = Temporal.PlainYearMonth.from(name);
  return `${String(year).padStart(4, "0")}-Q${Math.ceil(month / 3)}`;
}

function monthPeriod(purpose: Purpose, within: Temporal.PlainDate): Period {
  const first = within.with({ day: 1 });
  const afterQuarter = first.add({ months: 3 - ((first.month - 1) % 3) });
  return {
    purpose,
    name: first.toString().slice(0, 7),
    issuedFrom: first.subtract({ months: 1 }).toString(),
    issuedUntil: first.subtract({ days: 1 }).toString(),
    beginsFrom: first.toString(),
    beginsUntil: afterQuarter.subtract({ days: 1 }).toString(),
    endsOn: afterQuarter.add({ months: 1 }).subtract({ days: 1 }).toString(),
  };
}

function weekPeriod(purpose: Purpose, within: Temporal.PlainDate): Period {
  const monday = within.subtract({ days: within.dayOfWeek - 1 }).toString();
  const beginsUntil = addDays(monday, 7 * WEEKS_OF_A_SESSION_TOKEN - 1);
  return {
    purpose,
    name: monday,
    issuedFrom: addDays(monday, -7),
    issuedUntil: addDays(monday, -1),
    beginsFrom: monday,
    beginsUntil,
    endsOn: addDays(beginsUntil, WEEK_OVERLAP_DAYS),
  };
}

const addDays = (day: Day, days: number): Day =>
  Temporal.PlainDate.from(day).add({ days }).toString();

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString() === text;
  } catch {
    return false;
  }
}
