/**
 * Any number of invented coaches, the same for the same seed: what matching is tested and measured on. Spread
 * as in a large society: most speak English, most are awake in American zones, employers are shared.
 */
import { STAGES } from "#identity/account.ts";
import { MODALITIES, PATHS } from "../directory/coach.ts";
import type { Coach } from "../directory/coach.ts";
import { hoursToWeeklyHours } from "../directory/weekly-hours.ts";

export function inventedCoaches(count: number, seed: number): Coach[] {
  const { below, oneOf, someOf } = dice(seed);
  return Array.from({ length: count }, (_, at): Coach => {
    const isPhysician = below(10) < 8;
    const firstHour = below(16) + 5;
    const days = someOf([0, 1, 2, 3, 4, 5, 6], 1, 5);
    return {
      id: `00000000-0000-4000-8000-${at.toString(16).padStart(12, "0")}`,
      name: `${oneOf(["Dr ", "", "Prof. "])}${oneOf(GIVEN_NAMES)} ${oneOf(["", "J. ", "de "])}${oneOf(FAMILY_NAMES)}`,
      kind: isPhysician ? "physician" : "other-certified-coach",
      story: "An invented story. ".repeat(below(30) + 10).trim(),
      paths: someOf(PATHS, 1, 3),
      stages: someOf(STAGES, 1, 4),
      languages: [...(below(20) > 0 ? ["en-US"] : []), oneOf(["es", "fr-CA", "hi", "de", "pt-BR"])],
      timeZone: oneOf(ZONES),
      weeklyHours: hoursToWeeklyHours(
        days.flatMap((day) => [0, 1, 2, 3, 4].map((hour) => day * 24 + ((firstHour + hour) % 24))),
      ),
      specialty: isPhysician ? `family-${LETTERS[below(12)]}` : null,
      livedExperiences: someOf(LETTERS, 0, 5).map((letter) => `lived-${letter}`),
      styles: someOf(LETTERS.slice(0, 10), 0, 4).map((letter) => `style-${letter}`),
      price: {
        currency: oneOf(["USD", "USD", "USD", "GBP", "EUR"]),
        minorUnitsPerSession: below(40) * 1000,
        freeChemistryCall: below(3) > 0,
      },
      modalities: someOf(MODALITIES, 1, 3),
      employers: Array.from(
        { length: below(3) },
        () =>
          `${oneOf(["St. ", "Saint ", "Mount ", "University of "])}${oneOf(FAMILY_NAMES)} ${oneOf(["Hosp.", "Hospital", "Medical Center", "Clinic"])}`,
      ),
      credentials: Array.from({ length: isPhysician ? below(2) : 1 }, () => ({
        granted: { body: "ICF", level: oneOf(["ACC", "PCC", "MCC"]) },
        expires: `20${below(4) + 31}-0${below(9) + 1}`,
        state: "verified",
      })),
    };
  });
}

/** Mulberry32, by Tommy Ettinger (public domain): the next number in [0, 2^32) from 32 bits of state. */
export function dice(seed: number) {
  let state = seed | 0;
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
  const oneOf = <const Option>(options: readonly Option[]): Option =>
    options[below(options.length)]!;
  const someOf = <Option>(options: readonly Option[], least: number, most: number): Option[] => {
    const left = [...options];
    return Array.from(
      { length: least + below(most - least + 1) },
      () => left.splice(below(left.length), 1)[0]!,
    );
  };
  return { below, oneOf, someOf };
}

const GIVEN_NAMES =
  "Ada Bela Chidi Dora Emeka Farah Gita Hana Ines Jonas Kofi Lena Mira Nadia Olu Petra Quinn Rosa Sven Tariq".split(
    " ",
  );

const FAMILY_NAMES = Array.from("BDFGKLMNPRSTVZ").flatMap((first) =>
  ["a", "e", "i", "o", "u"].flatMap((vowel) =>
    ["landers", "merrin", "tovich", "sunde"].map((end) => first + vowel + end),
  ),
);

const LETTERS = Array.from("abcdefghijklmnopqrstuvwxyz");

const ZONES = [
  "America/New_York",
  "America/New_York",
  "America/Chicago",
  "America/Chicago",
  "America/Los_Angeles",
  "America/Denver",
  "Europe/London",
  "Europe/Berlin",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Adelaide",
  "Pacific/Auckland",
] as const;
