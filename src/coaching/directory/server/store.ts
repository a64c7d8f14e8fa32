/** The directory's SQL: profiles, credentials and the stewards' decisions about them. */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { CoachingWithin } from "../../server/deps.ts";
import type { CoachState, DeclaredCredential, Profile } from "../contract.ts";

export interface ProfileRow {
  readonly account: string;
  readonly state: CoachState;
  readonly kind: "physician" | "other-certified-coach";
  readonly profile: Profile | null;
  readonly returned_because: string | null;
  readonly time_zone: string;
}

export interface CredentialRow {
  readonly id: string;
  readonly coach: string;
  readonly body: string;
  readonly level: string;
  readonly number: string;
  readonly expires: string | null;
  readonly verified: boolean;
  /** How many days before its end the last reminder went out. */
  readonly reminded: number | null;
}

export interface WindowRow {
  readonly coach: string;
  readonly day: number;
  readonly start_minute: number;
  readonly end_minute: number;
}

export type NamedProfileRow = ProfileRow & { readonly name: string };

const PROFILE = ["account", "state", "kind", "profile", "returned_because", "time_zone"] as const;

export async function profileOf(db: CoachingWithin, account: string): Promise<ProfileRow | null> {
  const row = await db
    .selectFrom("coaching.coach")
    .select(PROFILE)
    .where("account", "=", account)
    .executeTakeFirst();
  return (row as ProfileRow | undefined) ?? null;
}

/** Nobody else changes the row until the transaction ends. */
export async function profileForChange(
  db: CoachingWithin,
  account: string,
): Promise<ProfileRow | null> {
  const row = await db
    .selectFrom("coaching.coach")
    .select(PROFILE)
    .where("account", "=", account)
    .forUpdate()
    .executeTakeFirst();
  return (row as ProfileRow | undefined) ?? null;
}

/** Accounts that are coaches still, in the states asked for, by id, so that the same coaches make the same file. */
export async function profilesIn(
  db: CoachingWithin,
  states: readonly CoachState[],
): Promise<NamedProfileRow[]> {
  const rows = await db
    .selectFrom("coaching.coach as c")
    .innerJoin("identity.account as a", "a.id", "c.account")
    .select(["c.account", "c.state", "c.kind", "c.profile", "c.returned_because", "c.time_zone"])
    .select("a.name")
    .where("c.state", "in", states)
    .where(sql<boolean>`'coach' = any(a.roles)`)
    .orderBy("c.account")
    .execute();
  return rows as NamedProfileRow[];
}

export async function credentialsByCoach(
  db: CoachingWithin,
  coaches: readonly string[],
): Promise<ReadonlyMap<string, CredentialRow[]>> {
  const rows = await db
    .selectFrom("coaching.credential")
    .select(["id", "coach", "body", "level", "number", "expires", "verified", "reminded"])
    .where("coach", "=", anyOf(coaches))
    .orderBy("coach")
    .orderBy("place")
    .execute();
  return Map.groupBy(rows, (row) => row.coach);
}

export async function windowsByCoach(
  db: CoachingWithin,
  coaches: readonly string[],
): Promise<ReadonlyMap<string, WindowRow[]>> {
  const rows = await db
    .selectFrom("coaching.availability")
    .select(["coach", "day", "start_minute", "end_minute"])
    .where("coach", "=", anyOf(coaches))
    .execute();
  return Map.groupBy(rows, (row) => row.coach);
}

// One parameter, however many coaches there are.
const anyOf = (ids: readonly string[]) => sql<string>`any(${[...ids]}::uuid[])`;

export async function hasHours(db: CoachingWithin, coach: string): Promise<boolean> {
  const found = await db
    .selectFrom("coaching.availability")
    .select("day")
    .where("coach", "=", coach)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

export async function keepProfile(
  db: CoachingWithin,
  account: string,
  profile: Profile,
): Promise<void> {
  await db
    .updateTable("coaching.coach")
    .set({ profile: JSON.stringify(profile) })
    .where("account", "=", account)
    .execute();
}

export type CredentialToKeep = DeclaredCredential &
  Pick<CredentialRow, "verified"> &
  Partial<Pick<CredentialRow, "reminded">>;

export async function replaceCredentials(
  db: CoachingWithin,
  coach: string,
  credentials: readonly CredentialToKeep[],
): Promise<void> {
  await db.deleteFrom("coaching.credential").where("coach", "=", coach).execute();
  if (credentials.length === 0) return;
  await db
    .insertInto("coaching.credential")
    .values(
      credentials.map((credential, place) => ({
        id: randomUUID(),
        coach,
        place,
        body: credential.granted.body,
        level: credential.granted.level,
        number: credential.number,
        expires: credential.expires,
        verified: credential.verified,
        reminded: credential.reminded ?? null,
      })),
    )
    .execute();
}

export async function keepState(
  db: CoachingWithin,
  coach: string,
  change: {
    readonly state: CoachState;
    readonly kind?: ProfileRow["kind"];
    readonly returned_because?: string | null;
  },
): Promise<void> {
  await db.updateTable("coaching.coach").set(change).where("account", "=", coach).execute();
}

/** These were checked, and no other of the coach's. */
export async function keepVerified(
  db: CoachingWithin,
  coach: string,
  checked: readonly CredentialRow[],
): Promise<void> {
  await db
    .updateTable("coaching.credential")
    .set({ verified: sql`id = any(${checked.map(({ id }) => id)}::uuid[])` })
    .where("coach", "=", coach)
    .execute();
}

export interface EndingCredentialRow {
  readonly id: string;
  readonly coach: string;
  /** The last month in which it holds, 2027-04. */
  readonly expires: string;
  readonly reminded: number | null;
  readonly email_sealed: Buffer;
}

/** Of people who are coaches still, with an end up to this month; held until the transaction ends. */
export async function credentialsEnding(
  within: CoachingWithin,
  from: string,
  until: string,
): Promise<EndingCredentialRow[]> {
  const rows = await within
    .selectFrom("coaching.credential as c")
    .innerJoin("identity.account as a", "a.id", "c.coach")
    .select(["c.id", "c.coach", "c.expires", "c.reminded", "a.email_sealed"])
    .where("c.expires", ">=", from)
    .where("c.expires", "<=", until)
    .where(sql<boolean>`'coach' = any(a.roles)`)
    .orderBy("c.id")
    .forUpdate("c")
    .execute();
  return rows as EndingCredentialRow[];
}

export async function keepReminded(
  within: CoachingWithin,
  credentials: readonly string[],
  days: number,
): Promise<void> {
  await within
    .updateTable("coaching.credential")
    .set({ reminded: days })
    .where("id", "in", credentials)
    .execute();
}
