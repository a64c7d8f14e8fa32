/** Stewardship's SQL. Nothing it reads can tell whether a roster's code was used: it has no right to. */
import { sql, type Kysely, type Transaction } from "kysely";
import type pg from "pg";
import type { Role, Stage } from "#identity/account.ts";
import type { IdentityTables, VerificationTables } from "#identity/server/tables.ts";
import type { RosterKind } from "#identity/verification.ts";
import type { RegistryTables } from "./registry-tables.ts";
import type { StewardshipTables } from "./tables.ts";

type Tables = StewardshipTables &
  RegistryTables &
  VerificationTables &
  Pick<
    IdentityTables,
    "identity.invitation" | "identity.roster" | "identity.roster_line" | "identity.institution"
  > & {
    /** The columns of it that stewardship's role has been granted. */
    "identity.account": Pick<
      IdentityTables["identity.account"],
      "id" | "name" | "stage" | "roles" | "time_zone" | "hpke_key" | "signing_key" | "email_sealed"
    >;
  };
export type StewardshipDb = Kysely<Tables>;
export type StewardshipWithin = StewardshipDb | Transaction<Tables>;

// Invitations ------------------------------------------------------------------------------------

export interface InvitationRow {
  readonly id: string;
  readonly email_sealed: Buffer | null;
  readonly roles: string[];
  readonly stage: string | null;
  readonly expires_on: string;
}

export async function keepInvitation(
  db: StewardshipWithin,
  invitation: {
    readonly id: string;
    readonly codeHash: Buffer;
    readonly address: { readonly index: Buffer; readonly sealed: Buffer } | null;
    readonly roles: readonly Role[];
    readonly stage: Stage | null;
    readonly expiresOn: string;
    /** Nobody but the address itself is told the code. */
    readonly addressProven: boolean;
  },
): Promise<void> {
  await db
    .insertInto("identity.invitation")
    .values({
      id: invitation.id,
      code_hash: invitation.codeHash,
      email_index: invitation.address?.index ?? null,
      email_sealed: invitation.address?.sealed ?? null,
      roles: [...invitation.roles],
      stage: invitation.stage,
      expires_on: invitation.expiresOn,
      address_proven: invitation.addressProven,
    })
    .execute();
}

export function openInvitations(db: StewardshipWithin, today: string): Promise<InvitationRow[]> {
  return db
    .selectFrom("identity.invitation")
    .select(["id", "email_sealed", "roles", "stage", "expires_on"])
    .where("expires_on", ">=", today)
    .orderBy("expires_on", "desc")
    .orderBy("id")
    .execute();
}

export async function dropInvitation(db: StewardshipWithin, id: string): Promise<void> {
  await db.deleteFrom("identity.invitation").where("id", "=", id).execute();
}

// Sponsors and rosters ---------------------------------------------------------------------------

export interface SponsorRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

