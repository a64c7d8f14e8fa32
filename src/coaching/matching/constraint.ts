/**
 * The hard constraints. A coach who breaks one is not offered, however well the rest fits; which one it was is
 * kept, so that a person can be told what would have to give.
 */
import type { Coach } from "../directory/coach.ts";
import { standingOf } from "../directory/credential.ts";
import { employerForms, isInConflict, worksAt } from "./conflict.ts";
import type { Preferences } from "./preferences.ts";
import { sharedQuarters } from "./shared-hours.ts";
import type { SharedQuarters } from "./shared-hours.ts";

/** Cheap ones first; last those that compare names, which so are asked about few coaches. */
export const CONSTRAINTS = [
  "path",
  "price",
  "modality",
  "doctor",
  "language",
  "hours",
  "credential",
  "own-employer",
  "conflict",
] as const;
export type Constraint = (typeof CONSTRAINTS)[number];

export interface Tests {
  readonly breaks: Readonly<Record<Constraint, (coach: Coach) => boolean>>;
  readonly sharedQuarters: SharedQuarters;
}

/** `now`: milliseconds since the epoch, for zones' offsets and credentials' expiry. */
export function testsFor(preferences: Preferences, now: number): Tests {
  const { path, modalities, doctorsOnly, sharedHours } = preferences;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toString().slice(0, 10);
  const quarters = sharedQuarters(preferences.freeHours, preferences.timeZone, now);
  const ceilingIn = priceCeilings(preferences.priceCeilings);
  const forms = employerForms();
  return {
    sharedQuarters: quarters,
    breaks: {
      path: (coach) => !coach.paths.includes(path),
      price: ({ price }) => price.minorUnitsPerSession > ceilingIn(price.currency),
      modality: (coach) =>
        modalities.length > 0 && !coach.modalities.some((each) => modalities.includes(each)),
      doctor: (coach) => doctorsOnly && coach.kind !== "physician",
      language: (coach) => spokenWith(coach, preferences).length === 0,
      hours: (coach) => quarters(coach) < sharedHours * 4,
      credential: (coach) => !isCredentialed(coach, today),
      "own-employer": worksAt(preferences.ownEmployers, forms),
      conflict: isInConflict(preferences.conflicts, forms),
    },
  };
}

/** All that keeps this coach from being offered; none: the coach fits. For a card in the directory. */
export function brokenConstraints(coach: Coach, { breaks }: Tests): Constraint[] {
  return CONSTRAINTS.filter((constraint) => breaks[constraint](coach));
}

/** The coach's languages that the member speaks too: "en" and "en-IE" are one, script and region aside. */
export function spokenWith(coach: Coach, { languages }: Preferences): string[] {
  return coach.languages.filter((spoken) =>
    languages.some((language) => primaryLanguage(language) === primaryLanguage(spoken)),
  );
}

function primaryLanguage(language: string): string {
  const end = language.indexOf("-");
  return end < 0 ? language : language.slice(0, end);
}

/** A doctor was verified as one by the stewards; whoever is not needs a certificate that still holds. */
function isCredentialed(coach: Coach, today: string): boolean {
  return (
    coach.kind === "physician" ||
    coach.credentials.some((credential) => standingOf(credential, today) !== "expired")
  );
}

/**
 * There is no exchange rate here, since asking for one would tell somebody. A currency without a ceiling of
 * its own admits only what is given away, unless no ceiling was set at all.
 */
function priceCeilings(ceilings: Preferences["priceCeilings"]): (currency: string) => number {
  if (ceilings.length === 0) return () => Number.POSITIVE_INFINITY;
  return (currency) =>
    ceilings.reduce(
      (highest, ceiling) =>
        ceiling.currency === currency ? Math.max(highest, ceiling.minorUnitsPerSession) : highest,
      0,
    );
}
