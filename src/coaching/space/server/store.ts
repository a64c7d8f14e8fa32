/** Spaces' SQL: a row for each pair, a sealed key for each of the two, messages counted per space. */
import { sql } from "kysely";
import type { CoachingWithin } from "../../server/deps.ts";

export interface SpaceRow {
  readonly id: string;
  readonly coach: string;
  readonly client: string;
  readonly sequence: number;
}

export interface MessageRow {
  readonly sequence: number;
  readonly id: string;
  readonly sender: string;
  readonly sealed: Buffer;
}

const SPACE = ["id", "coach", "client", "sequence"] as const;

export async function ensureSpace(
  within: CoachingWithin,
  coach: string,
  client: string,
): Promise<void> {
  await sql`
    insert into coaching.space (id, coach, client) values (gen_random_uuid(), ${coach}, ${client})
    on conflict (coach, client) do nothing`.execute(within);
}

export function spacesOfMember(db: CoachingWithin, account: string): Promise<SpaceRow[]> {
  return db
    .selectFrom("coaching.space")
    .select(SPACE)
    .where((e) => e.or([e("coach", "=", account), e("client", "=", account)]))
    .orderBy("id")
    .execute();
}

export async function spaceById(db: CoachingWithin, id: string): Promise<SpaceRow | null> {
  const row = await db
    .selectFrom("coaching.space")
    .select(SPACE)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

export async function keysOfMember(
  db: CoachingWithin,
  member: string,
): Promise<ReadonlyMap<string, Buffer>> {
  const rows = await db
    .selectFrom("coaching.space_key")
    .select(["space", "sealed"])
    .where("member", "=", member)
    .execute();
  return new Map(rows.map((row) => [row.space, row.sealed]));
}

/** Both keys or none, and once only: false where the space has been opened before. */
export async function keepKeys(
  within: CoachingWithin,
  space: string,
  sealedByMember: ReadonlyMap<string, Uint8Array>,
): Promise<boolean> {
  await within
    .selectFrom("coaching.space")
    .select("id")
    .where("id", "=", space)
    .forUpdate()
    .execute();
  if (await isOpen(within, space)) return false;
  const rows = [...sealedByMember].map(([member, sealed]) => ({
    space,
    member,
    sealed: Buffer.from(sealed),
  }));
  await within.insertInto("coaching.space_key").values(rows).execute();
  return true;
}

async function isOpen(db: CoachingWithin, space: string): Promise<boolean> {
  const found = await db
    .selectFrom("coaching.space_key")
    .select("member")
    .where("space", "=", space)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/**
 * One statement, so that the count and the message can't part. Null where the space isn't open; a message
 * sent twice violates the uniqueness of its id, and the count stays.
 */
export async function keepMessage(
  db: CoachingWithin,
  message: { space: string; id: string; sender: string; sealed: Uint8Array },
): Promise<number | null> {
  const kept = await sql<{ sequence: number }>`
    with next as (
      update coaching.space set sequence = sequence + 1
      where id = ${message.space}
        and exists (select 1 from coaching.space_key where space = ${message.space})
      returning sequence
    )
    insert into coaching.message (space, sequence, id, sender, sealed)
    select ${message.space}, sequence, ${message.id}, ${message.sender}, ${Buffer.from(message.sealed)} from next
    returning sequence`.execute(db);
  return kept.rows[0]?.sequence ?? null;
}

export async function messageById(
  db: CoachingWithin,
  space: string,
  id: string,
): Promise<MessageRow | null> {
  const row = await db
    .selectFrom("coaching.message")
    .select(["sequence", "id", "sender", "sealed"])
    .where("space", "=", space)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

export function messagesAfter(
  db: CoachingWithin,
  space: string,
  after: number,
  limit: number,
): Promise<MessageRow[]> {
  return db
    .selectFrom("coaching.message")
    .select(["sequence", "id", "sender", "sealed"])
    .where("space", "=", space)
    .where("sequence", ">", after)
    .orderBy("sequence")
    .limit(limit)
    .execute();
}
