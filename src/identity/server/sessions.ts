/**
 * Sessions: a random token in a cookie, its hash in the database with nothing but a month of expiry. Known
 * sessions stay in memory for half a minute; ending one is told to all nodes at once. A network that shows many
 * tokens of nobody's is made to wait, and the database is not asked; its known sessions go on as before.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "#platform/clock.ts";
import type { NamedCluster } from "#platform/server/db.ts";
import type { Caller, Mounting } from "#platform/server/http.ts";
import { makeLimits } from "#platform/server/limits.ts";
import {
  dropSessions,
  keepSession,
  prolongSession,
  sessionWithRoles,
  type IdentityDb,
  type IdentityWithin,
} from "./store.ts";

export interface Sessions {
  readonly identify: Mounting["identify"];
  readonly begin: (within: IdentityWithin, account: string, label: string) => Promise<string>;
  readonly end: (
    within: IdentityWithin,
    account: string,
    which?: { only?: string; allBut?: string },
  ) => Promise<void>;
  /** After a change of roles. */
  readonly forgetKnown: () => void;
}

const KNOWN_FOR_MS = 30_000;
const MOST_KNOWN = 20_000;
const MONTHS = 4;
/** A minute, for each network: whole hospitals come from one, and a tab that was signed out asks a few times. */
const TOKENS_OF_NOBODY = 60;

export async function makeSessions(
  db: IdentityDb,
  cluster: NamedCluster,
  clock: Clock,
): Promise<Sessions> {
  // Beyond `until` an entry must be looked up again, but still tells who was here before.
  const known = new Map<string, { caller: Caller; until: number }>();
  const failures = makeLimits(clock);
  const remember = (token: string, caller: Caller, until: number) => {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(token, { caller, until });
  };
  // Counts endings, so that a session which ends while it is being read isn't remembered after its end.
  let endings = 0;
  const forget = (session: string) => {
    endings += 1;
    for (const [token, entry] of known) if (entry.caller.session === session) known.delete(token);
  };
  await cluster.listen("session_ended", forget);

  return {
    identify: async (token, network) => {
      const now = clock.now();
      const entry = known.get(token);
      if (entry && entry.until > now) return entry.caller;
      const seconds = entry ? 0 : failures.look(network, TOKENS_OF_NOBODY);
      if (seconds > 0) return { seconds };
      const endingsBefore = endings;
      const row = await sessionWithRoles(db, hashToken(token));
      if (!row || row.expires_month < monthFrom(now, 0)) {
        known.delete(token);
        failures.take(network, TOKENS_OF_NOBODY);
        return null;
      }
      if (row.expires_month <= monthFrom(now, 1))
        await prolongSession(db, hashToken(token), monthFrom(now, MONTHS));
      const caller = { account: row.account, session: row.id, roles: row.roles };
      if (endings === endingsBefore) remember(token, caller, now + KNOWN_FOR_MS);
      return caller;
    },
    begin: async (within, account, label) => {
      const token = randomBytes(32).toString("base64url");
      const session = randomUUID();
      await keepSession(within, {
        tokenHash: hashToken(token),
        id: session,
        account,
        label,
        expiresMonth: monthFrom(clock.now(), MONTHS),
      });
      // Not yet committed, so it must be looked up; but not as a stranger's.
      remember(token, { account, session, roles: [] }, 0);
      return token;
    },
    end: async (within, account, which) => {
      await dropSessions(within, account, which);
      for (const [token, entry] of known) if (entry.caller.account === account) known.delete(token);
    },
    forgetKnown: () => known.clear(),
  };
}

const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();

/** The first day of the month so many months on, as YYYY-MM-01: no finer date is kept. */
export function monthFrom(now: number, months: number): string {
  const day = new Date(now);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1))
    .toISOString()
    .slice(0, 10);
}
