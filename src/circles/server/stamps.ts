/**
 * The server's stamps on messages: with one, a report proves that these words were said here in that month, and nobody
 * can make one up afterwards. A key a month, sealed at rest, destroyed when no report can come any more (rule 15): once
 * every message of its month was taken back long enough ago.
 */
import { randomBytes } from "node:crypto";
import type { Bytes } from "#platform/bytes.ts";
import type { Redacted } from "#platform/redacted.ts";
import { openBytes, sealBytes } from "#platform/server/tickets.ts";
import type { CirclesDb } from "./deps.ts";

/** After the month in which a message was taken back: ninety days at least. */
const MONTHS_KEPT = 5;

export interface Stamps {
  /** The key of the month (2027-03); null where it was destroyed or there never was one. */
  readonly keyOf: (month: string) => Promise<Bytes | null>;
  /** The same, made if need be. */
  readonly keyFor: (month: string) => Promise<Bytes>;
}

export function makeStamps(db: CirclesDb, sealKey: Redacted<Uint8Array>): Stamps {
  // Read anew each time: what is destroyed must not live on in memory.
  const keyOf = async (month: string) => {
    const row = await db
      .selectFrom("circles.stamp_key")
      .select("key_sealed")
      .where("month", "=", month)
      .executeTakeFirst();
    const opened = row && openBytes(sealKey, `stamp key|${month}`, row.key_sealed);
    return opened ? new Uint8Array(opened) : null;
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

/** What was taken back before it can't be proved any more. */
export const oldestMonth = (today: string): string =>
  Temporal.PlainDate.from(today).subtract({ months: MONTHS_KEPT }).toString().slice(0, 7);
