/**
 * The nameless side's own copy of the key log. It takes what follows on what it has and nothing else, so that
 * nobody who later gets hold of the named side can give it another past.
 */
import { Kysely, PostgresDialect } from "kysely";
import type { NamelessCluster } from "#platform/server/db.ts";
import { isCrowd } from "../crowd.ts";
import { extendsHead, headOf, readKeyLog, type KeyLogEntry } from "../key-log.ts";
import type { Day } from "../period.ts";
import type { Purpose } from "../purpose.ts";
import {
  destroySpent,
  endedKeys,
  forgetChallenges,
  loggedEntries,
  logKey,
  setHolders,
  takeLogTurn,
  type NamelessPassDb,
} from "./nameless-store.ts";
import type { NamelessPassTables } from "./nameless-tables.ts";

interface Crowd {
  readonly purpose: Purpose;
  readonly name: string;
  readonly holders: number;
}

export interface NamelessKeys {
  /**
   * The whole log as the named side has it; what is there already must be in it word for word. A log that
   * another node has carried further meanwhile changes nothing. Throws for any other.
   */
  readonly append: (entries: readonly KeyLogEntry[]) => Promise<void>;
  /** Once a day. Keys that aren't named keep their numbers. */
  readonly setCrowds: (crowds: readonly Crowd[]) => Promise<void>;
  /** Once a day: destroys what was spent under keys whose last day has passed, and voids all challenges. */
  readonly forget: (today: Day) => Promise<void>;
}

/** With the owner's rights, which no request has. */
export function makeNamelessKeys(cluster: NamelessCluster): NamelessKeys {
  const db: NamelessPassDb = new Kysely<NamelessPassTables>({
    dialect: new PostgresDialect({ pool: cluster.owner }),
  });
  return {
    append: (entries) =>
      db.transaction().execute(async (within) => {
        await takeLogTurn(within);
        const known = read(await loggedEntries(within));
        const given = read(entries);
        const [shorter, longer] =
          given.keys.length < known.keys.length ? [given, known] : [known, given];
        const extended = extendsHead(longer, headOf(shorter));
        if (!extended.ok) throw new Error(`The key log was given anew: ${extended.refusal.type}`);
        for (const [at, entry] of entries.entries())
          if (at >= known.keys.length) await logKey(within, at, entry);
      }),
    setCrowds: (crowds) =>
      db.transaction().execute(async (within) => {
        await takeLogTurn(within);
        for (const { holders, ...key } of crowds)
          await setHolders(within, key, holders, isCrowd(holders));
      }),
    forget: async (today) => {
      await db.transaction().execute(async (within) => {
        await takeLogTurn(within);
        for (const position of await endedKeys(within, today)) await destroySpent(within, position);
      });
      await forgetChallenges(db);
    },
  };
}

function read(entries: readonly KeyLogEntry[]) {
  const log = readKeyLog(entries);
  if (!log.ok) throw new Error(`The key log can't be read: ${log.refusal.type}`);
  return log.value;
}
