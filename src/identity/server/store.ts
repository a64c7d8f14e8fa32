/** Identity's SQL. No row of an account or a session tells when anything happened. */
import { sql, type Kysely, type Selectable, type Transaction } from "kysely";
import type { VaultTables } from "#vault/server/tables.ts";
import type { Role, Stage } from "../account.ts";
import type { RosterKind } from "../verification.ts";
import type { IdentityTables } from "./tables.ts";

export type IdentityDb = Kysely<IdentityTables & VaultTables>;
export type IdentityWithin = IdentityDb | Transaction<IdentityTables & VaultTables>;

export interface CommunityRow {
  readonly name: string;
  readonly country: string;
  readonly floor: number;
  readonly sample: boolean;
}

export async function findCommunity(db: IdentityWithin): Promise<CommunityRow | null> {
  const row = await db
    .selectFrom("identity.community")
    .select(["name", "country", "floor", "sample"])
    .executeTakeFirst();
  return row ?? null;
}

/** False where one exists: there is one community in a database. */
export async function keepCommunity(db: IdentityWithin, community: CommunityRow): Promise<boolean> {
  const kept = await db
    .insertInto("identity.community")
    .values(community)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}

export async function keepSetUp(db: IdentityWithin, tokenHash: Buffer): Promise<void> {
  await db
    .insertInto("identity.set_up")
    .values({ token_hash: tokenHash })
    .onConflict((conflict) => conflict.column("only_one").doUpdateSet({ token_hash: tokenHash }))
    .execute();
}

