/**
 * One cluster as a stream of frames and back: every table through COPY in one snapshot, then sequences; for
 * a backup, or whole into a newer PostgreSQL. The schema itself comes from the migrations.
 *
 *   frame: kind, 1 byte · length, 4 bytes big-endian · payload
 *   T {"table", "columns"} opens a table · D is COPY text · E {"rows"} closes it
 *   P {"parent", "name", "bound"} a partition · S {"sequence", "value"} · Z {"tables", "rows"} the end
 */
import pg from "pg";
import { DamagedBackup } from "./backup-file.ts";
import { copyIn, copyOut } from "./copy.ts";
import type { ClusterName } from "./migrations.ts";

export interface TableProgress {
  readonly cluster: ClusterName;
  readonly table: string;
  readonly rows: number;
}

export type OnTable = (progress: TableProgress) => void;

/**
 * A backup leaves out the queue, the list of migrations and every table whose comment says "not in backups";
 * for another PostgreSQL in the same data folder everything goes along.
 */
export type Scope = "backup" | "everything";

export async function* dumpTables(
  client: pg.ClientBase,
  cluster: ClusterName,
  onTable: OnTable,
  scope: Scope = "backup",
): AsyncGenerator<Uint8Array> {
  await client.query("begin transaction isolation level repeatable read read only");
  await client.query(EXACT);
  const tables = await listTables(client, scope);
  if (tables.length > 0)
    await client.query(
      `lock table ${tables.map(({ name }) => name).join(", ")} in access share mode`,
    );
  let rows = 0;
  for (const part of await listPartitions(client)) yield frame("P", part);
  for (const table of tables) {
    yield frame("T", { table: table.name, columns: table.columns });
    const copy = copyOut(client, copyOutOf(table, cluster));
    for (;;) {
      const next = await copy.next();
      if (next.done) {
        yield frame("E", { rows: next.value });
        onTable({ cluster, table: table.name, rows: next.value });
        rows += next.value;
        break;
      }
      yield* dataFrames(next.value);
    }
  }
  for (const sequence of await listSequences(client, scope)) yield frame("S", sequence);
  yield frame("Z", { tables: tables.length, rows });
  await client.query("commit");
}

/**
 * In one transaction over an empty schema of the same version; the caller has looked that it is empty. `last`
 * belongs to it, and comes when every row is back.
 */
export async function loadTables(
  client: pg.ClientBase,
  cluster: ClusterName,
  stream: AsyncIterable<Uint8Array>,
  onTable: OnTable,
  scope: Scope = "backup",
  last: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await client.query("begin");
  try {
    await client.query(EXACT);
    const tables = await listTables(client, scope);
    const mend = await takeAwayChecks(client, tables);
    const frames = readFrames(stream);
    for await (const next of frames) {
      if (next.kind === "T") {
        const table = await loadTable(client, frames, next.payload);
        onTable({ cluster, ...table });
      } else if (next.kind === "P") await makePartition(client, next.payload);
      else if (next.kind === "S") {
        const { sequence, value } = json(next.payload);
        await client.query("select setval($1::regclass, $2::bigint)", [sequence, value]);
      }
    }
    for (const statement of mend) await client.query(statement);
    await last();
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
  // Not analysed: samples would keep values of rows for longer than the rows are there.
  await client.query("vacuum");
}

/** Reads all of it and uses none: throws DamagedBackup unless it is whole. */
export async function checkTables(stream: AsyncIterable<Uint8Array>): Promise<{ rows: number }> {
  let tables = 0;
  let rows = 0;
  let end: Record<string, unknown> | null = null;
  for await (const { kind, payload } of readFrames(stream)) {
    if (end !== null) throw new DamagedBackup("after the end");
    if (kind === "T") tables += 1;
    else if (kind === "E") rows += Number(json(payload)["rows"]);
    else if (kind === "Z") end = json(payload);
  }
  if (end === null || end["tables"] !== tables || end["rows"] !== rows)
    throw new DamagedBackup("without its end");
  return { rows };
}

/** Tables that hold rows, for refusing to restore over something. */
export async function tablesWithRows(client: pg.ClientBase): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name } of await listTables(client, "backup")) {
    const any = await client.query(`select 1 from ${name} limit 1`);
    if (any.rowCount === 1) found.push(name);
  }
  return found;
}

