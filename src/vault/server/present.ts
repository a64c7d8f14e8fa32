/** The only way sealed records leave the server. */
import type { StoredRecord } from "./store.ts";

export const presentRecord = (record: StoredRecord) => ({
  collection: record.collection.toString("base64url"),
  id: record.id.toString("base64url"),
  version: record.version,
  sequence: record.sequence,
  sealed: record.sealed.toString("base64url"),
});

export const presentWrap = (wrap: { slot: string; sealed: Buffer }) => ({
  slot: wrap.slot,
  sealed: wrap.sealed.toString("base64url"),
});
