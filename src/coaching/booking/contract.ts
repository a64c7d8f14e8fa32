/** Booking's HTTP surface: a coach's hours and calendars, free times, holds, bookings, the calendar feed. */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { empty, idField, messageField, minuteField, textField, zoneField } from "#platform/wire.ts";
import { SESSION_KINDS } from "./availability.ts";

const minuteOfDay = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1440));
const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const windows = v.pipe(
  v.array(v.strictObject({ start: minuteOfDay, end: minuteOfDay })),
  v.maxLength(70),
);

/** Wider than the rules of availability.ts, which refuse in words; these bounds only stop nonsense. */
export const hoursSchema = v.strictObject({
  timeZone: zoneField,
  weekly: v.pipe(
    v.array(v.strictObject({ day: whole(0, 6), start: minuteOfDay, end: minuteOfDay })),
    v.maxLength(100),
  ),
  exceptions: v.pipe(
    v.array(v.strictObject({ date: v.pipe(v.string(), v.maxLength(10)), windows })),
    v.maxLength(1500),
  ),
  rules: v.strictObject({
    lengthMinutes: v.strictObject({ chemistry: whole(0, 1440), session: whole(0, 1440) }),
    stepMinutes: whole(1, 60),
    bufferBeforeMinutes: whole(0, 1440),
    bufferAfterMinutes: whole(0, 1440),
    minimumNoticeMinutes: whole(0, 100_000),
    dailyCap: v.nullable(whole(1, 100)),
    horizonDays: whole(1, 1000),
  }),
  /** Until how many hours before the start a client may move or cancel by themselves. */
  cancelNoticeHours: whole(0, 168),
});
export type Hours = v.InferOutput<typeof hoursSchema>;

export const readHours = route({
  name: "readHours",
  about: "The coach's own hours and rules.",
  method: "GET",
  path: "/api/named/coach/hours",
  zone: "named",
  who: "coach",
  answer: hoursSchema,
  refusals: {},
  perMinute: 120,
});

export const writeHours = route({
  name: "writeHours",
  about: "Saves hours and rules; refusals name the field at fault.",
  method: "PUT",
  path: "/api/named/coach/hours",
  zone: "named",
  who: "coach",
  body: hoursSchema,
  answer: empty,
  refusals: { HoursRefused: 422 },
  perMinute: 30,
  bodyLimit: 128 * 1024,
});

const calendarSchema = v.strictObject({
  id: idField,
  kind: v.picklist(["address", "upload"]),
  label: v.string(),
  busyTimes: v.number(),
  /** When it was last read well; null before. */
  readAt: v.nullable(v.string()),
  /** Why the newest reading failed; the last good state is kept. */
  problem: v.nullable(
    v.strictObject({
      type: v.string(),
      line: v.nullable(v.number()),
      /** What is wrong with that line, or why an address isn't asked: one of a few names. */
      reason: v.nullable(v.string()),
      /** What another server answered. */
      status: v.nullable(v.number()),
    }),
  ),
});
export type CalendarShown = v.InferOutput<typeof calendarSchema>;

export const readCalendars = route({
  name: "readCalendars",
  about: "Calendars whose busy times are kept free; no title or place of theirs is stored.",
  method: "GET",
  path: "/api/named/coach/calendars",
  zone: "named",
  who: "coach",
  answer: v.strictObject({ calendars: v.array(calendarSchema) }),
  refusals: {},
  perMinute: 120,
});

const calendarRefusals = {
  AddressNotAllowed: 422,
  AddressNotReached: 422,
  TooSlow: 422,
  CalendarTooLarge: 422,
  NotACalendar: 422,
  BrokenLine: 422,
  TooManyOccurrences: 422,
  TooManyCalendars: 409,
} as const;

export const addCalendar = route({
  name: "addCalendar",
  about: "Adds a calendar by its iCalendar address or by its file, and reads it at once.",
  method: "POST",
  path: "/api/named/coach/calendars",
  zone: "named",
  who: "coach",
  body: v.variant("kind", [
    v.strictObject({
      kind: v.literal("address"),
      label: textField(60),
      address: v.pipe(v.string(), v.maxLength(2000)),
    }),
    v.strictObject({
      kind: v.literal("upload"),
      label: textField(60),
      text: v.pipe(v.string(), v.maxLength(5_500_000)),
    }),
  ]),
  answer: v.strictObject({ calendar: calendarSchema }),
  refusals: calendarRefusals,
  perMinute: 12,
  bodyLimit: 6_500_000,
});

export const replaceCalendar = route({
  name: "replaceCalendar",
  about:
    "Reads an address again, or an upload from a newer file. A broken one leaves the last good state.",
  method: "PUT",
  path: "/api/named/coach/calendars/:id",
  zone: "named",
  who: "coach",
  params: v.strictObject({ id: idField }),
  body: v.strictObject({ text: v.nullable(v.pipe(v.string(), v.maxLength(5_500_000))) }),
  answer: v.strictObject({ calendar: calendarSchema }),
  refusals: calendarRefusals,
  perMinute: 12,
  bodyLimit: 6_500_000,
});

export const dropCalendar = route({
  name: "dropCalendar",
  about: "Forgets a calendar and its busy times.",
  method: "DELETE",
  path: "/api/named/coach/calendars/:id",
  zone: "named",
  who: "coach",
  params: v.strictObject({ id: idField }),
  answer: empty,
  refusals: {},
  perMinute: 30,
});

const kind = v.picklist(SESSION_KINDS);
const number = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/),
    v.transform(Number),
    v.minValue(least),
    v.maxValue(most),
  );

