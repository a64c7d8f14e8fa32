import { expect, test } from "vitest";
import type { Profile } from "./contract.ts";
import type { CredentialOnFile } from "./credential.ts";
import { deskNotes, isNeeded, type Desk } from "./desk-note.ts";

const TODAY = "2031-03-09";
const PROFILE: Profile = {
  story: "An invented story.",
  paths: ["career"],
  stages: ["leader"],
  languages: ["en"],
  specialty: null,
  livedExperiences: [],
  styles: [],
  price: { currency: "USD", minorUnitsPerSession: 0, freeChemistryCall: true },
  modalities: ["video"],
  employers: [],
};
const credential = (
  expires: string | null,
  state: CredentialOnFile["state"],
): CredentialOnFile => ({
  granted: { body: "CCE", level: "BCC" },
  expires,
  state,
  number: "1",
});
const DESK: Desk = {
  kind: "physician",
  profile: PROFILE,
  credentials: [],
  hours: { weekly: [{ day: 1, start: 540, end: 600 }] },
  calendars: [{ problem: null }],
};

test("a desk in order has nothing to say", () => {
  expect(deskNotes(DESK, TODAY)).toEqual([]);
});

test("a new desk names what is needed first", () => {
  const notes = deskNotes({ ...DESK, profile: null, hours: { weekly: [] }, calendars: [] }, TODAY);
  expect(notes).toEqual(["profile-needed", "hours-needed", "calendar-wise"]);
  expect(notes.filter(isNeeded)).toEqual(["profile-needed", "hours-needed"]);
});

test("a coach who is not a doctor needs a credential that still holds", () => {
  const other: Desk = { ...DESK, kind: "other-certified-coach" };
  expect(deskNotes(other, TODAY)).toEqual(["credential-needed"]);
  const expired = [credential("2031-02", "verified")];
  expect(deskNotes({ ...other, credentials: expired }, TODAY)).toEqual([
    "credential-needed",
    "credential-expired",
  ]);
  const held = [...expired, credential("2035-01", "verified")];
  expect(deskNotes({ ...other, credentials: held }, TODAY)).toEqual(["credential-expired"]);
});

test("what runs out or waits for a steward is told", () => {
  const credentials = [credential("2031-05", "verified"), credential(null, "self-declared")];
  expect(deskNotes({ ...DESK, credentials }, TODAY)).toEqual([
    "credential-expires-soon",
    "credential-unchecked",
  ]);
});

test("a calendar that can no longer be read is told", () => {
  const calendars = [{ problem: null }, { problem: { type: "TooSlow", line: null } }];
  expect(deskNotes({ ...DESK, calendars }, TODAY)).toEqual(["calendar-broken"]);
});
