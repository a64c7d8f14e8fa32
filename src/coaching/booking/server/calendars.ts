/**
 * A coach's own calendars: read for when the coach is busy, never for why. A reading that fails leaves what
 * was known before, and tells the coach what was wrong and where.
 */
import { randomUUID } from "node:crypto";
import { ok, refuse, type Result } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import type { CoachingDeps } from "../../server/deps.ts";
import { FIRST_RULES } from "../../server/first-rules.ts";
import { ensureCoachRow, tellTimesChanged } from "../../server/store.ts";
import type { CalendarRefusal } from "../calendar-file.ts";
import { addCalendar, dropCalendar, readCalendars, replaceCalendar } from "../contract.ts";
import type { AddressRefusal } from "./calendar-address.ts";
import {
  addressesToRefresh,
  calendarOfCoach,
  calendarsOf,
  dropCalendarRow,
  keepCalendar,
  keepProblem,
  keepReading,
  lockCoach,
  type CalendarProblem,
  type CalendarToRefresh,
} from "./calendar-store.ts";
import { readCalendarApart } from "./calendar-reading.ts";
import type { CoachTimes } from "./coach-times.ts";
import { presentCalendar } from "./present.ts";
import { coachById } from "./store.ts";

/** Fetches a calendar's text; never from an address inside the house. */
export type CalendarReader = (address: string) => Promise<Result<string, AddressRefusal>>;

const MOST_CALENDARS = 8;
const DAYS_BACK = 1;
const DAYS_AHEAD = 400;
const DAY_MS = 86_400_000;
const REFRESHED_AT_ONCE = 4;

export function calendarRoutes(mounting: Mounting, deps: CoachingDeps, times: CoachTimes): void {
  const { db, clock, addresses } = deps;

  mount(mounting, readCalendars, async (request) => {
    const calendars = await calendarsOf(db, callerOf(request).account);
    return ok({ calendars: calendars.map(presentCalendar) });
  });

  mount(mounting, addCalendar, async (request) => {
    const { account } = callerOf(request);
    const { body } = request;
    await ensureCoachRow(db, account, FIRST_RULES);
    if ((await calendarsOf(db, account)).length >= MOST_CALENDARS)
      return refuse({ type: "TooManyCalendars" });
    const coach = await coachById(db, account);
    if (!coach) return refuse({ type: "NotSignedIn" });
    const text = body.kind === "upload" ? ok(body.text) : await readAddress(deps, body.address);
    const reading = text.ok
      ? await readBusyMinutes(text.value, coach.time_zone, clock.now())
      : text;
    if (!reading.ok) return reading;
    const id = randomUUID();
    const kept = await db.transaction().execute(async (within) => {
      await lockCoach(within, account);
      const calendar = {
        id,
        coach: account,
        kind: body.kind,
        label: body.label,
        addressSealed: body.kind === "address" ? addresses.seal(body.address) : null,
        busy: reading.value,
        readAt: new Date(clock.now()),
      };
      if (!(await keepCalendar(within, calendar, MOST_CALENDARS))) return false;
      await tellTimesChanged(within, [account]);
      return true;
    });
    if (!kept) return refuse({ type: "TooManyCalendars" });
    return shown(account, id);
  });

  mount(mounting, replaceCalendar, async (request) => {
    const { account } = callerOf(request);
    const { id } = request.params;
    const calendar = await calendarOfCoach(db, account, id);
    const coach = await coachById(db, account);
    if (!calendar || !coach) return refuse({ type: "NotFound" });
    const isAddress = calendar.address_sealed !== null;
    if (isAddress !== (request.body.text === null))
      return refuse({ type: "BadInput", detail: { field: "text" } });
    const text = calendar.address_sealed
      ? await readAddress(deps, addresses.open(calendar.address_sealed))
      : ok(request.body.text!);
    const reading = text.ok
      ? await readBusyMinutes(text.value, coach.time_zone, clock.now())
      : text;
    if (!reading.ok) {
      // Of a file that was just handed over, the answer tells all there is to know.
      if (isAddress) await keepProblem(db, id, problemOf(reading.refusal));
      return reading;
    }
    await keepReading(db, id, reading.value, new Date(clock.now()));
    await tellTimesChanged(db, [account]);
    return shown(account, id);
  });

  mount(mounting, dropCalendar, async (request) => {
    const { account } = callerOf(request);
    await dropCalendarRow(db, account, request.params.id);
    await tellTimesChanged(db, [account]);
    times.forget([account]);
    return ok({});
  });

  async function shown(account: string, id: string) {
    times.forget([account]);
    const calendar = await calendarOfCoach(db, account, id);
    return calendar ? ok({ calendar: presentCalendar(calendar) }) : refuse({ type: "NotFound" });
  }
}

