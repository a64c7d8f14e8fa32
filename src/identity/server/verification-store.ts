/** Verification's SQL, for identity and for the stewards who decide. No row tells when anything happened. */
import { sql, type Kysely, type Transaction } from "kysely";
import type {
  EvidentRosterKind,
  RefusalReason,
  VerificationState,
  VerificationWay,
} from "../verification.ts";
import type { VerificationTables } from "./tables.ts";

export type VerificationWithin = Kysely<VerificationTables> | Transaction<VerificationTables>;

export interface VerificationRow {
  readonly account: string;
  readonly asking: string;
  readonly state: Exclude<VerificationState, "none">;
  readonly way: VerificationWay;
  readonly claim_sealed: Buffer | null;
  readonly confirmed_at: string | null;
  readonly refused_for: RefusalReason | null;
}

const VERIFICATION = [
  "account",
  "asking",
  "state",
  "way",
  "claim_sealed",
  "confirmed_at",
  "refused_for",
] as const;

export async function verificationOf(
  db: VerificationWithin,
  account: string,
): Promise<VerificationRow | null> {
  const row = await db
    .selectFrom("identity.verification")
    .select(VERIFICATION)
    .where("account", "=", account)
    .executeTakeFirst();
  return (row as VerificationRow | undefined) ?? null;
}

/** For slices that may know nothing else of it. */
export async function isVerified(
  db: Kysely<Pick<VerificationTables, "identity.verification">>,
  account: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("identity.verification")
    .select("account")
    .where("account", "=", account)
    .where("state", "=", "verified")
    .executeTakeFirst();
  return row !== undefined;
}

/** Nobody else decides about it, and it is not asked anew, until the transaction ends. */
export async function askingForChange(
  within: VerificationWithin,
  asking: string,
): Promise<VerificationRow | null> {
  const row = await within
    .selectFrom("identity.verification")
    .select(VERIFICATION)
    .where("asking", "=", asking)
    .forUpdate()
    .executeTakeFirst();
  return (row as VerificationRow | undefined) ?? null;
}

