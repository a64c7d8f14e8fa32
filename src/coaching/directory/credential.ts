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

/** Lists the published fields by hand: a field added to the file does not slip into the directory. */
export function publishedCredential(onFile: CredentialOnFile): Credential {
  return { granted: onFile.granted, expires: onFile.expires, state: onFile.state };
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

function monthsSinceYearZero(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}
