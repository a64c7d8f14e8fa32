/**
 * The HTTP surface of the stewards' key: the public log, and what stewards' browsers add to it. The server
 * holds public halves and sealed wraps; it can neither open a document nor admit anybody.
 */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { bytesField, empty, idField } from "#platform/wire.ts";
import { stewardLogEntrySchema } from "./log-entry.ts";
import { EPOCH_WRAP_BYTES } from "./steward-wrap.ts";

export const readStewardKeys = route({
  name: "readStewardKeys",
  about:
    "The stewards, whether each is in the log, and the caller's own wraps of the epochs' keys.",
  method: "GET",
  path: "/api/named/stewardship/keys",
  zone: "named",
  who: "steward",
  answer: v.strictObject({
    stewards: v.array(
      v.strictObject({
        account: idField,
        name: v.string(),
        hpkeKey: v.string(),
        signingKey: v.string(),
        /** Null until that steward has opened the page once. */
        binding: v.nullable(v.string()),
        inLog: v.boolean(),
      }),
    ),
    /** A steward of the log has left: make a new epoch. */
    renewalDue: v.boolean(),
    /** Nobody of the log is a steward any more: found anew. */
    foundingDue: v.boolean(),
    wraps: v.array(v.strictObject({ epoch: v.number(), sealed: v.string() })),
  }),
  refusals: {},
  perMinute: 60,
});

export const offerStewardKeys = route({
  name: "offerStewardKeys",
  about: "Asks to be admitted: the caller's signing key signs their HPKE key.",
  method: "PUT",
  path: "/api/named/stewardship/keys/binding",
  zone: "named",
  who: "steward",
  body: v.strictObject({ binding: bytesField(64) }),
  answer: empty,
  refusals: { BindingWrong: 422 },
  perMinute: 12,
});

export const extendStewardLog = route({
  name: "extendStewardLog",
  about:
    "Adds one signed entry, with the epoch's key wrapped to each steward whom the entry names. Checked as every device checks it.",
  method: "POST",
  path: "/api/named/stewardship/keys/log",
  zone: "named",
  who: "steward",
  body: v.strictObject({
    entry: stewardLogEntrySchema,
    wraps: v.pipe(
      v.array(v.strictObject({ account: idField, sealed: bytesField(EPOCH_WRAP_BYTES) })),
      v.maxLength(50),
    ),
  }),
  answer: empty,
  refusals: { LogMoved: 409, EntryRefused: 422 },
  perMinute: 12,
  bodyLimit: 64 * 1024,
});
