/** Today's one thing to do. Never a list: what is near in time first, then the way into the house, then nothing. */
export type NextThing =
  | "session"
  | "go-on"
  | "first-check-in"
  | "check-in-again"
  | "find-path"
  | "pulse"
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
}

export function nextThing(standing: Standing, today: string): NextThing {
  const { checkInDue, pulseDue } = standing;
  if (standing.isSessionNear) return "session";
  if (standing.isCheckInBegun) return "go-on";
  if (checkInDue === null) return "first-check-in";
  if (checkInDue <= today) return "check-in-again";
  if (!standing.hasPath) return "find-path";
  if (pulseDue !== null && pulseDue <= today) return "pulse";
  return standing.hasSession === false ? "find-coach" : "nothing";
}
