/** The only way booking's rows leave the server, field by field. */
import type { PersonRow } from "../../server/store.ts";
import type { SessionKind } from "../availability.ts";
import type { BookingShown, CalendarShown, Hours } from "../contract.ts";
import type { CalendarRow } from "./calendar-store.ts";
import { inPairs, type KnownCoach } from "./coach-times.ts";
import { changeableUntil } from "./policy.ts";
import type { BookingRow, CoachRow, Side } from "./store.ts";

export const presentSlots = (known: KnownCoach, kind: SessionKind, starts: Int32Array) => ({
  starts: [...starts],
  lengthMinutes: known.coach.rules.lengthMinutes[kind],
  timeZone: known.coach.time_zone,
  cancelNoticeHours: known.coach.cancel_notice_hours,
});

export const presentHold = (hold: { readonly id: string; readonly heldUntil: Date }) => ({
  booking: hold.id,
  heldUntil: hold.heldUntil.toISOString(),
});

/** The other person by name and zone, nothing else of them. */
export const presentBooking = (
  booking: BookingRow,
  side: Side,
  other: PersonRow,
  space: string | null,
): BookingShown => ({
  id: booking.id,
  side,
  with: { id: other.id, name: other.name, timeZone: other.time_zone },
  kind: booking.kind,
  state: booking.state === "cancelled" ? "cancelled" : "confirmed",
  start: booking.start.toISOString(),
  end: booking.end.toISOString(),
  cancelledBy: booking.cancelled_by,
  changeableUntil: new Date(changeableUntil(booking, side)).toISOString(),
  space,
});

export const presentHours = (
  coach: Pick<CoachRow, "time_zone" | "rules" | "cancel_notice_hours">,
  weekly: Hours["weekly"],
  exceptions: readonly { readonly date: string; readonly windows: readonly number[] }[],
): Hours => ({
  timeZone: coach.time_zone,
  weekly: weekly.map(({ day, start, end }) => ({ day, start, end })),
  exceptions: exceptions.map(({ date, windows }) => ({
    date,
    windows: inPairs(windows).map(({ start, end }) => ({ start, end })),
  })),
  rules: {
    lengthMinutes: {
      chemistry: coach.rules.lengthMinutes.chemistry,
      session: coach.rules.lengthMinutes.session,
    },
    stepMinutes: coach.rules.stepMinutes,
    bufferBeforeMinutes: coach.rules.bufferBeforeMinutes,
    bufferAfterMinutes: coach.rules.bufferAfterMinutes,
    minimumNoticeMinutes: coach.rules.minimumNoticeMinutes,
    dailyCap: coach.rules.dailyCap,
    horizonDays: coach.rules.horizonDays,
  },
  cancelNoticeHours: coach.cancel_notice_hours,
});

/** How many busy times, never which; and not the address, which is a secret of its own. */
export const presentCalendar = (calendar: CalendarRow): CalendarShown => ({
  id: calendar.id,
  kind: calendar.kind,
  label: calendar.label,
  busyTimes: calendar.busy_times,
  readAt: calendar.read_at?.toISOString() ?? null,
  problem: calendar.problem && {
    type: calendar.problem.type,
    line: calendar.problem.line,
    reason: calendar.problem.reason ?? null,
    status: calendar.problem.status ?? null,
  },
});

export const presentAgreement = (row: { readonly coach: string; readonly version: string }) => ({
  coach: row.coach,
  version: row.version,
});
