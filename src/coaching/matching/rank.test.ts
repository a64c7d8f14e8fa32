import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Coach } from "../directory/coach.ts";
import { hoursToWeeklyHours, weeklyHoursToHours } from "../directory/weekly-hours.ts";
import { brokenConstraints, testsFor } from "./constraint.ts";
import { dice, inventedCoaches } from "./invented-coaches.ts";
import type { Preferences } from "./preferences.ts";
import { rank } from "./rank.ts";
import type { Round } from "./rank.ts";

const NOW = Date.UTC(2031, 2, 3, 12);
const [template] = inventedCoaches(1, 1);

/** Fits `anybody` below; each test changes what it is about. */
const fits: Coach = {
  ...template!,
  id: "00000000-0000-4000-8000-0000000000aa",
  name: "Dr Ada Okafor",
  kind: "physician",
  paths: ["burnout"],
  stages: ["attending"],
  languages: ["en-US"],
  timeZone: "UTC",
  weeklyHours: hoursToWeeklyHours([10, 11, 12]),
  specialty: null,
  livedExperiences: [],
  styles: [],
  price: { currency: "USD", minorUnitsPerSession: 10_000, freeChemistryCall: true },
  modalities: ["video"],
  employers: ["Saint Brannoc Hospital"],
  credentials: [],
};
const anybody: Preferences = {
  path: "burnout",
  languages: ["en"],
  timeZone: "UTC",
  freeHours: hoursToWeeklyHours([10, 11, 12, 13]),
  sharedHours: 2,
  priceCeilings: [{ currency: "USD", minorUnitsPerSession: 10_000 }],
  modalities: ["video", "audio"],
  doctorsOnly: true,
  ownEmployers: ["Eastmoor Clinic"],
  conflicts: { people: ["Bela Marsh"], employers: ["Quay Hospital"], coaches: [] },
  stage: "attending",
  specialty: "pediatrics",
  livedExperiences: ["was-sued", "grief"],
  styles: ["direct"],
};
const round: Round = { seed: "a member", passedOver: [], leanings: [] };
const withId = (at: number, change: Partial<Coach> = {}): Coach => ({
  ...fits,
  ...change,
  id: `00000000-0000-4000-8000-${at.toString(16).padStart(12, "0")}`,
});
const offered = (coaches: readonly Coach[], wishes: Preferences, from: Round = round) =>
  rank(coaches, wishes, from, NOW).offers.map(({ coach }) => coach);

describe("one broken constraint keeps a coach out and is counted", () => {
  test.each([
    ["path", { paths: ["career"] }],
    ["price", { price: { ...fits.price, minorUnitsPerSession: 10_001 } }],
    ["price", { price: { ...fits.price, currency: "EUR" } }],
    ["modality", { modalities: ["in-person"] }],
    ["doctor", { kind: "other-certified-coach", credentials: [icf(null)] }],
    ["language", { languages: ["fr"] }],
    ["hours", { weeklyHours: hoursToWeeklyHours([12, 13, 14]), timeZone: "Asia/Kolkata" }],
    ["own-employer", { employers: ["EASTMOOR CLIN."] }],
    ["conflict", { name: "Prof. Marsh, Bela" }],
    ["conflict", { employers: ["The Quay Hosp"] }],
  ] as const)("%s", (constraint, change) => {
    const coach = { ...fits, ...change } as Coach;
    const matching = rank([coach], anybody, round, NOW);
    expect(offered([fits], anybody)).toEqual([fits]);
    expect(matching.offers).toEqual([]);
    expect(matching.excluded).toMatchObject({ [constraint]: 1 });
    expect(brokenConstraints(coach, testsFor(anybody, NOW))).toEqual([constraint]);
  });

  test("a coach who is no doctor needs a credential that still holds", () => {
    const wishes = { ...anybody, doctorsOnly: false };
    const other = { ...fits, kind: "other-certified-coach" as const };
    expect(offered([{ ...other, credentials: [icf("2031-03")] }], wishes)).toHaveLength(1);
    expect(rank([{ ...other, credentials: [icf("2031-02")] }], wishes, round, NOW)).toMatchObject({
      offers: [],
      excluded: { credential: 1 },
    });
  });

  test("what is given away is within any ceiling, whatever its currency", () => {
    const free = { currency: "EUR", minorUnitsPerSession: 0, freeChemistryCall: true };
    expect(offered([{ ...fits, price: free }], anybody)).toHaveLength(1);
  });
});

