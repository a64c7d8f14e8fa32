/**
 * Letters about a booking: when it is, in the reader's zone, and nothing else that a colleague beside them
 * could read. The calendar files of the two carry UIDs that only this server can tell to be one booking.
 */
import { createHmac } from "node:crypto";
import { reveal, type Redacted } from "#platform/redacted.ts";
import { enqueueLetter } from "#platform/server/letters.ts";
import type { CoachingDeps, CoachingWithin } from "../../server/deps.ts";
import { personsById } from "../../server/store.ts";
import { invitationFile } from "../invitation-file.ts";
import type { BookingRow } from "./store.ts";

type Posting = Pick<CoachingDeps, "clock" | "letterKey" | "addresses" | "origin" | "feedKey">;

export type BookingLetter =
  | { readonly template: "booking-held" | "booking-cancelled" | "reminder" }
  | { readonly template: "booking-moved"; readonly before: Date };

/** In the transaction of what they tell: no letter without its cause, and no cause without its letter. */
export async function sendBookingLetters(
  within: CoachingWithin,
  deps: Posting,
  booking: BookingRow,
  letter: BookingLetter,
  readers: readonly string[],
): Promise<void> {
  const persons = await personsById(within, readers);
  for (const { id: account, time_zone, email_sealed } of persons.values()) {
    const fields = {
      when: timeInWords(booking.start, time_zone),
      ...(letter.template === "booking-moved" && {
        before: timeInWords(letter.before, time_zone),
      }),
    };
    await enqueueLetter(
      within,
      deps.letterKey,
      {
        template: letter.template,
        to: deps.addresses.open(email_sealed),
        fields,
        ...(letter.template !== "reminder" && { calendar: calendarFor(deps, booking, account) }),
      },
      { account },
    );
  }
}

function calendarFor(deps: Posting, booking: BookingRow, account: string) {
  const method = booking.state === "cancelled" ? ("CANCEL" as const) : ("REQUEST" as const);
  const text = invitationFile({
    method,
    uid: uidFor(deps.feedKey, booking.id, account),
    sequence: booking.sequence,
    start: booking.start.getTime(),
    end: booking.end.getTime(),
    now: deps.clock.now(),
    organizer: `no-reply@${new URL(deps.origin()).hostname}`,
  });
  return { method, text };
}

/**
 * The same booking has another UID for each of the two: side by side in one hospital's mail, their files
 * don't show that they belong together.
 */
export function uidFor(key: Redacted<Uint8Array>, booking: string, account: string): string {
  const tag = createHmac("sha256", reveal(key)).update(`uid ${booking} ${account}`).digest("hex");
  // A UUID and no host name, as RFC 7986 section 5.3 asks; version 8 is for such of one's own making.
  return tag.replace(
    /^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/,
    (_, a: string, b: string, c: string, d: string, e: string) => `${a}-${b}-8${c}-8${d}-${e}`,
  );
}

/** "Tuesday, 4 March 2031 at 14:30 Eastern Standard Time": the zone's name parts the two hours of a night in autumn. */
function timeInWords(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "long",
  }).format(at);
}
