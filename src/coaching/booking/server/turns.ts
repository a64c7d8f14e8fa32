/**
 * Booking in turn: one transaction at a time for each of the two people, whose refusal undoes everything,
 * and which is tried again where the database asks for that.
 */
import type { Result } from "#platform/result.ts";
import { refuse } from "#platform/result.ts";
import { violation } from "#platform/server/db.ts";
import type { CoachingDb, CoachingWithin } from "../../server/deps.ts";
import { lockPersons } from "./store.ts";

const TRIES = 4;
const SERIALIZATION_FAILURE = "40001";
const DEADLOCK_DETECTED = "40P01";
const EXCLUSION_VIOLATION = "23P01";
const UNIQUE_VIOLATION = "23505";

export async function inTurn<Value, Refusal>(
  db: CoachingDb,
  persons: readonly string[],
  work: (within: CoachingWithin) => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal>> {
  for (let tried = 1; ; tried++) {
    try {
      return await db.transaction().execute(async (within) => {
        await lockPersons(within, persons);
        const result = await work(within);
        if (!result.ok) throw new Undone(result.refusal);
        return result;
      });
    } catch (error) {
      if (error instanceof Undone) return refuse(error.refusal as Refusal);
      const code = violation(error)?.code;
      const mayTryAgain = code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED;
      if (!mayTryAgain || tried === TRIES) throw error;
    }
  }
}

// Rolls the transaction back, so that a refusal leaves nothing behind.
class Undone extends Error {
  readonly refusal: unknown;
  constructor(refusal: unknown) {
    super("undone");
    this.refusal = refusal;
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