/** Random wishes over invented coaches, loose enough that some fit and tight enough that many do not. */
const aSearch = fc
  .record({
    coachSeed: fc.integer(),
    wishSeed: fc.integer(),
    count: fc.integer({ min: 0, max: 300 }),
  })
  .map(({ coachSeed, wishSeed, count }) => {
    const coaches = inventedCoaches(count, coachSeed);
    return { coaches, wishes: inventedWishes(wishSeed, coaches) };
  });

test("no hard constraint is ever broken", () => {
  let offers = 0;
  fc.assert(
    fc.property(aSearch, fc.string(), ({ coaches, wishes }, seed) => {
      const matching = rank(coaches, wishes, { ...round, seed }, NOW);
      const plainlyFits = plainFit(wishes);
      for (const { coach } of matching.offers) {
        offers++;
        expect(plainlyFits(coach)).toBe(true);
      }
      expect(matching.fitting).toBe(coaches.filter(plainlyFits).length);
      expect(matching.offers).toHaveLength(Math.min(3, matching.fitting));
    }),
  );
  expect(offers).toBeGreaterThan(50);
});

test("every coach is counted once: fitting, passed over or excluded by one constraint", () => {
  fc.assert(
    fc.property(aSearch, fc.integer(), ({ coaches, wishes }, seed) => {
      const seen = dice(seed).someOf(coaches, 0, Math.floor(coaches.length / 2));
      const passedOver = seen.map(({ id }) => id);
      const matching = rank(coaches, wishes, { ...round, passedOver }, NOW);
      const excluded = Object.values(matching.excluded).reduce((sum, count) => sum + count, 0);
      expect(matching.fitting + excluded + seen.length).toBe(coaches.length);
      expect(matching.offers.some(({ coach }) => passedOver.includes(coach.id))).toBe(false);
    }),
  );
});

test("the offers do not depend on the order of the index file", () => {
  fc.assert(
    fc.property(aSearch, fc.integer(), ({ coaches, wishes }, seed) => {
      const shuffled = dice(seed).someOf(coaches, coaches.length, coaches.length);
      expect(rank(shuffled, wishes, round, NOW)).toEqual(rank(coaches, wishes, round, NOW));
    }),
  );
});

