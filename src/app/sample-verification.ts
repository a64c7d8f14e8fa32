/** Where a member of the sample stands with verification, read as strictly as what people type. */
import * as v from "valibot";
import { REFUSAL_REASONS } from "#identity/verification.ts";
import { claimField } from "#identity/verification-contract.ts";
import { textField } from "#platform/wire.ts";
import { inventedEmail } from "./sample-email.ts";

/** Only what RFC 2606 keeps from ever being anybody's. */
export const inventedDomain = v.pipe(v.string(), v.regex(/(^|\.)example\.(com|net|org)$/));

/** `waits` for a steward, is `verified`, or what it was refused for. */
const stands = v.picklist(["waits", "verified", ...REFUSAL_REASONS]);

// No document: nobody of the sample has papers.
export const sampleVerificationSchema = v.variant("way", [
  v.strictObject({ way: v.literal("npi"), claim: claimField, stands }),
  v.strictObject({
    way: v.literal("roster"),
    sponsor: textField(120),
    /** Null for a student. */
    claim: v.nullable(claimField),
    stands,
  }),
  v.strictObject({
    way: v.literal("vouching"),
    vouchers: v.pipe(v.array(inventedEmail), v.length(2)),
    claim: claimField,
    stands,
  }),
  v.strictObject({
    way: v.literal("institution-mail"),
    institution: inventedDomain,
    claim: claimField,
    stands,
  }),
]);

export type SampleVerification = v.InferOutput<typeof sampleVerificationSchema>;
