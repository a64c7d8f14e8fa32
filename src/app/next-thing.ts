/** Today's one thing to do. Never a list: what is near in time first, then the way into the house, then nothing. */
import type { VerificationState } from "#identity/verification.ts";

export type NextThing =
  | "session"
  | "go-on"
  | "first-check-in"
  | "check-in-again"
  | "find-path"
  | "pulse"
  | "idea"
  | "find-coach"
  | "nothing";

export interface Standing {
  /** A session is under way or about to begin. */
  readonly isSessionNear: boolean;
  /** Null while that is not known, perhaps for want of a connection. */
  readonly hasSession: boolean | null;
  readonly isCheckInBegun: boolean;
  /** ISO days from which another one tells something new; null where there was none yet. */
  readonly checkInDue: string | null;
  readonly pulseDue: string | null;
  readonly hasPath: boolean;
  /** An idea that was put by in an exercise has come to its day. */
  readonly isIdeaDue: boolean;
}

export function nextThing(standing: Standing, today: string): NextThing {
  const { checkInDue, pulseDue } = standing;
  if (standing.isSessionNear) return "session";
  if (standing.isCheckInBegun) return "go-on";
  if (checkInDue === null) return "first-check-in";
  if (checkInDue <= today) return "check-in-again";
  if (!standing.hasPath) return "find-path";
  if (pulseDue !== null && pulseDue <= today) return "pulse";
  if (standing.isIdeaDue) return "idea";
  return standing.hasSession === false ? "find-coach" : "nothing";
}

export interface Telling {
  /** Besides being a member. */
  readonly roles: readonly string[];
  /** They have not seen yet where they stand. */
  readonly isNewcomer: boolean;
  /** The decision has been on a screen of theirs. */
  readonly isSeen: boolean;
}

/**
 * Whether Today says a word of verification: a decision until it was seen, and to who is a member and nothing
 * else that they can ask. Nobody is verified for coaching or stewardship.
 */
export function isVerificationTold(
  state: VerificationState,
  { roles, isNewcomer, isSeen }: Telling,
): boolean {
  const mayBeReminded = roles.length === 0 && !isNewcomer;
  switch (state) {
    case "none":
      return mayBeReminded;
    case "asked":
      return false;
    case "refused":
      return mayBeReminded || !isSeen;
    case "verified":
      return !isSeen;
  }
}
