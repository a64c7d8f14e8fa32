/**
 * The hard constraints. A coach who breaks one is not offered, however well the rest fits; which ones each
 * coach breaks is kept, so that a person can be told what would have to give.
 */
import { MODALITIES, PATHS } from "../directory/coach.ts";
import { coachesAtEmployers, conflictsOf } from "./conflict.ts";
import { primaryLanguage } from "./prepared-index.ts";
import type { PreparedIndex, Tags } from "./prepared-index.ts";
import type { Preferences } from "./preferences.ts";
import { offsetQuarters, sharedHours } from "./shared-hours.ts";

export const CONSTRAINTS = [
  "conflict",
  "own-employer",
  "credential",
  "doctor",
  "path",
  "language",
  "hours",
  "modality",
  "price",
] as const;
export type Constraint = (typeof CONSTRAINTS)[number];

export interface Judgement {
  /** Bit i of a coach's number says that the i-th constraint is broken; 0 fits. */
  readonly broken: Uint16Array;
  /** Quarters of an hour a week that the coach and the member share. */
  readonly sharedQuarters: Uint16Array;
}

export function judge(index: PreparedIndex, preferences: Preferences): Judgement {
  const size = index.coaches.length;
  const broken = new Uint16Array(size);
  const sharedQuarters = new Uint16Array(size);

  const inConflict = conflictsOf(index, preferences.conflicts);
  const isColleague = coachesAtEmployers(index, preferences.ownEmployers);
  const path = 1 << PATHS.indexOf(preferences.path);
  const speaks = flagsOf(index.languages, preferences.languages.map(primaryLanguage));
  const shared = sharedHours(
    index,
    preferences.freeHours,
    offsetQuarters(preferences.timeZone, index.preparedAt),
  );
  const modality = preferences.modalities.reduce(
    (mask, each) => mask | (1 << MODALITIES.indexOf(each)),
    0,
  );
  const ceilingByCurrency = ceilings(index.currencies, preferences.priceCeilings);

  for (let at = 0; at < size; at++) {
    const quarters = shared.quarters(at);
    sharedQuarters[at] = quarters;
    broken[at] =
      bit("conflict", inConflict[at] === 1) |
      bit("own-employer", isColleague[at] === 1) |
      bit("credential", index.isCredentialed[at] === 0) |
      bit("doctor", preferences.doctorsOnly && index.isPhysician[at] === 0) |
      bit("path", (index.paths[at]! & path) === 0) |
      bit("language", !hasAny(index.languages, at, speaks)) |
      bit("hours", quarters < preferences.sharedHours * 4) |
      bit("modality", modality !== 0 && (index.modalities[at]! & modality) === 0) |
      bit("price", index.prices[at]! > ceilingByCurrency[index.currencies.numbers[at]!]!);
  }
  return { broken, sharedQuarters };
}

function bit(constraint: Constraint, isBroken: boolean): number {
  return isBroken ? bitByConstraint[constraint] : 0;
}

export const bitByConstraint = Object.fromEntries(
  CONSTRAINTS.map((constraint, at) => [constraint, 1 << at]),
) as Record<Constraint, number>;

/** 1 at the number of every wanted tag that some coach has. */
export function flagsOf(tags: Tags, wanted: readonly string[]): Uint8Array {
  const flags = new Uint8Array(tags.numberByTag.size);
  for (const tag of wanted) {
    const number = tags.numberByTag.get(tag);
    if (number !== undefined) flags[number] = 1;
  }
  return flags;
}

function hasAny(tags: Tags, at: number, flags: Uint8Array): boolean {
  const end = tags.starts[at + 1]!;
  for (let tag = tags.starts[at]!; tag < end; tag++)
    if (flags[tags.numbers[tag]!] === 1) return true;
  return false;
}

/**
 * There is no exchange rate here, since asking for one would tell somebody. A currency without a ceiling of
 * its own admits only what is given away, unless no ceiling was set at all.
 */
function ceilings(currencies: Tags, asked: Preferences["priceCeilings"]): Float64Array {
  const ceilingByNumber = new Float64Array(currencies.numberByTag.size);
  ceilingByNumber.fill(asked.length === 0 ? Number.POSITIVE_INFINITY : 0);
  for (const { currency, minorUnitsPerSession } of asked) {
    const number = currencies.numberByTag.get(currency);
    if (number !== undefined) {
      ceilingByNumber[number] = Math.max(ceilingByNumber[number]!, minorUnitsPerSession);
    }
  }
  return ceilingByNumber;
}
