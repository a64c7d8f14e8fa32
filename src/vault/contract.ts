/** The safe's HTTP surface: sealed records in and out, by the safe's own sequence. The server sees no names. */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { bytesField, sealedField } from "#platform/wire.ts";

const version = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31 - 1));
const sequence = v.pipe(v.number(), v.integer(), v.minValue(0));
const digits = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));
const address = v.strictObject({ collection: bytesField(16), id: bytesField(16) });

export const RECORD_PAGE = 200;

const sealedRecord = v.strictObject({
  collection: v.string(),
  id: v.string(),
  version,
  sequence,
  /** A removal is sealed like any other change. */
  sealed: v.string(),
});

export const readRecords = route({
  name: "readRecords",
  about:
    "Sealed records changed after a sequence number, oldest first, a page at a time. A sequence below the one asked for says that the server went back, as after a restore.",
  method: "GET",
  path: "/api/named/vault/records",
  zone: "named",
  who: "member",
  query: v.strictObject({ after: digits }),
  answer: v.strictObject({ records: v.array(sealedRecord), sequence, more: v.boolean() }),
  refusals: {},
  perMinute: 120,
});

export const writeRecord = route({
  name: "writeRecord",
  about:
    "Keeps one sealed record. The version must be above the one kept; the same bytes again are acknowledged again.",
  method: "PUT",
  path: "/api/named/vault/records/:collection/:id",
  zone: "named",
  who: "member",
  params: address,
  body: v.strictObject({ version, sealed: sealedField(1_048_576) }),
  answer: v.strictObject({ sequence }),
  refusals: { VersionConflict: 409, SafeFull: 409 },
  perMinute: 600,
  bodyLimit: 1_500_000,
});
