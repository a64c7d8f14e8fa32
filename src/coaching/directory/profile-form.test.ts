import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { PATHS } from "./coach.ts";
import { writeProfile, type Profile } from "./contract.ts";
import type { CredentialOnFile } from "./credential.ts";
import {
  emptyCredentialForm,
  emptyProfileForm,
  formToProfile,
  isVerified,
  LANGUAGES_MOST,
  LIVED_EXPERIENCES_MOST,
  profileToForm,
  STORY_MOST,
  STYLES_MOST,
  type ProfileForm,
} from "./profile-form.ts";

const PROFILE: Profile = {
  story: "In my third year I stopped answering letters.\n\nThis is an invented story.",
  paths: ["burnout", "career"],
  stages: ["resident", "attending"],
  languages: ["en", "pt-BR"],
  specialty: "hospital-medicine",
  livedExperiences: ["litigation"],
  styles: ["direct"],
  price: { currency: "EUR", minorUnitsPerSession: 12_050, freeChemistryCall: true },
  modalities: ["video"],
  employers: ["Lakeside Invented Hospital", "The Other Clinic"],
};

const ICF: CredentialOnFile = {
  granted: { body: "ICF", level: "PCC" },
  expires: "2033-04",
  state: "verified",
  number: "A-1",
};
const OTHER: CredentialOnFile = {
  granted: { body: "other", level: "A school of coaching" },
  expires: null,
  state: "self-declared",
  number: "77",
};

const FORM = profileToForm(PROFILE, [ICF, OTHER]);
const faultsOf = (form: ProfileForm) => {
  const answer = formToProfile(form);
  return answer.ok ? [] : answer.refusal;
};

test("a profile and its credentials come back from the form as they went in", () => {
  expect(formToProfile(FORM)).toEqual({
    ok: true,
    value: {
      profile: PROFILE,
      credentials: [ICF, OTHER].map(({ granted, expires, number }) => ({
        granted,
        expires,
        number,
      })),
    },
  });
});

test("an empty form says of each needed field that it is empty, and nothing of the others", () => {
  expect(faultsOf(emptyProfileForm)).toEqual(
    ["story", "paths", "stages", "languages", "price", "modalities"].map((field) => ({
      field,
      kind: "empty",
      line: null,
    })),
  );
});

test("a story of nothing but blanks is empty", () => {
  expect(faultsOf({ ...FORM, story: " \n\n " })).toEqual([
    { field: "story", kind: "empty", line: null },
  ]);
});

test("the limits that the form shows are those of the contract", () => {
  const tags = (count: number) =>
    PATHS.flatMap((path) => Array.from("abcdefgh", (letter) => `${path}-${letter}`)).slice(
      0,
      count,
    );
  const languages = (count: number) => tags(count).map((_, nth) => `a${"abcdefghijklmnop"[nth]}`);
  const full: ProfileForm = {
    ...FORM,
    story: "x".repeat(STORY_MOST),
    livedExperiences: tags(LIVED_EXPERIENCES_MOST),
    styles: tags(STYLES_MOST),
    languages: languages(LANGUAGES_MOST),
  };
  expect(faultsOf(full)).toEqual([]);
  expect(
    faultsOf({
      ...full,
      story: "x".repeat(STORY_MOST + 1),
      livedExperiences: tags(LIVED_EXPERIENCES_MOST + 1),
      styles: tags(STYLES_MOST + 1),
      languages: languages(LANGUAGES_MOST + 1),
    }).map(({ field, kind }) => [field, kind]),
  ).toEqual([
    ["story", "long"],
    ["languages", "long"],
    ["livedExperiences", "long"],
    ["styles", "long"],
  ]);
});

test("a story far too long is told once", () => {
  expect(faultsOf({ ...FORM, story: "x".repeat(50_000) })).toEqual([
    { field: "story", kind: "long", line: null },
  ]);
});

test("letters that turn the reading direction round are told, right-to-left text is not", () => {
  expect(faultsOf({ ...FORM, story: "one \u202e eno" })).toEqual([
    { field: "story", kind: "text", line: null },
  ]);
  expect(faultsOf({ ...FORM, story: "قصة متخيلة 🙂" })).toEqual([]);
});

test("a price that can't be read, or one that is a slip of the keyboard, is told", () => {
  expect(faultsOf({ ...FORM, amount: "a lot" })).toEqual([
    { field: "price", kind: "form", line: null },
  ]);
  expect(faultsOf({ ...FORM, amount: "100000" })).toEqual([
    { field: "price", kind: "long", line: null },
  ]);
  expect(faultsOf({ ...FORM, amount: "0" })).toEqual([]);
});