export async function takeSetUp(db: IdentityWithin, tokenHash: Buffer): Promise<boolean> {
  const gone = await db
    .deleteFrom("identity.set_up")
    .where("token_hash", "=", tokenHash)
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

export interface AccountRow {
  readonly id: string;
  readonly login_id: Buffer;
  readonly opaque_record: string | null;
  readonly email_sealed: Buffer;
  readonly name: string;
  readonly stage: string;
  readonly roles: string[];
  readonly time_zone: string;
  readonly recovery_key: Buffer;
  readonly failed_sign_ins: number;
  readonly address_confirmed: boolean;
  readonly weekly_letter: boolean;
}

const ACCOUNT = [
  "id",
  "login_id",
  "opaque_record",
  "email_sealed",
  "name",
  "stage",
  "roles",
  "time_zone",
  "recovery_key",
  "failed_sign_ins",
  "address_confirmed",
  "weekly_letter",
] as const;

export async function accountByEmail(
  db: IdentityWithin,
  index: Buffer,
): Promise<AccountRow | null> {
  const row = await db
    .selectFrom("identity.account")
    .select(ACCOUNT)
    .where("email_index", "=", index)
    .executeTakeFirst();
  return row ?? null;
}

export async function accountById(db: IdentityWithin, id: string): Promise<AccountRow | null> {
  const row = await db
    .selectFrom("identity.account")
    .select(ACCOUNT)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Until the transaction ends nobody else changes the account, nor deletes it. */
export async function accountForChange(
  within: IdentityWithin,
  id: string,
): Promise<AccountRow | null> {
  const row = await within
    .selectFrom("identity.account")
    .select(ACCOUNT)
    .where("id", "=", id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export async function accountIds(db: IdentityWithin): Promise<string[]> {
  const rows = await db.selectFrom("identity.account").select("id").execute();
  return rows.map(({ id }) => id);
}

export interface NewAccount {
  readonly id: string;
  readonly loginId: Buffer;
  readonly opaqueRecord: string;
  readonly emailIndex: Buffer;
  readonly emailSealed: Buffer;
  readonly addressConfirmed: boolean;
  readonly name: string;
  readonly stage: Stage;
  readonly roles: readonly Role[];
  readonly timeZone: string;
  readonly hpkeKey: Buffer;
  readonly signingKey: Buffer;
  readonly recoveryKey: Buffer;
}

/** False where the address has an account. */
export async function keepAccount(db: IdentityWithin, account: NewAccount): Promise<boolean> {
  const kept = await db
    .insertInto("identity.account")
    .values({
      id: account.id,
      login_id: account.loginId,
      opaque_record: account.opaqueRecord,
      email_index: account.emailIndex,
      email_sealed: account.emailSealed,
      address_confirmed: account.addressConfirmed,
      name: account.name,
      stage: account.stage,
      roles: [...account.roles],
      time_zone: account.timeZone,
      hpke_key: account.hpkeKey,
      signing_key: account.signingKey,
      recovery_key: account.recoveryKey,
    })
    .onConflict((conflict) => conflict.column("email_index").doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}

export type AccountChange = Partial<
  Pick<
    Selectable<IdentityTables["identity.account"]>,
    | "opaque_record"
    | "email_index"
    | "email_sealed"
    | "address_confirmed"
    | "name"
    | "stage"
    | "time_zone"
    | "recovery_key"
  >
>;

export async function changeAccountRow(
  db: IdentityWithin,
  id: string,
  change: AccountChange,
): Promise<void> {
  await db.updateTable("identity.account").set(change).where("id", "=", id).execute();
}

/** Slices above that keep a name or a zone in memory read it anew, on every node. */
export async function tellAccountChanged(db: IdentityWithin, id: string): Promise<void> {
  await sql`select pg_notify('account_changed', ${id})`.execute(db);
}

export async function countFailedSignIn(db: IdentityWithin, id: string): Promise<void> {
  await db
    .updateTable("identity.account")
    .set({ failed_sign_ins: sql`least(failed_sign_ins + 1, 1000000)` })
    .where("id", "=", id)
    .execute();
}

export async function clearFailedSignIns(db: IdentityWithin, id: string): Promise<void> {
  await db
    .updateTable("identity.account")
    .set({ failed_sign_ins: 0 })
    .where("id", "=", id)
    .where("failed_sign_ins", ">", 0)
    .execute();
}

/** Until the transaction ends none of them can leave but in it: of two who leave at once the later waits. */
export async function holdStewards(within: IdentityWithin): Promise<string[]> {
  const rows = await within
    .selectFrom("identity.account")
    .select("id")
    .where(sql<boolean>`'steward' = any(roles)`)
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

/** Sessions go on with the old roles until they are ended. */
export async function dropStewardRole(within: IdentityWithin, account: string): Promise<void> {
  await within
    .updateTable("identity.account")
    .set({ roles: sql`array_remove(roles, 'steward')` })
    .where("id", "=", account)
    .execute();
}

export async function deleteAccountRow(db: IdentityWithin, id: string): Promise<void> {
  await db.deleteFrom("identity.account").where("id", "=", id).execute();
}

// Sessions ---------------------------------------------------------------------------------------

export interface SessionRow {
  readonly id: string;
  readonly account: string;
  readonly label: string;
  readonly expires_month: string;
}

export async function keepSession(
  db: IdentityWithin,
  session: { tokenHash: Buffer; id: string; account: string; label: string; expiresMonth: string },
): Promise<void> {
  await db
    .insertInto("identity.session")
    .values({
      token_hash: session.tokenHash,
      id: session.id,
      account: session.account,
      label: session.label,
      expires_month: session.expiresMonth,
    })
    .execute();
}

export async function sessionWithRoles(
  db: IdentityWithin,
  tokenHash: Buffer,
): Promise<(SessionRow & { roles: string[] }) | null> {
  const row = await db
    .selectFrom("identity.session as s")
    .innerJoin("identity.account as a", "a.id", "s.account")
    .select(["s.id", "s.account", "s.label", "s.expires_month", "a.roles"])
    .where("s.token_hash", "=", tokenHash)
    .executeTakeFirst();
  return row ?? null;
}

export function sessionsOf(db: IdentityWithin, account: string): Promise<SessionRow[]> {
  return db
    .selectFrom("identity.session")
    .select(["id", "account", "label", "expires_month"])
    .where("account", "=", account)
    .orderBy("label")
    .execute();
}

export async function sessionLasts(db: IdentityWithin, id: string): Promise<boolean> {
  const row = await db
    .selectFrom("identity.session")
    .select("id")
    .where("id", "=", id)
    .executeTakeFirst();
  return row !== undefined;
}

export async function prolongSession(
  db: IdentityWithin,
  tokenHash: Buffer,
  month: string,
): Promise<void> {
  await db
    .updateTable("identity.session")
    .set({ expires_month: month })
    .where("token_hash", "=", tokenHash)
    .execute();
}

/** Ends sessions of one account and tells the other nodes, which keep known sessions in memory for a while. */
export async function dropSessions(
  db: IdentityWithin,
  account: string,
  which: { readonly only?: string; readonly allBut?: string } = {},
): Promise<void> {
  let query = db.deleteFrom("identity.session").where("account", "=", account);
  if (which.only !== undefined) query = query.where("id", "=", which.only);
  if (which.allBut !== undefined) query = query.where("id", "!=", which.allBut);
  for (const { id } of await query.returning("id").execute())
    await sql`select pg_notify('session_ended', ${id})`.execute(db);
}

// Passkeys ---------------------------------------------------------------------------------------

export interface PasskeyRow {
  readonly id: Buffer;
  readonly account: string;
  readonly public_key: Buffer;
  readonly counter: number;
  readonly transports: string[];
  readonly label: string;
}

const PASSKEY = ["id", "account", "public_key", "counter", "transports", "label"] as const;

export function passkeysOf(db: IdentityWithin, account: string): Promise<PasskeyRow[]> {
  return db
    .selectFrom("identity.passkey")
    .select(PASSKEY)
    .where("account", "=", account)
    .orderBy("label")
    .execute();
}

export async function passkeyById(db: IdentityWithin, id: Buffer): Promise<PasskeyRow | null> {
  return (
    (await db
      .selectFrom("identity.passkey")
      .select(PASSKEY)
      .where("id", "=", id)
      .executeTakeFirst()) ?? null
  );
}

export async function keepPasskey(db: IdentityWithin, passkey: PasskeyRow): Promise<boolean> {
  const kept = await db
    .insertInto("identity.passkey")
    .values(passkey)
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}

/** False where it is gone. Until the transaction ends nobody else removes it. */
export async function countPasskey(
  within: IdentityWithin,
  id: Buffer,
  counter: number,
): Promise<boolean> {
  const counted = await within
    .updateTable("identity.passkey")
    .set({ counter })
    .where("id", "=", id)
    .executeTakeFirst();
  return counted.numUpdatedRows === 1n;
}

/** Which of an account's passkeys went: the one, or with null all. */
export async function dropPasskeyRows(
  db: IdentityWithin,
  account: string,
  only: Buffer | null,
): Promise<Buffer[]> {
  let query = db.deleteFrom("identity.passkey").where("account", "=", account);
  if (only !== null) query = query.where("id", "=", only);
  return (await query.returning("id").execute()).map(({ id }) => id);
}

// Invitations ------------------------------------------------------------------------------------

/** Either an invitation of one person, or a roster's code that many hold. */
export interface InvitationRow {
  readonly from: "invitation" | "roster";
  readonly id: string;
  readonly email_index: Buffer | null;
  readonly email_sealed: Buffer | null;
  readonly roles: string[];
  readonly stage: string | null;
  readonly address_proven: boolean;
}

export async function findInvitation(
  db: IdentityWithin,
  codeHash: Buffer,
  today: string,
): Promise<InvitationRow | null> {
  const single = await db
    .selectFrom("identity.invitation")
    .select(["id", "email_index", "email_sealed", "roles", "stage", "address_proven"])
    .where("code_hash", "=", codeHash)
    .where("expires_on", ">=", today)
    .executeTakeFirst();
  if (single) return { from: "invitation", ...single };
  const roster = await db
    .selectFrom("identity.roster")
    .select("id")
    .where("code_hash", "=", codeHash)
    .where("window_ends", ">=", today)
    .where("uses_left", ">", 0)
    .executeTakeFirst();
  return roster
    ? {
        from: "roster",
        id: roster.id,
        email_index: null,
        email_sealed: null,
        roles: [],
        stage: null,
        address_proven: false,
      }
    : null;
}

/** False where another took it in the meantime. */
export async function useInvitation(
  db: IdentityWithin,
  invitation: InvitationRow,
): Promise<boolean> {
  if (invitation.from === "invitation") {
    const gone = await db
      .deleteFrom("identity.invitation")
      .where("id", "=", invitation.id)
      .executeTakeFirst();
    return gone.numDeletedRows === 1n;
  }
  const used = await db
    .updateTable("identity.roster")
    .set({ uses_left: sql`uses_left - 1` })
    .where("id", "=", invitation.id)
    .where("uses_left", ">", 0)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

/** What a roster's code is evidence of, and which use of it was the last; in the transaction that used it. */
export async function rosterUsed(
  within: IdentityWithin,
  roster: string,
): Promise<{ sponsor: string; kind: RosterKind; uses_left: number }> {
  const row = await within
    .selectFrom("identity.roster")
    .select(["sponsor", "kind", "uses_left"])
    .where("id", "=", roster)
    .executeTakeFirstOrThrow();
  return { ...row, kind: row.kind as RosterKind };
}

export async function keepInvitation(
  db: IdentityWithin,
  invitation: {
    id: string;
    codeHash: Buffer;
    emailIndex: Buffer | null;
    emailSealed: Buffer | null;
    roles: readonly Role[];
    stage: Stage | null;
    expiresOn: string;
    addressProven: boolean;
  },
): Promise<void> {
  await db
    .insertInto("identity.invitation")
    .values({
      id: invitation.id,
      code_hash: invitation.codeHash,
      email_index: invitation.emailIndex,
      email_sealed: invitation.emailSealed,
      roles: [...invitation.roles],
      stage: invitation.stage,
      expires_on: invitation.expiresOn,
      address_proven: invitation.addressProven,
    })
    .execute();
}

export async function listedDomains(db: IdentityWithin): Promise<string[]> {
  const rows = await db
    .selectFrom("identity.institution")
    .select("domain")
    .orderBy("domain")
    .execute();
  return rows.map(({ domain }) => domain);
}

/** What ended by its date: invitations, rosters with their lines, sessions. Runs daily. */
export async function sweepExpired(db: IdentityWithin, today: string): Promise<void> {
  await db.deleteFrom("identity.invitation").where("expires_on", "<", today).execute();
  await db.deleteFrom("identity.roster").where("window_ends", "<", today).execute();
  await db
    .deleteFrom("identity.session")
    .where("expires_month", "<", `${today.slice(0, 7)}-01`)
    .execute();
}
