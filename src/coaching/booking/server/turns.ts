/**
 * Booking in turn: one transaction at a time for each of the two people, whose refusal undoes everything,
 * and which is tried again where the database asks for that.
 */
import type { Result } from "#platform/result.ts";
import { violation } from "#platform/server/db.ts";
import type { CoachingDb, CoachingWithin } from "../../server/deps.ts";
import { lockPersons } from "./store.ts";

const TRIES = 4;
const SERIALIZATION_FAILURE = "40001";
const DEADLOCK_DETECTED = "40P01";
const EXCLUSION_VIOLATION = "23P01";
const UNIQUE_VIOLATION = "23505";

/** Every way in which the work can say no. */
type Done = Result<unknown, { readonly type: string }>;

export async function inTurn<Outcome extends Done>(
  db: CoachingDb,
  persons: readonly string[],
  work: (within: CoachingWithin) => Promise<Outcome>,
): Promise<Outcome> {
  for (let tried = 1; ; tried++) {
    try {
      return await db.transaction().execute(async (within) => {
        await lockPersons(within, persons);
        const outcome = await work(within);
        if (!outcome.ok) throw new Undone(outcome);
        return outcome;
      });
    } catch (error) {
      if (error instanceof Undone) return error.outcome as Outcome;
      const code = violation(error)?.code;
      const mayTryAgain = code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED;
      if (!mayTryAgain || tried === TRIES) throw error;
    }
  }
}

// Rolls the transaction back, so that a refusal leaves nothing behind.
class Undone extends Error {
  readonly outcome: Done;
  constructor(outcome: Done) {
    super("undone");
    this.outcome = outcome;
  }
}

/** Whose hour the database kept from being given twice. Anything else is a defect. */
export function collision(error: unknown): "coach" | "client" {
  const violated = violation(error);
  if (violated?.code === EXCLUSION_VIOLATION)
    return violated.constraint === "client_has_one_booking_at_a_time" ? "client" : "coach";
  if (violated?.code === UNIQUE_VIOLATION && violated.constraint === "one_chemistry_call_a_pair")
    return "coach";
  throw error;
}