test("an employer's line is counted among those that say something", () => {
  const typed = `First\n\n  Second  \n${"x".repeat(121)}\n`;
  expect(faultsOf({ ...FORM, employers: typed })).toEqual([
    { field: "employers", kind: "long", line: 3 },
  ]);
  expect(faultsOf({ ...FORM, employers: "x\n".repeat(13) })).toEqual([
    { field: "employers", kind: "long", line: null },
  ]);
});

test("a credential is told part by part", () => {
  const credentials = [
    { ...emptyCredentialForm, number: "1", hasNoEnd: true },
    { ...emptyCredentialForm, endYear: "2031" },
    {
      ...emptyCredentialForm,
      body: "other" as const,
      level: "",
      number: "x".repeat(41),
      hasNoEnd: true,
    },
  ];
  expect(faultsOf({ ...FORM, credentials })).toEqual([
    { field: "credentials", nth: 1, part: "expires", kind: "empty" },
    { field: "credentials", nth: 1, part: "number", kind: "empty" },
    { field: "credentials", nth: 2, part: "level", kind: "empty" },
    { field: "credentials", nth: 2, part: "number", kind: "long" },
  ]);
});

test("a ninth credential is one too many", () => {
  const credentials = Array.from({ length: 9 }, (_, nth) => ({
    ...emptyCredentialForm,
    number: String(nth),
    hasNoEnd: true,
  }));
  expect(faultsOf({ ...FORM, credentials })).toEqual([
    { field: "credentials", nth: 8, part: "level", kind: "long" },
  ]);
});

test("a credential counts as checked until something on it changes", () => {
  const [icf, other] = FORM.credentials;
  expect(isVerified(icf!, [OTHER, ICF])).toBe(true);
  expect(isVerified({ ...icf!, number: " A-1 " }, [ICF])).toBe(true);
  expect(isVerified({ ...icf!, level: "MCC" }, [ICF])).toBe(false);
  expect(isVerified({ ...icf!, hasNoEnd: true }, [ICF])).toBe(false);
  expect(isVerified({ ...icf!, endYear: "2034" }, [ICF])).toBe(false);
  expect(isVerified(other!, [OTHER])).toBe(false);
});

test("whatever stands in the form, what is sent fits the contract and every fault has a place", () => {
  // Letters that are refused among letters that are not: half of a pair, a turn of direction, nothing at all.
  const unit = fc.constantFrom(
    "a",
    " ",
    "\n",
    "é",
    "🙂",
    "م",
    "\u0000",
    "\u202e",
    "\ufeff",
    "\ud83d",
  );
  const text = fc.oneof(fc.string({ unit, maxLength: 60 }), fc.string({ maxLength: 300 }));
  const some = (options: readonly string[]) =>
    fc.array(fc.oneof(fc.constantFrom(...options), text), { maxLength: 4 });
  const credential = fc.record({
    body: fc.constantFrom("ICF", "NBHWC", "CCE", "other" as const),
    level: fc.oneof(fc.constantFrom("ACC", "BCC", "NBC-HWC"), text),
    number: text,
    hasNoEnd: fc.boolean(),
    endMonth: fc.constantFrom("", "04", "13"),
    endYear: fc.constantFrom("", "2031", "1931"),
  });
  const form = fc.record({
    story: text,
    paths: some(PATHS),
    stages: some(["resident"]),
    languages: some(["en", "de"]),
    specialty: fc.oneof(fc.constant(""), text),
    livedExperiences: some(["loss"]),
    styles: some(["direct"]),
    currency: fc.constantFrom("USD", "JPY"),
    amount: fc.oneof(fc.constantFrom("250", ""), text),
    freeChemistryCall: fc.boolean(),
    modalities: some(["video"]),
    employers: text,
    credentials: fc.array(credential, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(form, (typed) => {
      const answer = formToProfile(typed);
      if (answer.ok) {
        expect(v.is(writeProfile.body!, answer.value)).toBe(true);
        return;
      }
      expect(answer.refusal.length).toBeGreaterThan(0);
      for (const fault of answer.refusal) {
        if (fault.field === "credentials") expect(typed.credentials[fault.nth]).toBeDefined();
        else expect(Object.keys(PROFILE)).toContain(fault.field);
      }
    }),
  );
});
