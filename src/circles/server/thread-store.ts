/** The thread's SQL: messages as they came over the wire, counted per circle without a gap. */
import { CompiledQuery, sql } from "kysely";
import type { CirclesDb } from "./deps.ts";
import { oldestMonth } from "./stamps.ts";

export interface NewMessage {
  readonly circle: string;
  /** Asked whether they sit and may speak on that day; of both nothing is kept. */
  readonly sender: Buffer;
  readonly today: string;
  readonly id: Buffer;
  readonly epoch: number;
  readonly mark: Buffer;
  readonly commitment: Buffer;
  /** 2027-03 */
  readonly month: string;
  readonly stamp: Buffer;
  /** JSON of a `SealedMessage`. */
  readonly sealed: string;
}

export interface ThreadRow {
  readonly sequence: number;
  readonly month: string;
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
  const values = messages.flatMap((message) => [
    message.circle,
    message.sender,
    message.today,
    message.id,
    message.epoch,
    message.mark,
    message.commitment,
    message.month,
    message.stamp,
    message.sealed,
  ]);
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
    const values = Array.from({ length: 10 }, (_, nth) => `$${3 + 10 * at + nth}`);
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
    .select(["sequence", "month", "stamp", "sealed"])
    .where("circle", "=", circle)
    .where("sequence", ">", after)
    .orderBy("sequence")
    .limit(limit)
    .execute();
}

/**
 * What proves a report stays for a while. Taking back what was taken back changes nothing. False where the mark isn't
 * the message's.
 */
export async function dropMessage(
  db: CirclesDb,
  message: { readonly circle: string; readonly id: Buffer; readonly mark: Buffer },
  today: string,
): Promise<boolean> {
  const dropped = await db
    .updateTable("circles.message")
    .set({ sealed: null, dropped_in: sql<string>`coalesce(dropped_in, ${today.slice(0, 7)})` })
    .where("circle", "=", message.circle)
    .where("id", "=", message.id)
    .where("mark", "=", message.mark)
    .executeTakeFirst();
  return dropped.numUpdatedRows === 1n;
}

const NOTHING = Buffer.alloc(32);

/** What was taken back long ago leaves nothing but its place, so that no place is missing. */
export async function dropOldProofs(db: CirclesDb, today: string): Promise<void> {
  await db
    .updateTable("circles.message")
    .set({ mark: NOTHING, commitment: NOTHING, stamp: NOTHING })
    .where("dropped_in", "<", oldestMonth(today))
    .where("mark", "!=", NOTHING)
    .execute();
}

/** Keys whose every message is gone with its proof. Once a day, after `dropOldProofs`. */
export async function dropStampKeys(db: CirclesDb, today: string): Promise<void> {
  await db
    .deleteFrom("circles.stamp_key")
    .where("month", "<", oldestMonth(today))
    .where("month", "not in", (provable) =>
      provable.selectFrom("circles.message").select("month").where("mark", "!=", NOTHING),
    )
    .execute();
}
