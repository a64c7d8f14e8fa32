/**
 * The server's stamps on messages: with one, a report proves that these words were said here in that month, and nobody
 * can make one up afterwards. A key a month, sealed at rest, destroyed when no report can come any more (rule 15).
 */
import { randomBytes } from "node:crypto";
import type { Bytes } from "#platform/bytes.ts";
import type { Redacted } from "#platform/redacted.ts";
import { openBytes, sealBytes } from "#platform/server/tickets.ts";
import type { CirclesDb } from "./deps.ts";

/** Ninety days past an edit or deletion, and the month it falls in. */
const MONTHS_KEPT = 5;

export interface Stamps {
  /** The key of the month (2027-03); null where it was destroyed or there never was one. */
  readonly keyOf: (month: string) => Promise<Bytes | null>;
  /** The same, made if need be. */
  readonly keyFor: (month: string) => Promise<Bytes>;
}

export function makeStamps(db: CirclesDb, sealKey: Redacted<Uint8Array>): Stamps {
  const known = new Map<string, Bytes>();
  const keyOf = async (month: string) => {
    const kept = known.get(month);
    if (kept) return kept;
    const row = await db
      .selectFrom("circles.stamp_key")
      .select("key_sealed")
      .where("month", "=", month)
      .executeTakeFirst();
    const opened = row && openBytes(sealKey, `stamp key|${month}`, row.key_sealed);
    if (!opened) return null;
    const key = new Uint8Array(opened);
    known.set(month, key);
    return key;
  };
  return {
    keyOf,
    keyFor: async (month) => {
      const key = await keyOf(month);
      if (key) return key;
      await db
        .insertInto("circles.stamp_key")
        .values({ month, key_sealed: sealBytes(sealKey, `stamp key|${month}`, randomBytes(32)) })
        .onConflict((conflict) => conflict.column("month").doNothing())
        .execute();
      const made = await keyOf(month);
      if (!made)
        throw new Error("A stamp key was sealed with another key than this installation's");
      return made;
    },
  };
}

/** Once a day. */
export async function dropStampKeys(db: CirclesDb, today: string): Promise<void> {
  await db.deleteFrom("circles.stamp_key").where("month", "<", oldestMonth(today)).execute();
}

/** What is older can't be proved any more. */
export const oldestMonth = (today: string): string =>
  Temporal.PlainDate.from(today).subtract({ months: MONTHS_KEPT }).toString().slice(0, 7);
