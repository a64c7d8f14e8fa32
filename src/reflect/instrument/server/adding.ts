/**
 * Adds instruments and takes them off, for stewards and for the command line alike: read again here, whatever was
 * looked at before, and written into the log of decisions in the same transaction.
 */
import { ok, refuse, type Result } from "#platform/result.ts";
import type { FormFault } from "../form-fault.ts";
import { readInstrument, type Instrument } from "../instrument.ts";
import type { AssertedLicence } from "../licence.ts";
import { isProtocolMissing } from "./policy.ts";
import {
  dropInstrumentRow,
  holdInstrument,
  keepInstrument,
  type InstrumentDb,
  type InstrumentWithin,
} from "./store.ts";

/** Told to all members without a name. */
interface InstrumentDecision {
  readonly kind: "instrument";
  readonly detail: "added" | "replaced" | "removed";
}

export interface InstrumentDeps {
  readonly db: InstrumentDb;
  /** In the transaction that decides. */
  readonly logDecision: (within: InstrumentWithin, decision: InstrumentDecision) => Promise<void>;
}

export interface Addition {
  readonly questionnaire: string;
  readonly licence: AssertedLicence;
  readonly protocolReady: boolean;
}

export type AdditionRefusal =
  | { readonly type: "NotFitting"; readonly faults: readonly FormFault[] }
  | { readonly type: "ProtocolNeeded" };

export async function add(
  { db, logDecision }: InstrumentDeps,
  { questionnaire, licence, protocolReady }: Addition,
): Promise<Result<Instrument, AdditionRefusal>> {
  const read = readInstrument(questionnaire);
  if (!read.ok) return refuse({ type: "NotFitting", faults: read.refusal });
  const { scorer } = read.value;
  if (isProtocolMissing(scorer, protocolReady)) return refuse({ type: "ProtocolNeeded" });
  // Without blanks between its parts.
  const text = JSON.stringify(JSON.parse(questionnaire.replace(/^\ufeff/, "")));
  await db.transaction().execute(async (within) => {
    const before = await holdInstrument(within, scorer.id);
    // An acknowledgement that got lost: the device asks again.
    if (before?.questionnaire === text && isSame(before.licence, licence)) return;
    await keepInstrument(within, { id: scorer.id, questionnaire: text, licence });
    const detail = before === null ? "added" : "replaced";
    await logDecision(within, { kind: "instrument", detail });
  });
  return ok(read.value);
}

/** False where there was none: then nothing is logged either. */
export function drop({ db, logDecision }: InstrumentDeps, id: string): Promise<boolean> {
  return db.transaction().execute(async (within) => {
    const isDropped = await dropInstrumentRow(within, id);
    if (isDropped) await logDecision(within, { kind: "instrument", detail: "removed" });
    return isDropped;
  });
}

const isSame = (one: AssertedLicence, other: AssertedLicence): boolean =>
  one.by === other.by && one.terms === other.terms && one.on === other.on;
