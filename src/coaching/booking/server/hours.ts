/** A coach's hours and rules: checked by the same code as in the form, saved whole or not at all. */
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import type { CoachingDeps } from "../../server/deps.ts";
import { FIRST_RULES } from "../../server/first-rules.ts";
import {
  ensureCoachRow,
  personsById,
  tellCoachesChanged,
  tellTimesChanged,
} from "../../server/store.ts";
import {
  checkAvailability,
  checkRules,
  type AvailabilityRefusal,
  type RulesRefusal,
} from "../availability.ts";
import { readHours, writeHours } from "../contract.ts";
import type { CoachTimes } from "./coach-times.ts";
import { presentHours } from "./present.ts";
import { coachById, exceptionsOf, keepHours, weeklyOf } from "./store.ts";

const FIRST_NOTICE_HOURS = 24;

export function hourRoutes(mounting: Mounting, deps: CoachingDeps, times: CoachTimes): void {
  const { db } = deps;

  mount(mounting, readHours, async (request) => {
    const { account } = callerOf(request);
    const coach = await coachById(db, account);
    if (coach)
      return ok(presentHours(coach, await weeklyOf(db, account), await exceptionsOf(db, account)));
    const person = (await personsById(db, [account])).get(account);
    if (!person) return refuse({ type: "NotSignedIn" });
    const first = {
      time_zone: person.time_zone,
      rules: FIRST_RULES,
      cancel_notice_hours: FIRST_NOTICE_HOURS,
    };
    return ok(presentHours(first, [], []));
  });

  mount(mounting, writeHours, async (request) => {
    const { account } = callerOf(request);
    const hours = request.body;
    const availability = checkAvailability(hours);
    if (!availability.ok) return refusedHours(availability.refusal);
    const yearZero = hours.exceptions.findIndex(({ date }) => date.startsWith("0000"));
    // The calendar of PostgreSQL has none.
    if (yearZero >= 0) return refusedHours({ type: "NotADate", field: "exceptions", at: yearZero });
    const rules = checkRules(hours.rules);
    if (!rules.ok) return refusedHours(rules.refusal);
    await db.transaction().execute(async (within) => {
      await ensureCoachRow(within, account, FIRST_RULES);
      await keepHours(within, account, hours);
      // The card in the index shows the week.
      await tellCoachesChanged(within);
      await tellTimesChanged(within, [account]);
    });
    times.forget([account]);
    return ok({});
  });
}

/** The refusal's own type becomes `reason`, beside the field and the place or the bounds. */
function refusedHours(refusal: AvailabilityRefusal | RulesRefusal) {
  const { type: reason, field, ...more } = refusal;
  const told = Object.entries(more).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return refuse({
    type: "HoursRefused" as const,
    detail: { reason, field, ...Object.fromEntries(told) },
  });
}
