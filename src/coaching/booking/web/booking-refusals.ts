/** Why a time could not be held, booked or moved, in sentences that say what is still there. */
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { words } from "./words.ts";

export function bookingTrouble(refusal: {
  readonly type: string;
  readonly detail?: Readonly<Record<string, string | number>>;
}): string {
  switch (refusal.type) {
    case "SlotTaken":
      return words.book.taken;
    case "OwnHour":
      return words.book.ownHour;
    case "HoldExpired":
      return words.book.expired;
    case "TooLate":
      return words.sessions.tooLate;
    case "AlreadyCancelled":
      return words.book.alreadyCancelled;
    case "VersionOutdated":
      return words.agreement.outdated;
    default:
      return refusalToWords(refusal);
  }
}
