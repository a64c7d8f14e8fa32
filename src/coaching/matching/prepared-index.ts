/**
 * The directory laid out for ranking: one number per coach and question, in typed arrays, made once when the
 * index file arrives. The cards themselves are kept beside it to be shown.
 */
import { STAGES } from "#identity/account.ts";
import { MODALITIES, PATHS } from "../directory/coach.ts";
import type { Coach } from "../directory/coach.ts";
import { standingOf } from "../directory/credential.ts";
import { normalisedEmployer } from "../directory/employer-name.ts";
import { weeklyHoursToBytes } from "../directory/weekly-hours.ts";
import { nameToComparable } from "./person-name.ts";
import type { ComparableName } from "./person-name.ts";
import { offsetQuarters } from "./shared-hours.ts";

export interface PreparedIndex {
  readonly coaches: readonly Coach[];
  /** Milliseconds since the epoch: the moment whose zone offsets and valid credentials are meant. */
  readonly preparedAt: number;
  /** Bit i is the i-th of PATHS, STAGES, MODALITIES. */
  readonly paths: Uint8Array;
  readonly stages: Uint8Array;
  readonly modalities: Uint8Array;
  readonly isPhysician: Uint8Array;
  /** 0 for a coach who is no doctor and whose every credential has run out. */
  readonly isCredentialed: Uint8Array;
  /** 21 bytes a coach: see `weekly-hours.ts`. */
  readonly hours: Uint8Array;
  /** What the coach's zone is ahead of UTC, in quarters of an hour. */
  readonly offsets: Int8Array;
  readonly prices: Int32Array;
  readonly currencies: Tags;
  /** By primary language: "en-IE" and "en-US" are one. */
  readonly languages: Tags;
  readonly specialties: Tags;
  readonly livedExperiences: Tags;
  readonly styles: Tags;
  /** By normalised name. */
  readonly employers: Tags;
  readonly names: readonly ComparableName[];
}

/** The tags of coach i are `numbers[starts[i]]` up to `numbers[starts[i + 1] - 1]`. */
export interface Tags {
  readonly starts: Uint32Array;
  readonly numbers: Uint32Array;
  readonly numberByTag: ReadonlyMap<string, number>;
}

/** `now`: milliseconds since the epoch. */
export function prepareIndex(coaches: readonly Coach[], now: number): PreparedIndex {
  const size = coaches.length;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toString().slice(0, 10);
  const offsetByZone = new Map<string, number>();
  const hours = new Uint8Array(size * 21);
  const offsets = new Int8Array(size);
  for (const [at, coach] of coaches.entries()) {
    hours.set(weeklyHoursToBytes(coach.weeklyHours), at * 21);
    let offset = offsetByZone.get(coach.timeZone);
    if (offset === undefined) {
      offset = offsetQuarters(coach.timeZone, now);
      offsetByZone.set(coach.timeZone, offset);
    }
    offsets[at] = offset;
  }
  return {
    coaches,
    preparedAt: now,
    paths: Uint8Array.from(coaches, (coach) => bits(PATHS, coach.paths)),
    stages: Uint8Array.from(coaches, (coach) => bits(STAGES, coach.stages)),
    modalities: Uint8Array.from(coaches, (coach) => bits(MODALITIES, coach.modalities)),
    isPhysician: Uint8Array.from(coaches, (coach) => Number(coach.kind === "physician")),
    isCredentialed: Uint8Array.from(coaches, (coach) => Number(isCredentialed(coach, today))),
    hours,
    offsets,
    prices: Int32Array.from(coaches, (coach) => coach.price.minorUnitsPerSession),
    currencies: tagsOf(coaches, (coach) => [coach.price.currency]),
    languages: tagsOf(coaches, (coach) => coach.languages, primaryLanguage),
    specialties: tagsOf(coaches, (coach) => (coach.specialty === null ? [] : [coach.specialty])),
    livedExperiences: tagsOf(coaches, (coach) => coach.livedExperiences),
    styles: tagsOf(coaches, (coach) => coach.styles),
    employers: tagsOf(coaches, (coach) => coach.employers, normalisedEmployer),
    names: coaches.map((coach) => nameToComparable(coach.name)),
  };
}

export function primaryLanguage(language: string): string {
  return language.split("-", 1)[0]!.toLowerCase();
}

function bits<Option extends string>(
  options: readonly Option[],
  chosen: readonly Option[],
): number {
  let mask = 0;
  for (const option of chosen) mask |= 1 << options.indexOf(option);
  return mask;
}

/** A doctor was verified as one by the stewards; whoever is not needs a certificate that holds. */
function isCredentialed(coach: Coach, today: string): boolean {
  return (
    coach.kind === "physician" ||
    coach.credentials.some((credential) => standingOf(credential, today) !== "expired")
  );
}

/** Each distinct spelling is brought to its form once, since thousands of coaches share a few hundred of them. */
function tagsOf(
  coaches: readonly Coach[],
  tags: (coach: Coach) => readonly string[],
  toForm: (spelling: string) => string = (spelling) => spelling,
): Tags {
  const numberByTag = new Map<string, number>();
  const numberBySpelling = new Map<string, number>();
  const starts = new Uint32Array(coaches.length + 1);
  const numbers: number[] = [];
  for (const [at, coach] of coaches.entries()) {
    for (const spelling of tags(coach)) {
      let number = numberBySpelling.get(spelling);
      if (number === undefined) {
        const tag = toForm(spelling);
        number = numberByTag.get(tag) ?? numberByTag.size;
        numberByTag.set(tag, number);
        numberBySpelling.set(spelling, number);
      }
      numbers.push(number);
    }
    starts[at + 1] = numbers.length;
  }
  return { starts, numbers: Uint32Array.from(numbers), numberByTag };
}
