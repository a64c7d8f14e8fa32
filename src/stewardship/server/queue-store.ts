/** The SQL of the stewards' queue: accounts that asked, and what speaks for them. Never a line of a roster. */
import { sql, type Kysely, type Transaction } from "kysely";
import type { Stage } from "#identity/account.ts";
import type { IdentityTables, VerificationTables } from "#identity/server/tables.ts";
import {
  VOUCHES_NEEDED,
  type EvidentRosterKind,
  type VerificationWay,
} from "#identity/verification.ts";
import type { RegistryTables } from "./registry-tables.ts";
import type { StewardshipTables } from "./tables.ts";

type QueueTables = VerificationTables &
  RegistryTables &
  Pick<StewardshipTables, "stewardship.document" | "stewardship.sponsor"> & {
    "identity.account": Pick<
      IdentityTables["identity.account"],
      "id" | "name" | "stage" | "email_sealed"
    >;
    "identity.institution": IdentityTables["identity.institution"];
  };
type QueueDb = Kysely<QueueTables>;
export type QueueWithin = QueueDb | Transaction<QueueTables>;

export interface QueueRow {
  readonly asking: string;
  readonly account: string;
  readonly name: string;
  readonly stage: Stage;
  readonly way: VerificationWay;
  readonly claim_sealed: Buffer;
  readonly confirmed_at: string | null;
  readonly roster: string | null;
  readonly epoch: number | null;
  readonly vouchers: string[];
}

const QUEUE_PAGE = 200;

// Who asked colleagues and has too few vouches yet does not wait for a steward.
const isReady = sql<boolean>`v.state = 'asked' and (v.way <> 'vouching' or (
  select count(*) from identity.vouch w where w.account = v.account) >= ${sql.lit(VOUCHES_NEEDED)})`;

/** By the asking's id, which is chance: who asked first is not told. */
export async function waitingVerifications(db: QueueWithin): Promise<QueueRow[]> {
  const rows = await db
    .selectFrom("identity.verification as v")
    .innerJoin("identity.account as a", "a.id", "v.account")
    .leftJoin("identity.arrival as r", (join) =>
      join.onRef("r.account", "=", "v.account").on("v.way", "=", "roster"),
    )
    .leftJoin("stewardship.document as d", "d.asking", "v.asking")
    .select(["v.asking", "v.account", "a.name", "a.stage", "v.way", "v.claim_sealed"])
    .select(["v.confirmed_at", "r.roster", "d.epoch"])
    .select(
      sql<string[]>`array(select x.name from identity.vouch w
        join identity.account x on x.id = w.voucher
        where w.account = v.account order by x.name, x.id)`.as("vouchers"),
    )
    .where(isReady)
    .orderBy("v.asking")
    .limit(QUEUE_PAGE)
    .execute();
  return rows as unknown as QueueRow[];
}

export async function countWaiting(db: QueueWithin): Promise<number> {
  const row = await db
    .selectFrom("identity.verification as v")
    .select((e) => e.fn.countAll<number>().as("waiting"))
    .where(isReady)
    .executeTakeFirstOrThrow();
  return row.waiting;
}

export interface WaitingRosterRow {
  readonly id: string;
  readonly sponsor: string;
  readonly kind: EvidentRosterKind;
  readonly waiting: number;
}

export async function waitingRosters(db: QueueWithin): Promise<WaitingRosterRow[]> {
  const rows = await db
    .selectFrom("identity.arrival as r")
    .innerJoin("identity.verification as v", "v.account", "r.account")
    .innerJoin("stewardship.sponsor as s", "s.id", "r.sponsor")
    .select(["r.roster as id", "s.name as sponsor", "r.kind"])
    .select((e) => e.fn.countAll<number>().as("waiting"))
    .where("v.state", "=", "asked")
    .where("v.way", "=", "roster")
    .groupBy(["r.roster", "s.name", "r.kind"])
    .orderBy("s.name")
    .orderBy("r.roster")
    .execute();
  return rows as WaitingRosterRow[];
}

const ROSTER_AT_ONCE = 500;

/** Askings by this roster, without the steward's own. */
export async function askingsOfRoster(
  db: QueueWithin,
  roster: string,
  steward: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom("identity.arrival as r")
    .innerJoin("identity.verification as v", "v.account", "r.account")
    .select("v.asking")
    .where("r.roster", "=", roster)
    .where("r.account", "!=", steward)
    .where("v.state", "=", "asked")
    .where("v.way", "=", "roster")
    .orderBy("v.asking")
    .limit(ROSTER_AT_ONCE)
    .execute();
  return rows.map(({ asking }) => asking);
}

