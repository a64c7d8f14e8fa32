/**
 * What goes over the wire for a circle's room, as schemas that the server's contract takes over and every device
 * reads by: exact sizes, and one spelling for each value. What it means is checked elsewhere.
 */
import * as v from "valibot";
import { base64urlLength } from "#platform/bytes.ts";
import { bytesField, idField } from "#platform/wire.ts";
import { PASS_BYTES } from "#pass/token.ts";
import { SEAL_BYTES } from "./hpke.ts";

export const EPOCH_KEY_BYTES = 32;
export const MOST_MEMBERS = 8;
/** One fewer than the smallest circle by rule: the exception that formation allows. */
export const FEWEST_AT_FORMATION = 5;
const MOST_ENTRIES = 10_000;

export const circleField = idField;
/** An Ed25519 public key: who somebody is in the room. */
export const pseudonymField = bytesField(32);
export const messageIdField = bytesField(16);
/** What shows whose a message is, see mark.ts. */
export const veilField = bytesField(32);
/** By a device's own clock, which may say anything that fits: minutes since the epoch (1970), a uint32. */
export const claimedMinuteField = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.maxValue(0xffff_ffff),
);
export const epochField = counted(MOST_ENTRIES);
const hashField = bytesField(32);
const signatureField = bytesField(64);
const dayField = v.pipe(v.string(), v.isoDate("day"));

/** How long a log was, and the hash of its last entry. */
const headSchema = v.strictObject({
  length: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000)),
  hash: hashField,
});
export type WireHead = v.InferOutput<typeof headSchema>;

/** What somebody brings to sit down: a badge, whose nonce is the pseudonym, and an HPKE key bound to it. */
export const seatSchema = v.strictObject({
  badge: bytesField(PASS_BYTES),
  hpkeKey: bytesField(32),
  binding: signatureField,
});
export type WireSeat = v.InferOutput<typeof seatSchema>;

const sequence = counted(MOST_ENTRIES);
/** By a member; of `joined` by the new one. */
const signed = { sequence, signer: pseudonymField, signature: signatureField };

export const memberLogEntrySchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("formed"),
    sequence,
    day: dayField,
    /** Of a circle that two small ones became: how often the older one had met. */
    metBefore: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_ENTRIES))),
    seats: v.pipe(v.array(seatSchema), v.minLength(FEWEST_AT_FORMATION), v.maxLength(MOST_MEMBERS)),
  }),
  v.strictObject({
    kind: v.literal("epoch"),
    ...signed,
    number: epochField,
    day: dayField,
    reason: v.picklist(["membership", "week", "repair"]),
    /** All members, in order. */
    members: v.pipe(v.array(pseudonymField), v.minLength(1), v.maxLength(MOST_MEMBERS)),
    commitment: hashField,
    wrapsHash: hashField,
  }),
  v.strictObject({ kind: v.literal("joined"), ...signed, day: dayField, seat: seatSchema }),
  v.strictObject({ kind: v.literal("left"), ...signed }),
  v.strictObject({
    kind: v.literal("removed"),
    sequence,
    member: pseudonymField,
    /** Whose signing key made the signature. */
    stewardEpoch: epochField,
    signature: signatureField,
  }),
  v.strictObject({ kind: v.literal("lapsed"), ...signed, member: pseudonymField }),
  v.strictObject({ kind: v.literal("renewed"), ...signed, badge: bytesField(PASS_BYTES) }),
  v.strictObject({
    kind: v.literal("named"),
    ...signed,
    /** Null goes back to the generated name. */
    name: v.nullable(
      v.pipe(
        v.string(),
        v.minLength(2),
        v.maxLength(24),
        v.check((name) => name.isWellFormed(), "text"),
      ),
    ),
  }),
  v.strictObject({ kind: v.literal("met"), ...signed, number: counted(MOST_ENTRIES) }),
  /** Offers to lead the circle's hour, having read how that is done, or takes that back. */
  v.strictObject({ kind: v.literal("leads"), ...signed, on: v.boolean() }),
]);
export type MemberLogEntry = v.InferOutput<typeof memberLogEntrySchema>;

/** An epoch's key for each of its members, in their order; goes with the epoch's entry. */
export const epochWrapsSchema = v.pipe(
  v.array(bytesField(SEAL_BYTES + EPOCH_KEY_BYTES)),
  v.minLength(1),
  v.maxLength(MOST_MEMBERS),
);

/** Plain sizes of a message, so that a sealed one tells only which of four it fills. */
export const MESSAGE_SIZES = [384, 1024, 4096, 12_288] as const;
const AEAD_TAG_BYTES = 16;

export const sealedMessageSchema = v.strictObject({
  id: messageIdField,
  epoch: epochField,
  /** The member log and the key log as the sender's device had them. */
  log: headSchema,
  keyLog: headSchema,
  /** Whose it is, for those alone who know its veil. */
  mark: hashField,
  commitment: hashField,
  sealed: paddedField(MESSAGE_SIZES, AEAD_TAG_BYTES),
});
export type SealedMessage = v.InferOutput<typeof sealedMessageSchema>;

/** What the server adds to a message when it takes it in. */
export const stampSchema = v.strictObject({
  month: v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/, "month")),
  mac: bytesField(32),
});
export type Stamp = v.InferOutput<typeof stampSchema>;

/** What a steward's browser asks the keeper of the stamp keys about, without the text. */
export const stampClaimSchema = v.strictObject({
  circle: circleField,
  epoch: epochField,
  id: messageIdField,
  mark: hashField,
  ...stampSchema.entries,
  commitment: hashField,
});
export type StampClaim = v.InferOutput<typeof stampClaimSchema>;

/** Plain sizes of a report: as base64url they fit requests of 16, 64 and 256 KiB. */
export const REPORT_SIZES = [11_264, 46_080, 184_320] as const;

export const sealedReportSchema = v.strictObject({
  circle: circleField,
  stewardEpoch: epochField,
  sealed: paddedField(REPORT_SIZES, SEAL_BYTES),
});
export type SealedReport = v.InferOutput<typeof sealedReportSchema>;

function counted(most: number) {
  return v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
}

/** base64url of one of a few sizes and what the seal adds. */
function paddedField(sizes: readonly number[], added: number) {
  const lengths = sizes.map((size) => size + added);
  return v.pipe(
    v.string(),
    v.maxLength(Math.ceil((Math.max(...lengths) * 4) / 3)),
    v.check((text) => lengths.includes(base64urlLength(text) ?? 0), "bytes"),
  );
}