/** Every table with its columns, for telling what one database has and another lacks. */
export async function tableOutlines(client: pg.ClientBase): Promise<ReadonlySet<string>> {
  const tables = await listTables(client, "everything");
  return new Set(tables.map(({ name, columns }) => `${name} (${columns.join(", ")})`));
}

/**
 * Everything in it, so that two servers can be compared: a table's number of rows with the sum of their
 * fingerprints (60 bits each of the MD5 of their text), and a sequence's value.
 */
export async function fingerprints(client: pg.ClientBase): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  await client.query("begin transaction isolation level repeatable read read only");
  await client.query(EXACT);
  for (const { name, columns } of await listTables(client, "everything")) {
    const { rows } = await client.query<{ rows: string; sum: string }>(
      `select count(*)::text as rows, coalesce(sum(('x' || left(md5(row), 15))::bit(60)::bigint), 0)::text as sum
       from (select row(${columns.join(", ")})::text as row from ${name}) as rows`,
    );
    found.set(name, `${rows[0]?.rows} rows ${rows[0]?.sum}`);
  }
  for (const { sequence, value } of await listSequences(client, "everything"))
    found.set(sequence, value);
  await client.query("commit");
  return found;
}

/** So that text gives back every value as it was, whatever the server's own settings. */
const EXACT = `
  set local search_path = pg_catalog; set local row_security = off; set local client_encoding = 'UTF8';
  set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';
  set local extra_float_digits = 3; set local bytea_output = 'hex';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = '30s'`;

