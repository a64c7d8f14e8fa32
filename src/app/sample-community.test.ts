import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { standingOf } from "#coaching/directory/credential.ts";
import { PATHS } from "#coaching/directory/coach.ts";
import { readVocabulary } from "#coaching/directory/vocabulary.ts";
import { STAGES } from "#identity/account.ts";
import { readSampleCommunity } from "./sample-community.ts";
import type { SampleFiles } from "./sample-community.ts";

const content = new URL("../../content/", import.meta.url);
const file = (path: string): unknown => parse(readFileSync(new URL(path, content), "utf8"));

const vocabulary = readVocabulary({
  specialties: file("specialties.yaml"),
  livedExperiences: file("lived-experiences.yaml"),
  styles: file("coaching-styles.yaml"),
  languages: file("languages.yaml"),
});
if (!vocabulary.ok) throw new Error("The vocabulary must be readable");
const files: SampleFiles = {
  community: file("sample/community.yaml"),
  members: file("sample/members.yaml"),
  circles: file("sample/circles.yaml"),
  circleThemes: file("circles/themes.yaml"),
  coaches: Object.fromEntries(
    readdirSync(new URL("sample/coaches/", content)).map((name) => [
      name,
      file(`sample/coaches/${name}`),
    ]),
  ),
};
const readOn = (today: string, changed: Partial<SampleFiles> = {}) =>
  readSampleCommunity({ ...files, ...changed }, vocabulary.value, today);
const read = readOn("2026-11-22");
if (!read.ok) throw new Error(JSON.stringify(read.refusal.faults, null, 1));
const sample = read.value;

test("the sample has coaches of all four paths and all five stages, in at least eight zones", () => {
  const { coaches } = sample;
  expect(new Set(coaches.flatMap(({ profile }) => profile.paths))).toEqual(new Set(PATHS));
  expect(new Set(coaches.flatMap(({ profile }) => profile.stages))).toEqual(new Set(STAGES));
  expect(new Set(coaches.map(({ timeZone }) => timeZone)).size).toBeGreaterThanOrEqual(8);
  expect(coaches.map(({ kind }) => kind)).toContain("other-certified-coach");
});

test("the sample has members at all five stages, two stewards and four sponsors", () => {
  expect(new Set(sample.members.map(({ stage }) => stage))).toEqual(new Set(STAGES));
  expect(sample.stewards).toHaveLength(2);
  expect(sample.sponsors).toHaveLength(4);
});

test("the sample's stewards added courses, by providers that say themselves that they are invented", () => {
  expect(sample.courses.map(({ checked_on }) => checked_on)).toEqual(
    sample.courses.map(() => "2026-11-22"),
  );
  expect(new Set(sample.courses.map(({ kind }) => kind)).size).toBeGreaterThan(1);
  const community = file("sample/community.yaml") as { courses: readonly object[] };
  const real = { ...community.courses[0], provider: "Lanternside Hospital" };
  const refused = readOn("2026-11-22", { community: { ...community, courses: [real] } });
  const faults = refused.ok ? [] : refused.refusal.faults;
  expect(faults.map(({ at }) => at)).toContainEqual(["courses", 0, "provider"]);
});

test("most members of the sample are verified; the others wait in four ways, and one was refused", () => {
  const asked = sample.members.flatMap(({ verification }) => verification ?? []);
  const standing = (stands: string) => asked.filter((each) => each.stands === stands);
  expect(standing("verified").length).toBeGreaterThan(sample.members.length / 2);
  expect(new Set(standing("waits").map(({ way }) => way))).toEqual(
    new Set(["npi", "roster", "vouching", "institution-mail"]),
  );
  expect(standing("name-differs")).toHaveLength(1);
});

test("no two members of the sample have one licence, and no NPI is one that could be somebody's", () => {
  const numbers = sample.members.flatMap(({ verification }) =>
    verification?.claim ? [verification.claim.licence] : [],
  );
  expect(new Set(numbers.map(({ number }) => number)).size).toBe(numbers.length);
  for (const { country, number } of numbers)
    expect(number).toMatch(country === "US" ? /^2(\d)\1{7}\d$/ : /^SAMPLE/);
});

