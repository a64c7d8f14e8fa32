/**
 * The queue's waiting jobs are written anew like any table, and lose besides what the queue itself writes down: the
 * number of each in the order they came, and the second in which somebody's act put it in. A reminder waits for
 * weeks, a letter that failed for good until a steward has seen it.
 */
import type pg from "pg";

export const WAITING_JOBS = "graphile_worker._private_jobs";

/**
 * In a transaction that holds the table to itself. A job that runs keeps its number, by which its worker will tell
 * that it is done. One that failed for good waits for no hour: its last try was hours after its act, to the second.
 */
export async function writeJobsAnew(client: pg.ClientBase): Promise<void> {
  await client.query(
    `create temporary table shuffled on commit drop as
       select * from ${WAITING_JOBS} order by gen_random_uuid()`,
  );
  await client.query(`truncate ${WAITING_JOBS}`);
  const { rows } = await client.query<{ column: string }>(
    `select quote_ident(attname) as column from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [WAITING_JOBS],
  );
  const columns = rows.map(({ column }) => column);
  const values = columns.map((column) => NEW_VALUES[column] ?? column);
  await client.query(
    `insert into ${WAITING_JOBS} (${columns.join(", ")}) overriding system value
     select ${values.join(", ")} from shuffled`,
  );
}

const FAILED = "attempts >= max_attempts";
const RUN_AT = `case when ${FAILED} and locked_at is null then 'epoch' else run_at end`;

const NEW_VALUES: Readonly<Record<string, string>> = {
  id: `case when locked_at is null then nextval(pg_get_serial_sequence('${WAITING_JOBS}', 'id')) else id end`,
  run_at: RUN_AT,
  created_at: RUN_AT,
  updated_at: RUN_AT,
};