interface Table {
  /** Quoted, with its schema. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** Partitions come with their parent; generated columns generate themselves. */
async function listTables(client: pg.ClientBase, scope: Scope): Promise<readonly Table[]> {
  const { rows } = await client.query<Table>(
    `
    select format('%I.%I', n.nspname, c.relname) as name,
           array(select quote_ident(a.attname) from pg_attribute a
                 where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                 order by a.attnum) as columns,
           array(select quote_ident(a.attname) from pg_index i
                 cross join unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
                 join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
                 where i.indrelid = c.oid and i.indisprimary order by k.place) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
      and ($1 or (
        c.relpersistence = 'p' and n.nspname <> 'graphile_worker'
        and (n.nspname, c.relname) <> ('public', 'callroom_schema')
        and coalesce(obj_description(c.oid, 'pg_class'), '') not like 'not in backups%'))
    order by 1`,
    [scope === "everything"],
  );
  return rows;
}

// Rows leave in the order of their keys or in none: the order on disk would tell the order of acts, and so might
// that of random(), whose state can be worked out.
function copyOutOf({ name, columns, key }: Table, cluster: ClusterName): string {
  const order = cluster === "nameless" || key.length === 0 ? "gen_random_uuid()" : key.join(", ");
  return `copy (select ${columns.join(", ")} from ${name} order by ${order}) to stdout`;
}

async function listPartitions(client: pg.ClientBase) {
  const { rows } = await client.query<{ parent: string; name: string; bound: string }>(`
    select format('%I.%I', pn.nspname, p.relname) as parent, format('%I.%I', n.nspname, c.relname) as name,
           pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_inherits i on i.inhrelid = c.oid
    join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
    where c.relispartition and c.relkind = 'r' order by 1, 2`);
  return rows;
}

async function listSequences(client: pg.ClientBase, scope: Scope) {
  const { rows } = await client.query<{ sequence: string; value: string }>(
    `
    select format('%I.%I', schemaname, sequencename) as sequence, last_value::text as value
    from pg_sequences
    where schemaname !~ '^pg_' and ($1 or schemaname <> 'graphile_worker') and last_value is not null
    order by 1`,
    [scope === "everything"],
  );
  return rows;
}

/**
 * Empties the tables and takes foreign keys and triggers away; gives the statements that bring them back,
 * which check every row at once.
 */
async function takeAwayChecks(
  client: pg.ClientBase,
  tables: readonly Table[],
): Promise<readonly string[]> {
  const ours = tables.map(({ name }) => name);
  const keys = await client.query<{ table: string; name: string; definition: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, quote_ident(k.conname) as name,
            pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     join pg_class r on r.oid = k.confrelid join pg_namespace m on m.oid = r.relnamespace
     where k.contype = 'f' and k.conparentid = 0
       -- Also of a table that is in no backup: what it points at could not be emptied otherwise.
       and (format('%I.%I', n.nspname, c.relname) = any ($1) or format('%I.%I', m.nspname, r.relname) = any ($1))`,
    [ours],
  );
  const triggers = await client.query<{ table: string; name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, quote_ident(t.tgname) as name
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and t.tgenabled = 'O' and t.tgparentid = 0
       and format('%I.%I', n.nspname, c.relname) = any ($1)`,
    [ours],
  );
  for (const { table, name } of keys.rows)
    await client.query(`alter table ${table} drop constraint ${name}`);
  for (const { table, name } of triggers.rows)
    await client.query(`alter table ${table} disable trigger ${name}`);
  if (ours.length > 0) await client.query(`truncate ${ours.join(", ")}`);
  return [
    ...keys.rows.map(
      ({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`,
    ),
    ...triggers.rows.map(({ table, name }) => `alter table ${table} enable trigger ${name}`),
  ];
}

async function loadTable(
  client: pg.ClientBase,
  frames: AsyncGenerator<Frame>,
  opening: Buffer,
): Promise<{ table: string; rows: number }> {
  const { table, columns } = json(opening) as { table: string; columns: string[] };
  let promised = -1;
  const data = async function* () {
    for (;;) {
      const next = await frames.next();
      if (next.done) throw new DamagedBackup(table);
      if (next.value.kind === "E") {
        promised = Number(json(next.value.payload)["rows"]);
        return;
      }
      yield next.value.payload;
    }
  };
  const rows = await copyIn(client, `copy ${table} (${columns.join(", ")}) from stdin`, data());
  if (rows !== promised) throw new DamagedBackup(table);
  return { table, rows };
}

/** Partitions that running code made, which no migration knows. */
async function makePartition(client: pg.ClientBase, payload: Buffer): Promise<void> {
  const { parent, name, bound } = json(payload) as Record<string, string>;
  const known = await client.query<{ there: boolean }>(
    "select to_regclass($1) is not null as there",
    [name],
  );
  if (!known.rows[0]?.there)
    await client.query(`create table ${name} partition of ${parent} ${bound}`);
}

interface Frame {
  readonly kind: string;
  readonly payload: Buffer;
}

const LONGEST_FRAME = 1024 * 1024;

function frame(kind: string, payload: object): Buffer {
  return frameOf(kind, Buffer.from(JSON.stringify(payload)));
}

function frameOf(kind: string, payload: Uint8Array): Buffer {
  const top = Buffer.alloc(5);
  top.write(kind, 0, "latin1");
  top.writeUInt32BE(payload.length, 1);
  return Buffer.concat([top, payload]);
}

function* dataFrames(chunk: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < chunk.length; at += LONGEST_FRAME)
    yield frameOf("D", chunk.subarray(at, at + LONGEST_FRAME));
}

async function* readFrames(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let held = Buffer.alloc(0);
  for await (const part of stream) {
    held = held.length === 0 ? Buffer.from(part) : Buffer.concat([held, part]);
    let at = 0;
    while (held.length - at >= 5) {
      const length = held.readUInt32BE(at + 1);
      if (length > LONGEST_FRAME) throw new DamagedBackup("a frame too long");
      if (held.length - at - 5 < length) break;
      const kind = String.fromCharCode(held[at]!);
      yield { kind, payload: held.subarray(at + 5, at + 5 + length) };
      at += 5 + length;
    }
    held = held.subarray(at);
  }
  if (held.length > 0) throw new DamagedBackup("in the middle of a frame");
}

function json(payload: Buffer): Record<string, unknown> {
  return JSON.parse(payload.toString("utf8")) as Record<string, unknown>;
}
