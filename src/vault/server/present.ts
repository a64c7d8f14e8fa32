/** The only way sealed records leave the server. */
import { bytesToBase64url } from "#platform/bytes.ts";
import type { StoredRecord } from "./store.ts";

export const presentRecord = (record: StoredRecord) => ({
  collection: bytesToBase64url(record.collection),
  id: bytesToBase64url(record.id),
  version: record.version,
  sequence: record.sequence,
  sealed: record.sealed === null ? null : bytesToBase64url(record.sealed),
});

export const presentWrap = (wrap: { slot: string; sealed: Buffer }) => ({
  slot: wrap.slot,
  sealed: bytesToBase64url(wrap.sealed),
});