/** Every address once; one that fails keeps what was read from it last. */
export async function refreshCalendars(deps: CoachingDeps): Promise<void> {
  const waiting = await addressesToRefresh(deps.db);
  const refreshNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      await refreshCalendar(deps, next).catch((error: unknown) => {
        deps.log.defect(error, "refresh-calendars");
      });
  };
  await Promise.all(Array.from({ length: REFRESHED_AT_ONCE }, refreshNext));
}

async function refreshCalendar(deps: CoachingDeps, calendar: CalendarToRefresh): Promise<void> {
  const { id, coach, time_zone } = calendar;
  const text = await readAddress(deps, deps.addresses.open(calendar.address_sealed!));
  const now = deps.clock.now();
  const reading = text.ok ? await readBusyMinutes(text.value, time_zone, now) : text;
  if (!reading.ok) return keepProblem(deps.db, id, problemOf(reading.refusal));
  await keepReading(deps.db, id, reading.value, new Date(now));
  await tellTimesChanged(deps.db, [coach]);
}

type ReadingType =
  | "AddressNotAllowed"
  | "AddressNotReached"
  | "TooSlow"
  | "CalendarTooLarge"
  | "NotACalendar"
  | "BrokenLine"
  | "TooManyOccurrences";

/** A type, so that it fits the wire's refusals, which are open. */
type ReadingDetail = {
  readonly line?: number;
  /** What is wrong with the line, or why an address isn't allowed. */
  readonly reason?: NonNullable<CalendarProblem["reason"]>;
  /** What another server answered; 0 where none did. */
  readonly status?: number;
};

interface ReadingRefusal {
  readonly type: ReadingType;
  readonly detail?: ReadingDetail;
}

async function readAddress(
  deps: Pick<CoachingDeps, "readCalendarAddress">,
  address: string,
): Promise<Result<string, ReadingRefusal>> {
  const text = await deps.readCalendarAddress(address);
  return text.ok ? text : refuse(refusedReading(text.refusal));
}

/** Start and end of each busy time in turn, in whole minutes, from yesterday on for four hundred days. */
async function readBusyMinutes(
  text: string,
  timeZone: string,
  now: number,
): Promise<Result<number[], ReadingRefusal>> {
  const reading = await readCalendarApart(text, {
    fromMs: now - DAYS_BACK * DAY_MS,
    toMs: now + DAYS_AHEAD * DAY_MS,
    timeZone,
  });
  if (!reading.ok) return refuse(refusedReading(reading.refusal));
  return ok(
    reading.value.busy.flatMap(({ start, end }) => [
      Math.floor(start / 60_000),
      Math.ceil(end / 60_000),
    ]),
  );
}

function refusedReading(refusal: AddressRefusal | CalendarRefusal): ReadingRefusal {
  switch (refusal.type) {
    case "AddressNotAllowed":
      return { type: refusal.type, detail: { reason: refusal.reason } };
    case "AddressNotReached":
      return { type: refusal.type, detail: { status: refusal.status ?? 0 } };
    case "TooLarge":
      return { type: "CalendarTooLarge" };
    case "BrokenLine":
      return { type: refusal.type, detail: { line: refusal.line, reason: refusal.reason } };
    case "TooManyOccurrences":
      return { type: refusal.type, detail: { line: refusal.line } };
    case "NotACalendar":
    case "TooSlow":
      return { type: refusal.type };
  }
}

function problemOf({ type, detail = {} }: ReadingRefusal): CalendarProblem {
  const { line = null, reason = null, status } = detail;
  return { type, line, reason, status: status || null };
}