/** Whom to write to that something has been decided. */
export async function addressOf(db: QueueWithin, account: string): Promise<Buffer | null> {
  const row = await db
    .selectFrom("identity.account")
    .select("email_sealed")
    .where("id", "=", account)
    .executeTakeFirst();
  return row?.email_sealed ?? null;
}

const FOUND_PAGE = 20;

export interface VerifiedRow {
  readonly id: string;
  readonly name: string;
  readonly stage: Stage;
  readonly way: VerificationWay;
}

/** Of exactly this name but for case. */
export async function verifiedByName(db: QueueWithin, name: string): Promise<VerifiedRow[]> {
  const rows = await db
    .selectFrom("identity.verification as v")
    .innerJoin("identity.account as a", "a.id", "v.account")
    .select(["a.id", "a.name", "a.stage", "v.way"])
    .where("v.state", "=", "verified")
    .where(sql<boolean>`lower(a.name) = lower(${name})`)
    .orderBy("a.id")
    .limit(FOUND_PAGE)
    .execute();
  return rows as VerifiedRow[];
}

// Documents --------------------------------------------------------------------------------------

export interface SealedDocument {
  readonly epoch: number;
  readonly sealed: Buffer;
}

export async function keepDocument(
  within: QueueWithin,
  asking: string,
  { epoch, sealed }: SealedDocument,
): Promise<void> {
  await within.insertInto("stewardship.document").values({ asking, epoch, sealed }).execute();
}

export async function documentOf(db: QueueWithin, asking: string): Promise<SealedDocument | null> {
  const row = await db
    .selectFrom("stewardship.document")
    .select(["epoch", "sealed"])
    .where("asking", "=", asking)
    .executeTakeFirst();
  return row ?? null;
}

/** False where there is none any more, or one of that epoch already. */
export async function replaceDocument(
  within: QueueWithin,
  asking: string,
  { epoch, sealed }: SealedDocument,
): Promise<boolean> {
  const replaced = await within
    .updateTable("stewardship.document")
    .set({ epoch, sealed })
    .where("asking", "=", asking)
    .where("epoch", "<", epoch)
    .executeTakeFirst();
  return replaced.numUpdatedRows === 1n;
}

export async function destroyDocument(within: QueueWithin, asking: string): Promise<void> {
  await within.deleteFrom("stewardship.document").where("asking", "=", asking).execute();
}

// The registry -----------------------------------------------------------------------------------

export interface RegistryRow {
  readonly npi: number;
  readonly given_name: string;
  readonly family_name: string;
  readonly other_family_name: string;
  readonly physician: boolean;
  readonly student: boolean;
}

/** Whether one was ever read to its end. */
export async function hasRegistry(db: QueueWithin): Promise<boolean> {
  const row = await db
    .selectFrom("registry.import")
    .select("id")
    .where("finished", "=", true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function registryByNpi(
  db: QueueWithin,
  npis: readonly string[],
): Promise<ReadonlyMap<string, RegistryRow>> {
  const rows = await db
    .selectFrom("registry.person")
    .select(["npi", "given_name", "family_name", "other_family_name", "physician", "student"])
    .where(sql<boolean>`npi = any(${npis}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [String(row.npi), row]));
}

// Institutions -----------------------------------------------------------------------------------

export interface InstitutionRow {
  readonly domain: string;
  readonly name: string;
}

export function allInstitutions(db: QueueWithin): Promise<InstitutionRow[]> {
  return db
    .selectFrom("identity.institution")
    .select(["domain", "name"])
    .orderBy("name")
    .orderBy("domain")
    .execute();
}

/** Null where it isn't listed. */
export async function institutionName(db: QueueWithin, domain: string): Promise<string | null> {
  const row = await db
    .selectFrom("identity.institution")
    .select("name")
    .where("domain", "=", domain)
    .executeTakeFirst();
  return row?.name ?? null;
}

export async function keepInstitution(db: QueueWithin, institution: InstitutionRow): Promise<void> {
  await db
    .insertInto("identity.institution")
    .values(institution)
    .onConflict((conflict) => conflict.column("domain").doUpdateSet({ name: institution.name }))
    .execute();
}

/** False where it wasn't listed. */
export async function dropInstitutionRow(db: QueueWithin, domain: string): Promise<boolean> {
  const dropped = await db
    .deleteFrom("identity.institution")
    .where("domain", "=", domain)
    .executeTakeFirst();
  return dropped.numDeletedRows === 1n;
}
