/** The thread's SQL: messages as they came over the wire, counted per circle without a gap. */
import { CompiledQuery } from "kysely";
import type { CirclesDb } from "./deps.ts";

export interface NewMessage {
  readonly circle: string;
  readonly id: Buffer;
  readonly sender: Buffer;
  readonly epoch: number;
  readonly commitment: Buffer;
  readonly minute: number;
  readonly stamp: Buffer;
  /** JSON of a `SealedMessage`. */
  readonly sealed: string;
}

export interface ThreadRow {
  readonly sequence: number;
  readonly minute: number;
  readonly stamp: Buffer;
  /** Null once its sender deleted it. */
  readonly sealed: string | null;
}

/** Above 0 a place in the thread, else why not: see `circles.post` in the migration. */
export const NO_SEAT = -1;
export const OTHER_EPOCH = -2;

/** Each message's place, or the number that says why it has none; other nodes hear of each circle that grew. */
export async function postMessages(
  db: CirclesDb,
  channel: string,
  node: string,
  messages: readonly NewMessage[],
): Promise<readonly number[]> {
  const news = [...new Set(messages.map(({ circle }) => `${node} ${circle}`))];
  const values = messages.flatMap(
    ({ circle, id, sender, epoch, commitment, minute, stamp, sealed }) => [
      circle,
      id,
      sender,
      epoch,
      commitment,
      minute,
      stamp,
      sealed,
    ],
  );
  const posting = postingOf(messages.length);
  const posted = await db.executeQuery<{ places: number[] }>(
    CompiledQuery.raw(posting, [channel, news, ...values]),
  );
  return posted.rows[0]!.places;
}

const postings = new Map<number, string>();

/** Written once for each number of messages: it is by far the statement that is run most. */
function postingOf(count: number): string {
  const known = postings.get(count);
  if (known !== undefined) return known;
  const calls = Array.from({ length: count }, (_, at) => {
    const values = Array.from({ length: 8 }, (_, nth) => `$${3 + 8 * at + nth}`);
    return `circles.post(${values.join(", ")})`;
  });
  const posting = `select array[${calls.join(", ")}] as places,
    (select count(pg_notify($1, each)) from unnest($2::text[]) as each)`;
  postings.set(count, posting);
  return posting;
}

export function threadAfter(
  db: CirclesDb,
  circle: string,
  after: number,
  limit: number,
): Promise<ThreadRow[]> {
  return db
    .selectFrom("circles.message")
    .select(["sequence", "minute", "stamp", "sealed"])
    .where("circle", "=", circle)
    .where("sequence", ">", after)
    .orderBy("sequence")
    .limit(limit)
    .execute();
}

/** What proves a report stays for as long as stamps do. False where it isn't this sender's. */
export async function dropMessage(
  db: CirclesDb,
  circle: string,
  id: Buffer,
  sender: Buffer,
): Promise<boolean> {
  const dropped = await db
    .updateTable("circles.message")
    .set({ sealed: null })
    .where("circle", "=", circle)
    .where("id", "=", id)
    .where("sender", "=", sender)
    .executeTakeFirst();
  return dropped.numUpdatedRows === 1n;
}

const NINETY_DAYS_MINUTES = 90 * 24 * 60;

/** What was deleted ninety days ago and more leaves nothing but its place, so that no place is missing. */
export async function dropOldProofs(db: CirclesDb, nowMs: number): Promise<void> {
  const before = Math.floor(nowMs / 60_000) - NINETY_DAYS_MINUTES;
  await db
    .updateTable("circles.message")
    .set({ commitment: Buffer.alloc(32), stamp: Buffer.alloc(32), sender: Buffer.alloc(0) })
    .where("sealed", "is", null)
    .where("minute", "<", before)
    .execute();
}
