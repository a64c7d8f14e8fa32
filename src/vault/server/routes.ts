/** Serves a member's own safe, and nobody else's: the safe's id is the caller's account. */
import { base64urlToBytes } from "#platform/bytes.ts";
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import type { Kysely } from "kysely";
import { readRecords, writeRecord } from "../contract.ts";
import { presentRecord } from "./present.ts";
import { makeKeep } from "./keeping.ts";
import { recordAt, recordsAfter, sequenceOf } from "./store.ts";
import type { VaultTables } from "./tables.ts";

export function vaultRoutes(mounting: Mounting, db: Kysely<VaultTables>): void {
  const keep = makeKeep(db);

  mount(mounting, readRecords, async (request) => {
    const safe = callerOf(request).account;
    const { after } = request.query;
    const { records, more } = await recordsAfter(db, safe, after);
    return ok({
      records: records.map(presentRecord),
      sequence: records.at(-1)?.sequence ?? Math.min(after, await sequenceOf(db, safe)),
      more,
    });
  });

  mount(mounting, writeRecord, async (request) => {
    const safe = callerOf(request).account;
    const collection = base64urlToBytes(request.params.collection)!;
    const id = base64urlToBytes(request.params.id)!;
    const { version } = request.body;
    const sealed = base64urlToBytes(request.body.sealed)!;
    const sequence = await keep({ safe, collection, id, version, sealed });
    if (sequence !== null) return ok({ sequence });
    const kept = await recordAt(db, safe, collection, id);
    if (kept === null || kept.version < version) return refuse({ type: "SafeFull" });
    // An acknowledgement that got lost: the device sends the same record again.
    if (kept.version === version && kept.sealed.equals(sealed))
      return ok({ sequence: kept.sequence });
    return refuse({
      type: "VersionConflict",
      detail: { kept: kept.version, sequence: kept.sequence },
    });
  });
}