test("who is not verified can't vouch in the sample", () => {
  const members = file("sample/members.yaml") as { members: { verification: object }[] };
  members.members[4] = merged(members.members[4], {
    verification: { vouchers: ["ikram@members.example.net", "teo@members.example.net"] },
  }) as { verification: object };
  const refused = readOn("2026-11-22", { members });
  expect(refused.ok ? [] : refused.refusal.faults).toMatchObject([
    { file: "members", at: ["members", 4, "verification"] },
  ]);
});

test("every story is a story: 80 to 150 words in the first person", () => {
  for (const { profile } of sample.coaches) {
    const words = profile.story.split(/\s+/);
    expect(words.length).toBeGreaterThanOrEqual(80);
    expect(words.length).toBeLessThanOrEqual(150);
    expect(words).toContain("I");
    expect(profile.story).not.toMatch(/!|resilien/i);
  }
});

test("the sample does not grow old: its dates move with the day of loading", () => {
  const later = readOn("2041-02-28");
  if (!later.ok) throw new Error("The sample must be readable on any day");
  const dates = later.value.coaches.flatMap(({ hours }) =>
    hours.exceptions.map(({ date }) => date),
  );
  expect(dates.every((date) => date >= "2041-02-28" && date < "2041-04-15")).toBe(true);
  const standings = (coaches: typeof sample.coaches, today: string) =>
    coaches.flatMap(({ credentials }) => credentials.map((each) => standingOf(each, today)));
  expect(standings(later.value.coaches, "2041-02-28")).toEqual(
    standings(sample.coaches, "2026-11-22"),
  );
  expect(standings(sample.coaches, "2026-11-22")).toContain("expires-soon");
});

test("times of day become minutes, days count from Sunday", () => {
  const tobias = sample.coaches.find(({ name }) => name.startsWith("Tobias"))!;
  expect(tobias.hours.weekly.slice(0, 2)).toEqual([
    { day: 2, start: 480, end: 720 },
    { day: 3, start: 480, end: 720 },
  ]);
  expect(tobias.hours.exceptions[0]).toEqual({ date: "2026-12-08", windows: [] });
});

test.each([
  ["an address that could be somebody's", { email: "maren@hospital.org" }, ["email"]],
  [
    "a time that no clock shows",
    { hours: { weekly: [{ days: ["mon"], from: "25:00", to: "26:00" }] } },
    ["hours", "weekly", 0, "from"],
  ],
  [
    "a lived experience that stands in no list",
    { profile: { livedExperiences: ["was-bored"] } },
    ["profile"],
  ],
  [
    "a window that ends before it starts",
    { hours: { weekly: [{ days: ["mon"], from: "12:00", to: "11:00" }] } },
    ["hours", "weekly"],
  ],
  [
    "a step that is no part of an hour",
    { hours: { rules: { stepMinutes: 7 } } },
    ["hours", "stepMinutes"],
  ],
])("%s is refused with its place", (_, change, at) => {
  const maren = files.coaches["maren-quillfeather.yaml"];
  const refused = readOn("2026-11-22", {
    coaches: { "maren-quillfeather.yaml": merged(maren, change) },
  });
  expect(refused.ok ? [] : refused.refusal.faults[0]).toMatchObject({
    file: "maren-quillfeather.yaml",
    at,
  });
});

test("one address for two people is refused", () => {
  const coach = merged(files.coaches["maren-quillfeather.yaml"], {
    email: "juno@members.example.net",
  });
  const refused = readOn("2026-11-22", { coaches: { coach } });
  expect(refused.ok ? [] : refused.refusal.faults).toEqual([
    { file: "members", at: [], message: "juno@members.example.net stands twice" },
  ]);
});

/** Objects are merged, lists and values replaced. */
function merged(base: unknown, change: unknown): unknown {
  if (!isPlain(base) || !isPlain(change)) return change;
  return Object.fromEntries(
    Object.keys({ ...base, ...change }).map((key) => [
      key,
      key in change ? merged(base[key], change[key]) : base[key],
    ]),
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