export const readSlots = route({
  name: "readSlots",
  about: "A coach's free start times, as minutes since the epoch.",
  method: "GET",
  path: "/api/named/coaches/:coach/slots",
  zone: "named",
  who: "member",
  params: v.strictObject({ coach: idField }),
  query: v.strictObject({ kind, from: number(26_297_280, 68_374_080), days: number(1, 70) }),
  answer: v.strictObject({
    starts: v.array(v.number()),
    lengthMinutes: v.number(),
    timeZone: v.string(),
    cancelNoticeHours: v.number(),
  }),
  refusals: {},
  perMinute: 120,
});

export const holdSlot = route({
  name: "holdSlot",
  about:
    "Holds a time for five minutes while the person confirms. A new hold gives back the person's earlier one.",
  method: "POST",
  path: "/api/named/holds",
  zone: "named",
  who: "member",
  body: v.strictObject({ coach: idField, kind, start: minuteField }),
  answer: v.strictObject({ booking: idField, heldUntil: v.string() }),
  refusals: { SlotTaken: 409, OwnHour: 409 },
  perMinute: 60,
});

export const dropHold = route({
  name: "dropHold",
  about: "Gives a held time back.",
  method: "DELETE",
  path: "/api/named/holds/:id",
  zone: "named",
  who: "member",
  params: v.strictObject({ id: idField }),
  answer: empty,
  refusals: {},
  perMinute: 60,
});

const bookingSchema = v.strictObject({
  id: idField,
  side: v.picklist(["client", "coach"]),
  /** The other person: what they want to be called, and their zone. */
  with: v.strictObject({ id: idField, name: v.string(), timeZone: v.string() }),
  kind,
  state: v.picklist(["confirmed", "cancelled"]),
  start: v.string(),
  end: v.string(),
  cancelledBy: v.nullable(v.picklist(["client", "coach"])),
  /** Until when this side may move or cancel it. */
  changeableUntil: v.string(),
  space: v.nullable(idField),
});
export type BookingShown = v.InferOutput<typeof bookingSchema>;

export const confirmBooking = route({
  name: "confirmBooking",
  about: "Confirms a hold, exactly once; asked again, it answers with the same booking.",
  method: "POST",
  path: "/api/named/bookings",
  zone: "named",
  who: "member",
  body: v.strictObject({ hold: idField }),
  answer: v.strictObject({ booking: bookingSchema }),
  refusals: { HoldExpired: 410, AgreementNeeded: 409 },
  perMinute: 60,
});

export const readBookings = route({
  name: "readBookings",
  about: "The caller's bookings from thirty days ago on, as client and as coach.",
  method: "GET",
  path: "/api/named/bookings",
  zone: "named",
  who: "member",
  answer: v.strictObject({ bookings: v.array(bookingSchema) }),
  refusals: {},
  perMinute: 240,
});

export const moveBooking = route({
  name: "moveBooking",
  about: "Moves a booking to another free time of the same coach.",
  method: "PUT",
  path: "/api/named/bookings/:id",
  zone: "named",
  who: "member",
  params: v.strictObject({ id: idField }),
  body: v.strictObject({ start: minuteField }),
  answer: v.strictObject({ booking: bookingSchema }),
  refusals: { SlotTaken: 409, OwnHour: 409, TooLate: 409, AlreadyCancelled: 409 },
  perMinute: 30,
});

export const cancelBooking = route({
  name: "cancelBooking",
  about: "Cancels a booking: a client until the coach's notice, a coach until it starts.",
  method: "DELETE",
  path: "/api/named/bookings/:id",
  zone: "named",
  who: "member",
  params: v.strictObject({ id: idField }),
  answer: v.strictObject({ booking: bookingSchema }),
  refusals: { TooLate: 409 },
  perMinute: 30,
});

export const readAgreements = route({
  name: "readAgreements",
  about: "Which coaches' agreement the caller has accepted, and in which version.",
  method: "GET",
  path: "/api/named/agreements",
  zone: "named",
  who: "member",
  answer: v.strictObject({
    current: v.string(),
    accepted: v.array(v.strictObject({ coach: idField, version: v.string() })),
  }),
  refusals: {},
  perMinute: 120,
});

export const acceptAgreement = route({
  name: "acceptAgreement",
  about: "Accepts the agreement with one coach, in the version that was shown.",
  method: "POST",
  path: "/api/named/agreements",
  zone: "named",
  who: "member",
  body: v.strictObject({ coach: idField, version: v.pipe(v.string(), v.maxLength(20)) }),
  answer: empty,
  refusals: { VersionOutdated: 409 },
  perMinute: 30,
});

export const makeFeed = route({
  name: "makeFeed",
  about: "A secret calendar address of the caller's holds; an earlier one stops working.",
  method: "POST",
  path: "/api/named/feed",
  zone: "named",
  who: "member",
  body: empty,
  answer: v.strictObject({ path: v.string() }),
  refusals: {},
  perMinute: 12,
});

export const dropFeed = route({
  name: "dropFeed",
  about: "Ends the calendar address.",
  method: "DELETE",
  path: "/api/named/feed",
  zone: "named",
  who: "member",
  answer: empty,
  refusals: {},
  perMinute: 12,
});

export const readFeed = route({
  name: "readFeed",
  about: "The holds behind a secret calendar address: no name, no place, no word.",
  method: "GET",
  path: "/api/public/feeds/:secret",
  zone: "public",
  who: "anyone",
  params: v.strictObject({ secret: messageField(60) }),
  answer: v.string(),
  contentType: "text/calendar; charset=utf-8",
  refusals: {},
  perMinute: 60,
});
