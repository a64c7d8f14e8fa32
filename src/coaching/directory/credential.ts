/**
 * A coaching credential as members see it: who granted it, which level, until when, and whether a steward
 * has checked it. The number stays with the community and is never published.
 */
import * as v from "valibot";
import { textField } from "#platform/wire.ts";

/** Granting bodies: International Coaching Federation, National Board for Health & Wellness Coaching, Center for Credentialing & Education. */
const granted = v.variant("body", [
  v.strictObject({ body: v.literal("ICF"), level: v.picklist(["ACC", "PCC", "MCC"]) }),
  v.strictObject({ body: v.literal("NBHWC"), level: v.literal("NBC-HWC") }),
  v.strictObject({ body: v.literal("CCE"), level: v.literal("BCC") }),
  v.strictObject({
    body: v.literal("other"),
    level: textField(80, 2),
  }),
]);

/** The last month in which it holds, `2027-04`; null where the body sets no end. */
const expires = v.nullable(v.pipe(v.string(), v.regex(/^20\d\d-(0[1-9]|1[0-2])$/)));

export const credentialSchema = v.strictObject({
  granted,
  expires,
  state: v.picklist(["self-declared", "verified"]),
});
export type Credential = v.InferOutput<typeof credentialSchema>;

/** What the coach enters and a steward checks. */
export const credentialOnFileSchema = v.strictObject({
  ...credentialSchema.entries,
  number: textField(40),
});
export type CredentialOnFile = v.InferOutput<typeof credentialOnFileSchema>;

/**
 * Lists the published fields by hand: a field added to the file does not slip into the directory. What has
 * expired is not shown as checked. `today` as in `standingOf`.
 */
export function publishedCredential(onFile: CredentialOnFile, today: string): Credential {
  const { granted, expires } = onFile;
  const state = standingOf(onFile, today) === "expired" ? "self-declared" : onFile.state;
  return { granted, expires, state };
}

export type Standing = "current" | "expires-soon" | "expired";

const SOON_MONTHS = 3;

/** A credential holds through the last day of its month. `today` is the community's date, `2026-11-22`. */
export function standingOf(credential: Credential, today: string): Standing {
  if (credential.expires === null) return "current";
  const left = monthsSinceYearZero(credential.expires) - monthsSinceYearZero(today);
  if (left < 0) return "expired";
  return left < SOON_MONTHS ? "expires-soon" : "current";
}

/** Days before the last day of its month on which its owner is written to. */
const REMINDER_DAYS = [0, 7, 30, 60] as const;

/**
 * Which reminder is due: the nearest one passed, unless it or a nearer one went out. Null where none is, and
 * after the end. `reminded` is what went out last.
 */
export function reminderDue(
  expires: string,
  today: string,
  reminded: number | null,
): (typeof REMINDER_DAYS)[number] | null {
  const left = daysBetween(today, lastDayOf(expires));
  if (left < 0) return null;
  const due = REMINDER_DAYS.find((days) => left <= days);
  return due !== undefined && (reminded === null || due < reminded) ? due : null;
}

/** 2027-04 to 2027-04-30. */
export function lastDayOf(month: string): string {
  const next = Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 1);
  return new Date(next - DAY_MS).toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

function monthsSinceYearZero(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}