/** False where the name is taken. */
export async function keepSponsor(db: StewardshipWithin, sponsor: SponsorRow): Promise<boolean> {
  const kept = await db
    .insertInto("stewardship.sponsor")
    .values(sponsor)
    .onConflict((conflict) => conflict.column("name").doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}

export function allSponsors(db: StewardshipWithin): Promise<SponsorRow[]> {
  return db
    .selectFrom("stewardship.sponsor")
    .select(["id", "name", "kind"])
    .orderBy("name")
    .execute();
}

/** Until the transaction ends nobody else sends this sponsor's roster. */
export async function holdSponsor(
  within: StewardshipWithin,
  id: string,
): Promise<{ readonly kind: RosterKind } | null> {
  const held = await within
    .selectFrom("stewardship.sponsor")
    .select("kind")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return held ? { kind: held.kind as RosterKind } : null;
}

/** Which of these addresses stand in one of the sponsor's rosters whose window is open, used or not. */
export async function alreadyWritten(
  db: StewardshipWithin,
  sponsor: string,
  indexes: readonly Buffer[],
  today: string,
): Promise<Buffer[]> {
  const found = await db
    .selectFrom("identity.roster_line as l")
    .innerJoin("identity.roster as r", "r.id", "l.roster")
    .select("l.email_index")
    .where("r.sponsor", "=", sponsor)
    .where("r.window_ends", ">=", today)
    .where(sql<boolean>`l.email_index = any(${indexes}::bytea[])`)
    .execute();
  return found.map((line) => line.email_index);
}

export interface NewRosterLine {
  readonly index: Buffer;
  readonly sealed: Buffer;
  readonly stage: Stage;
}

export async function keepRoster(
  db: StewardshipWithin,
  roster: {
    readonly id: string;
    readonly sponsor: string;
    readonly kind: RosterKind;
    readonly codeHash: Buffer;
    readonly letterOn: string;
    readonly windowEnds: string;
    readonly lines: readonly NewRosterLine[];
  },
): Promise<void> {
  await db
    .insertInto("identity.roster")
    .values({
      id: roster.id,
      sponsor: roster.sponsor,
      kind: roster.kind,
      code_hash: roster.codeHash,
      letter_on: roster.letterOn,
      window_ends: roster.windowEnds,
      uses_left: roster.lines.length,
    })
    .execute();
  await sql`
    insert into identity.roster_line (roster, email_index, email_sealed, stage)
    select ${roster.id}, * from unnest(
      ${roster.lines.map((line) => line.index)}::bytea[],
      ${roster.lines.map((line) => line.sealed)}::bytea[],
      ${roster.lines.map((line) => line.stage)}::text[])`.execute(db);
}

export interface RosterRow {
  readonly id: string;
  readonly sponsor: string;
  readonly letter_on: string;
  readonly window_ends: string;
}

/** With the sponsor's name in place of its id. */
export function openRosters(db: StewardshipWithin, today: string): Promise<RosterRow[]> {
  return db
    .selectFrom("identity.roster as r")
    .innerJoin("stewardship.sponsor as s", "s.id", "r.sponsor")
    .select(["r.id", "s.name as sponsor", "r.letter_on", "r.window_ends"])
    .where("r.window_ends", ">=", today)
    .orderBy("r.letter_on", "desc")
    .orderBy("s.name")
    .orderBy("r.id")
    .execute();
}

// Work that failed for good ----------------------------------------------------------------------

export interface FailedJobRow {
  readonly id: number | string;
  readonly task: string;
  readonly attempts: number;
  readonly error: string | null;
}

const FAILED = "attempts >= max_attempts and locked_at is null";
const FAILED_PAGE = 100;

/** Sorted so that neighbours tell nothing of the order in which the work came. */
export async function failedJobs(queue: pg.Pool): Promise<FailedJobRow[]> {
  const found = await queue.query<FailedJobRow>(
    `select id, task_identifier as task, attempts, last_error as error
     from graphile_worker.jobs where ${FAILED}
     order by task_identifier, last_error, md5(id::text) limit ${FAILED_PAGE}`,
  );
  return found.rows;
}

export async function countJobs(queue: pg.Pool): Promise<{ failed: number; waiting: number }> {
  const found = await queue.query<{ failed: number; waiting: number }>(
    `select count(*) filter (where ${FAILED}) as failed,
            count(*) filter (where attempts < max_attempts and (run_at <= now() or attempts > 0)) as waiting
     from graphile_worker.jobs`,
  );
  return found.rows[0]!;
}

/** One, or with null all that failed for good. */
export async function retryJobs(queue: pg.Pool, id: string | null): Promise<void> {
  await queue.query(
    `select count(*) from graphile_worker.reschedule_jobs(
       array(select id from graphile_worker.jobs where ${FAILED} and ($1::bigint is null or id = $1)),
       run_at => now(), attempts => 0)`,
    [id],
  );
}

export async function letJobGo(queue: pg.Pool, id: string): Promise<void> {
  await queue.query(
    `select count(*) from graphile_worker.complete_jobs(
       array(select id from graphile_worker.jobs where ${FAILED} and id = $1))`,
    [id],
  );
}
