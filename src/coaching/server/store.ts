/** SQL that the parts of coaching share: people as identity shows them, a coach's row, word to other nodes. */
import { sql } from "kysely";
import type { CoachingWithin } from "./deps.ts";

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly time_zone: string;
  readonly hpke_key: Buffer;
  readonly signing_key: Buffer;
  readonly email_sealed: Buffer;
}

/** Those of the accounts that exist, by id. */
export async function personsById(
  db: CoachingWithin,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PersonRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("identity.account")
    .select(["id", "name", "time_zone", "hpke_key", "signing_key", "email_sealed"])
    .where("id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Where the coach has none yet: the account's zone, and rules to begin with. */
export async function ensureCoachRow(
  db: CoachingWithin,
  account: string,
  rules: object,
): Promise<void> {
  await sql`
    insert into coaching.coach (account, time_zone, rules)
    select id, time_zone, ${JSON.stringify(rules)}::jsonb from identity.account where id = ${account}
    on conflict (account) do nothing`.execute(db);
}

/** Every node composes its index of coaches anew. */
export async function tellCoachesChanged(db: CoachingWithin): Promise<void> {
  await sql`select pg_notify('coaches_changed', '')`.execute(db);
}

/** Every node forgets what it knew of when these people are free. */
export async function tellTimesChanged(
  db: CoachingWithin,
  accounts: readonly string[],
): Promise<void> {
  for (const account of accounts)
    await sql`select pg_notify('times_changed', ${account})`.execute(db);
}

/** Every row of coaching that is about the account, on either side. */
export async function deleteEverythingOf(within: CoachingWithin, account: string): Promise<void> {
  for (const table of ["coaching.booking", "coaching.space", "coaching.agreement"] as const)
    await within
      .deleteFrom(table)
      .where((e) => e.or([e("coach", "=", account), e("client", "=", account)]))
      .execute();
  await within.deleteFrom("coaching.feed").where("account", "=", account).execute();
  // Credentials, hours and calendars go with the coach, keys and messages went with the spaces.
  await within.deleteFrom("coaching.coach").where("account", "=", account).execute();
}