test("whoever is on the conflict list is not offered, however well they fit", () => {
  fc.assert(
    fc.property(aSearch, ({ coaches, wishes }) => {
      for (const { coach } of rank(coaches, wishes, round, NOW).offers) {
        for (const conflicts of [
          { people: [coach.name.toUpperCase()], employers: [], coaches: [] },
          { people: [], employers: [], coaches: [coach.id] },
        ]) {
          const again = offered(coaches, { ...wishes, conflicts });
          expect(again.map(({ id }) => id)).not.toContain(coach.id);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test("letting a wish go brings as many as was said", () => {
  let relaxed = 0;
  fc.assert(
    fc.property(aSearch, ({ coaches, wishes }) => {
      const matching = rank(coaches, wishes, round, NOW);
      for (const { constraint, brings } of matching.relaxations) {
        if (constraint === "path") continue;
        relaxed++;
        const after = rank(coaches, { ...wishes, ...letGo[constraint] }, round, NOW);
        expect(after.fitting - matching.fitting).toBe(brings);
      }
    }),
  );
  expect(relaxed).toBeGreaterThan(20);
});

const letGo = {
  price: { priceCeilings: [] },
  modality: { modalities: [] },
  doctor: { doctorsOnly: false },
  hours: { freeHours: null, sharedHours: 0.5 },
  language: { languages: ["en", "es", "fr", "hi", "de", "pt"] },
} satisfies Record<string, Partial<Preferences>>;

describe("when fewer than three fit", () => {
  const near = [
    withId(1, { price: { ...fits.price, minorUnitsPerSession: 12_000 } }),
    withId(2, { price: { ...fits.price, minorUnitsPerSession: 15_000 } }),
    withId(3, { weeklyHours: hoursToWeeklyHours([10]) }),
    withId(4, { languages: ["fr"] }),
    withId(5, { languages: ["fr"], paths: ["career"] }),
    withId(6, { name: "Bela Marsh" }),
    withId(7, { employers: ["Eastmoor Clinic"] }),
    withId(8, { name: "Bela Marsh", languages: ["fr"] }),
  ];

  test("each single wish is told with what letting it go would bring, the most first", () => {
    expect(rank(near, anybody, round, NOW).relaxations).toEqual([
      {
        constraint: "price",
        brings: 2,
        lowest: [{ currency: "USD", minorUnitsPerSession: 12_000 }],
      },
      { constraint: "language", brings: 1 },
      { constraint: "hours", brings: 1, hoursAWeek: 1 },
    ]);
  });

  test("those passed over before are not promised again", () => {
    const passedOver = [near[0]!.id, near[3]!.id];
    expect(rank(near, anybody, { ...round, passedOver }, NOW).relaxations).toMatchObject([
      { constraint: "hours", brings: 1 },
      { constraint: "price", brings: 1, lowest: [{ minorUnitsPerSession: 15_000 }] },
    ]);
  });

  test("with three offers nothing has to give", () => {
    const enough = [...near, withId(10), withId(11), withId(12)];
    expect(rank(enough, anybody, round, NOW).relaxations).toEqual([]);
  });
});

describe("who comes first", () => {
  test("each wish that is met moves a coach up, and is told as a reason", () => {
    const better = withId(2, { livedExperiences: ["grief"], specialty: "pediatrics" });
    const [best, next] = rank([withId(1), better], anybody, round, NOW).offers;
    expect(best!.coach).toEqual(better);
    expect(best!.reasons).toEqual([
      { type: "SharesLivedExperience", what: "grief" },
      { type: "CoachesYourStage", stage: "attending" },
      { type: "SharesSpecialty", specialty: "pediatrics" },
      { type: "CoachesYourPath", path: "burnout" },
      { type: "SpeaksYourLanguage", language: "en-US" },
      { type: "SharesHours", hoursAWeek: 3 },
      { type: "OffersModality", modality: "video" },
      { type: "IsWithinPrice", price: fits.price },
    ]);
    expect(next!.reasons.map(({ type }) => type)).not.toContain("SharesLivedExperience");
  });

  test("at equal scores three offers are three different choices", () => {
    const alike = [1, 2, 3, 4, 5].map((at) =>
      withId(at, { specialty: "surgery", styles: ["slow-pace"] }),
    );
    const different = [
      withId(6, { specialty: "psychiatry" }),
      withId(7, { timeZone: "Africa/Abidjan", specialty: "diagnostics" }),
    ];
    for (const seed of ["a", "b", "c", "d", "e", "f"]) {
      const specialties = offered([...alike, ...different], anybody, { ...round, seed }).map(
        ({ specialty }) => specialty,
      );
      expect(new Set(specialties)).toEqual(new Set(["surgery", "psychiatry", "diagnostics"]));
    }
  });

  test("variety never puts a coach who fits less before one who fits better", () => {
    const better = [1, 2, 3].map((at) => withId(at, { specialty: "pediatrics" }));
    const chosen = offered([...better, withId(4, { specialty: "surgery" })], anybody);
    expect(new Set(chosen)).toEqual(new Set(better));
  });

  test("members are spread over coaches who fit alike, and one member always sees the same", () => {
    const alike = Array.from({ length: 12 }, (_, at) => withId(at));
    const firsts = Array.from({ length: 240 }, (_, member) => {
      const own = { ...round, seed: `member ${member}` };
      expect(offered(alike, anybody, own)).toEqual(offered(alike, anybody, own));
      return offered(alike, anybody, own)[0]!.id;
    });
    const counts = [...Map.groupBy(firsts, (id) => id).values()].map((ids) => ids.length);
    expect(counts).toHaveLength(12);
    // 20 each on average; five standard deviations either side.
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(Math.max(...counts)).toBeLessThan(42);
  });
});

function icf(expires: string | null): Coach["credentials"][number] {
  return { granted: { body: "ICF", level: "ACC" }, expires, state: "verified" };
}

/** The hard constraints once more, slowly and in other words; employers only as they are invented. */
function plainFit(wishes: Preferences): (coach: Coach) => boolean {
  const isFree = freeOnUtc(wishes);
  return (coach) => plainlyFits(coach, wishes, isFree);
}

function plainlyFits(coach: Coach, wishes: Preferences, isFree: ReadonlySet<number>): boolean {
  const ceiling = wishes.priceCeilings.find(({ currency }) => currency === coach.price.currency);
  const isDear =
    coach.price.minorUnitsPerSession > 0 &&
    wishes.priceCeilings.length > 0 &&
    (ceiling === undefined || ceiling.minorUnitsPerSession < coach.price.minorUnitsPerSession);
  const kept = [...wishes.ownEmployers, ...wishes.conflicts.employers].map(plainEmployer);
  return (
    coach.paths.includes(wishes.path) &&
    !isDear &&
    (wishes.modalities.length === 0 ||
      wishes.modalities.some((each) => coach.modalities.includes(each))) &&
    (!wishes.doctorsOnly || coach.kind === "physician") &&
    coach.languages.some((spoken) => wishes.languages.some((each) => spoken.startsWith(each))) &&
    sharedMinutes(coach, isFree) >= wishes.sharedHours * 60 &&
    (coach.kind === "physician" ||
      coach.credentials.some(({ expires }) => expires === null || expires >= "2031-03")) &&
    !coach.employers.some((employer) => kept.includes(plainEmployer(employer))) &&
    !wishes.conflicts.coaches.includes(coach.id) &&
    !wishes.conflicts.people.some((person) => plainPerson(person) === plainPerson(coach.name))
  );
}

function plainEmployer(name: string): string {
  return name.replace(/^St\. /, "Saint ").replace(/ Hosp\.$/, " Hospital");
}

function plainPerson(name: string): string {
  return name.replace(/^(Dr|Prof\.) /, "").replace(/ (J\.|de) /, " ");
}

function freeOnUtc({ freeHours, timeZone }: Preferences): ReadonlySet<number> {
  const all = Array.from({ length: 168 }, (_, hour) => hour);
  return new Set(quartersOfUtc(freeHours === null ? all : weeklyHoursToHours(freeHours), timeZone));
}

function sharedMinutes(coach: Coach, isFree: ReadonlySet<number>): number {
  const open = quartersOfUtc(weeklyHoursToHours(coach.weeklyHours), coach.timeZone);
  return open.filter((quarter) => isFree.has(quarter)).length * 15;
}

/** The week's quarters of an hour, each by its first minute on UTC's clock. */
function quartersOfUtc(hours: readonly number[], timeZone: string): number[] {
  const there = Temporal.Instant.fromEpochMilliseconds(NOW).toZonedDateTimeISO(timeZone);
  const offset = there.offsetNanoseconds / 60e9;
  return hours.flatMap((hour) =>
    [0, 15, 30, 45].map((minute) => (hour * 60 + minute - offset + 10_080) % 10_080),
  );
}

function inventedWishes(seed: number, coaches: readonly Coach[]): Preferences {
  const { below, oneOf, someOf } = dice(seed);
  const [wished, ...met] = inventedCoaches(4, seed);
  const known = coaches.length === 0 ? met : someOf(coaches, 0, Math.min(5, coaches.length));
  return {
    path: oneOf(["burnout", "career", "leadership", "sustainable-practice"]),
    languages: someOf(["en", "es", "de", "hi"], 1, 3),
    timeZone: wished!.timeZone,
    freeHours:
      below(3) === 0
        ? null
        : hoursToWeeklyHours(
            someOf(
              Array.from({ length: 168 }, (_, at) => at),
              30,
              120,
            ),
          ),
    sharedHours: below(6) / 2 + 0.5,
    priceCeilings:
      below(2) === 0 ? [] : [{ currency: "USD", minorUnitsPerSession: below(40) * 1000 }],
    modalities: someOf(["video", "audio", "written"], 0, 3),
    doctorsOnly: below(3) === 0,
    ownEmployers: known.flatMap((coach) => coach.employers).slice(0, 2),
    conflicts: {
      people: known.slice(0, 2).map(({ name }) => name),
      employers: known.flatMap((coach) => coach.employers).slice(2, 4),
      coaches: known.slice(2, 3).map(({ id }) => id),
    },
    stage: wished!.stages[0]!,
    specialty: wished!.specialty,
    livedExperiences: wished!.livedExperiences,
    styles: wished!.styles,
  };
}