/** One asking, vouching or withdrawing of an account at a time, until the transaction ends. */
export async function takeTurn(within: VerificationWithin, account: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${account}, 7160412))`.execute(within);
}

/** What was asked before goes, with its document, vouches and code. False where the account is verified. */
export async function keepAsking(
  within: VerificationWithin,
  asking: {
    readonly account: string;
    readonly asking: string;
    readonly way: VerificationWay;
    readonly claimSealed: Buffer;
    readonly confirmedAt?: string;
  },
): Promise<boolean> {
  const { account } = asking;
  if (!(await dropAsking(within, account))) return false;
  await within
    .insertInto("identity.verification")
    .values({
      account,
      asking: asking.asking,
      state: "asked",
      way: asking.way,
      claim_sealed: asking.claimSealed,
      confirmed_at: asking.confirmedAt ?? null,
    })
    .execute();
  return true;
}

/** False where the account is verified, and then nothing has changed. */
export async function dropAsking(within: VerificationWithin, account: string): Promise<boolean> {
  await takeTurn(within, account);
  const before = await verificationOf(within, account);
  if (before?.state === "verified") return false;
  await within.deleteFrom("identity.verification").where("account", "=", account).execute();
  await within.deleteFrom("identity.vouch").where("account", "=", account).execute();
  await within.deleteFrom("identity.vouch_code").where("account", "=", account).execute();
  return true;
}

export async function keepDecision(
  within: VerificationWithin,
  account: string,
  decided:
    | { readonly state: "verified"; readonly claimSealed: Buffer }
    | { readonly state: "refused"; readonly reason: RefusalReason },
): Promise<void> {
  await within
    .updateTable("identity.verification")
    .set(
      decided.state === "verified"
        ? { state: "verified", claim_sealed: decided.claimSealed }
        : { state: "refused", claim_sealed: null, refused_for: decided.reason },
    )
    .where("account", "=", account)
    .execute();
  await within.deleteFrom("identity.vouch_code").where("account", "=", account).execute();
}

// Arrivals ---------------------------------------------------------------------------------------

export interface ArrivalRow {
  readonly roster: string;
  readonly sponsor: string;
  readonly kind: EvidentRosterKind;
  readonly code_use: number;
}

export async function arrivalOf(
  db: VerificationWithin,
  account: string,
): Promise<ArrivalRow | null> {
  const row = await db
    .selectFrom("identity.arrival")
    .select(["roster", "sponsor", "kind", "code_use"])
    .where("account", "=", account)
    .executeTakeFirst();
  return (row as ArrivalRow | undefined) ?? null;
}

export async function keepArrival(
  within: VerificationWithin,
  account: string,
  arrival: ArrivalRow,
): Promise<void> {
  await within
    .insertInto("identity.arrival")
    .values({ account, ...arrival })
    .execute();
}

export async function dropArrival(within: VerificationWithin, account: string): Promise<void> {
  await within.deleteFrom("identity.arrival").where("account", "=", account).execute();
}

// Vouching ---------------------------------------------------------------------------------------

/** In place of an earlier code. */
export async function keepVouchCode(
  within: VerificationWithin,
  account: string,
  codeHash: Buffer,
): Promise<void> {
  await within
    .insertInto("identity.vouch_code")
    .values({ account, code_hash: codeHash })
    .onConflict((conflict) => conflict.column("account").doUpdateSet({ code_hash: codeHash }))
    .execute();
}

export async function vouchCodeOwner(
  db: VerificationWithin,
  codeHashes: readonly Buffer[],
): Promise<string | null> {
  const row = await db
    .selectFrom("identity.vouch_code")
    .select("account")
    .where("code_hash", "in", codeHashes)
    .executeTakeFirst();
  return row?.account ?? null;
}

export async function countVouches(db: VerificationWithin, account: string): Promise<number> {
  const row = await db
    .selectFrom("identity.vouch")
    .select((e) => e.fn.countAll<number>().as("vouches"))
    .where("account", "=", account)
    .executeTakeFirstOrThrow();
  return row.vouches;
}

export async function countVouchesBy(
  db: VerificationWithin,
  voucher: string,
  quarter: string,
): Promise<number> {
  const row = await db
    .selectFrom("identity.vouch")
    .select((e) => e.fn.countAll<number>().as("vouches"))
    .where("voucher", "=", voucher)
    .where("quarter", "=", quarter)
    .executeTakeFirstOrThrow();
  return row.vouches;
}

export async function hasVouched(
  db: VerificationWithin,
  voucher: string,
  account: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("identity.vouch")
    .select("account")
    .where("account", "=", account)
    .where("voucher", "=", voucher)
    .executeTakeFirst();
  return row !== undefined;
}

export async function keepVouch(
  within: VerificationWithin,
  vouch: { readonly account: string; readonly voucher: string; readonly quarter: string },
): Promise<void> {
  await within.insertInto("identity.vouch").values(vouch).execute();
}

// Licences of a quarter ---------------------------------------------------------------------------

export async function quarterSecret(
  db: VerificationWithin,
  quarter: string,
): Promise<Buffer | null> {
  const row = await db
    .selectFrom("identity.licence_quarter")
    .select("secret_sealed")
    .where("quarter", "=", quarter)
    .executeTakeFirst();
  return row?.secret_sealed ?? null;
}

/** False where another made it meanwhile. */
export async function keepQuarter(
  within: VerificationWithin,
  quarter: string,
  secretSealed: Buffer,
): Promise<boolean> {
  const kept = await within
    .insertInto("identity.licence_quarter")
    .values({ quarter, secret_sealed: secretSealed })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}

/** Their secrets and marks: what is left of who deleted their account goes with them. */
export async function dropQuartersBefore(
  within: VerificationWithin,
  quarter: string,
): Promise<void> {
  await within.deleteFrom("identity.licence_quarter").where("quarter", "<", quarter).execute();
}

export async function verifiedClaims(
  db: VerificationWithin,
): Promise<{ account: string; claimSealed: Buffer }[]> {
  const rows = await db
    .selectFrom("identity.verification")
    .select(["account", "claim_sealed"])
    .where("state", "=", "verified")
    .execute();
  return rows.map((row) => ({ account: row.account, claimSealed: row.claim_sealed! }));
}

export interface Mark {
  readonly account: string;
  readonly mark: Buffer;
}

/** By mark, so that the order on the disk is chance; a mark that is there stays whose it is. */
export async function keepMarks(
  within: VerificationWithin,
  quarter: string,
  marks: readonly Mark[],
): Promise<void> {
  await sql`
    insert into identity.licence_mark (quarter, mark, account)
    select ${quarter}, mark, account
    from unnest(${marks.map(({ mark }) => mark)}::bytea[], ${marks.map(({ account }) => account)}::uuid[])
      as m (mark, account)
    order by mark
    on conflict do nothing`.execute(within);
}

/** False where the licence is somebody else's this quarter, or was a deleted account's. */
export async function takeMark(
  within: VerificationWithin,
  quarter: string,
  { account, mark }: Mark,
): Promise<boolean> {
  // Another licence of the same account stays taken, by nobody: it frees no second account.
  await within
    .updateTable("identity.licence_mark")
    .set({ account: null })
    .where("quarter", "=", quarter)
    .where("account", "=", account)
    .where("mark", "!=", mark)
    .execute();
  await keepMarks(within, quarter, [{ account, mark }]);
  const held = await within
    .selectFrom("identity.licence_mark")
    .select("account")
    .where("quarter", "=", quarter)
    .where("mark", "=", mark)
    .executeTakeFirst();
  return held?.account === account;
}

/** Which of the marks are taken, and by whom; null for a deleted account. */
export async function holdersByMark(
  db: VerificationWithin,
  quarter: string,
  marks: readonly Buffer[],
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await db
    .selectFrom("identity.licence_mark")
    .select(["mark", "account"])
    .where("quarter", "=", quarter)
    .where(sql<boolean>`mark = any(${marks}::bytea[])`)
    .execute();
  return new Map(rows.map((row) => [row.mark.toString("hex"), row.account]));
}
