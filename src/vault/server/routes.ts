/** Serves a member's own safe, and nobody else's: the safe's id is the caller's account. */
import { base64urlToBytes } from "#platform/bytes.ts";
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import type { Kysely } from "kysely";
import { readRecords, RECORD_PAGE, writeRecord } from "../contract.ts";
import { presentRecord } from "./present.ts";
import { keepRecord, recordAt, recordsAfter } from "./store.ts";
import type { VaultTables } from "./tables.ts";

export function vaultRoutes(mounting: Mounting, db: Kysely<VaultTables>): void {
  mount(mounting, readRecords, async (request) => {
    const found = await recordsAfter(
      db,
      callerOf(request).account,
      request.query.after,
      RECORD_PAGE,
    );
    return ok({
      records: found.map(presentRecord),
      sequence: found.at(-1)?.sequence ?? request.query.after,
      more: found.length === RECORD_PAGE,
    });
  });

  mount(mounting, writeRecord, async (request) => {
    const safe = callerOf(request).account;
    const collection = base64urlToBytes(request.params.collection)!;
    const id = base64urlToBytes(request.params.id)!;
    const { version } = request.body;
    const sealed = request.body.sealed === null ? null : base64urlToBytes(request.body.sealed)!;
    const sequence = await keepRecord(db, { safe, collection, id, version, sealed });
    if (sequence !== null) return ok({ sequence });
    const kept = await recordAt(db, safe, collection, id);
    if (kept?.version === version && sameBytes(kept.sealed, sealed))
      return ok({ sequence: kept.sequence });
    return (kept?.version ?? 0) === version - 1
      ? refuse({ type: "SafeFull" })
      : refuse({ type: "VersionConflict", detail: { kept: kept?.version ?? 0 } });
  });
}

// An acknowledgement that got lost: the device sends the same record again.
function sameBytes(kept: Buffer | null, sent: Uint8Array | null): boolean {
  if (kept === null || sent === null) return kept === sent;
  return kept.equals(sent);
}
