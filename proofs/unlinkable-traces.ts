/**
 * What somebody with all files of both clusters has: every row with the transaction that wrote it and its place,
 * dead versions on the pages, and out of the write-ahead log the time of each commit. Read through the running
 * server, which shows no less than a copy of its files would.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { spentKey } from "#pass/spent.ts";
import { parsePass } from "#pass/token.ts";
import { bytesToBase64url } from "#platform/bytes.ts";
import type { ClusterName } from "#platform/server/migrations.ts";
import type { BentInstance } from "./bent-instance.ts";

/** A row that belongs to somebody: an account, or a pseudonym. */
export interface TracedRow {
  readonly who: string;
  /** Number of the transaction that wrote it. */
  readonly xmin: number;
  /** Place in the file; null for a version that is dead. */
  readonly place: number | null;
}

export interface Traces {
  /** By table. */
  readonly named: ReadonlyMap<string, readonly TracedRow[]>;
  readonly nameless: ReadonlyMap<string, readonly TracedRow[]>;
  /** The machine's milliseconds by transaction, as far as the log goes back. */
  readonly commits: Readonly<Record<ClusterName, ReadonlyMap<number, number>>>;
  /** What the thread tells by itself. */
  readonly said: readonly {
    readonly who: string;
    readonly minute: number;
    readonly bytes: number;
  }[];
  /** How often each account's safe was written, and how much it holds. */
  readonly safes: ReadonlyMap<string, { readonly sequence: number; readonly bytes: number }>;
  /** Everything of sixteen bytes and more that a row of that side holds, as hex. */
  readonly valuesByWho: ReadonlyMap<string, readonly string[]>;
  readonly holders: readonly string[];
}

const NAMED_TABLES = {
  "vault.record": "safe",
  "vault.safe": "id",
  "identity.session": "account",
  "identity.account": "id",
  "pass.issued": "account",
} as const;

const NAMELESS_TABLES = {
  "circles.pseudonym": "key",
  "circles.waiting": "pseudonym",
  "circles.seat": "pseudonym",
  "circles.message": "sender",
  "circles.log_entry": "signer",
} as const;

export async function readTraces(instance: BentInstance, period: string): Promise<Traces> {
  const { query } = instance;
  const named = new Map<string, TracedRow[]>();
  for (const [table, column] of Object.entries(NAMED_TABLES))
    named.set(table, await tracedRows(instance, "named", table, column));
  named.get("vault.record")!.push(...(await deadRecords(instance)));
  const nameless = new Map<string, TracedRow[]>();
  for (const [table, column] of Object.entries(NAMELESS_TABLES))
    nameless.set(table, await tracedRows(instance, "nameless", table, column));
  nameless.set("pass.spent", await spentRows(instance));

  const said = await query<{ who: Buffer; minute: number; bytes: number }>(
    "nameless",
    "select sender as who, minute, coalesce(length(sealed), 0) as bytes from circles.message",
  );
  const safes = await query<{ id: string; sequence: string; bytes: string }>(
    "named",
    "select id, sequence, bytes_used as bytes from vault.safe",
  );
  const holders = await query<{ account: string }>(
    "named",
    `select account from pass.issued where period = '${period}' order by account`,
  );
  return {
    named,
    nameless,
    commits: {
      named: await commitTimes(instance, "named"),
      nameless: await commitTimes(instance, "nameless"),
    },
    said: said.map(({ who, ...rest }) => ({ who: bytesToBase64url(who), ...rest })),
    safes: new Map(
      safes.map(({ id, sequence, bytes }) => [
        id,
        { sequence: Number(sequence), bytes: Number(bytes) },
      ]),
    ),
    valuesByWho: await longValues(instance),
    holders: holders.map(({ account }) => account),
  };
}

async function tracedRows(
  { query }: BentInstance,
  cluster: ClusterName,
  table: string,
  column: string,
): Promise<TracedRow[]> {
  const who = column === "signer" ? "entry->>'signer'" : column;
  const rows = await query<{
    who: string | Buffer | null;
    xmin: string;
    page: number;
    item: number;
  }>(
    cluster,
    `select ${who} as who, xmin::text as xmin,
            (ctid::text::point)[0]::int as page, (ctid::text::point)[1]::int as item from ${table}`,
  );
  return rows.flatMap(({ who: whose, xmin, page, item }) =>
    whose === null
      ? []
      : [
          {
            who: typeof whose === "string" ? whose : bytesToBase64url(whose),
            xmin: Number(xmin),
            place: page * 1000 + item,
          },
        ],
  );
}

/** The badge that lies open beside the pseudonym says which row of the spent list is whose. */
async function spentRows({ query }: BentInstance): Promise<TracedRow[]> {
  const pseudonyms = await query<{ key: Buffer; badge: Buffer }>(
    "nameless",
    "select key, badge from circles.pseudonym",
  );
  const whoByPass = new Map(
    pseudonyms.map(({ key, badge }) => [
      Buffer.from(spentKey(parsePass(badge)!)).toString("hex"),
      bytesToBase64url(key),
    ]),
  );
  const rows = await query<{ pass: Buffer; xmin: string; page: number; item: number }>(
    "nameless",
    `select pass, xmin::text as xmin,
            (ctid::text::point)[0]::int as page, (ctid::text::point)[1]::int as item from pass.spent`,
  );
  return rows.flatMap(({ pass, xmin, page, item }) => {
    const who = whoByPass.get(pass.toString("hex"));
    return who === undefined ? [] : [{ who, xmin: Number(xmin), place: page * 1000 + item }];
  });
}

const PAGE_BYTES = 8192;

/** Versions that were written over and still lie on their pages (PostgreSQL, storage-page-layout). */
async function deadRecords({ query }: BentInstance): Promise<TracedRow[]> {
  await query("named", "checkpoint");
  const [found] = await query<{ file: string }>(
    "named",
    "select current_setting('data_directory') || '/' || pg_relation_filepath('vault.record') as file",
  );
  const bytes = await readFile(found!.file);
  const rows: TracedRow[] = [];
  for (let page = 0; page + PAGE_BYTES <= bytes.length; page += PAGE_BYTES) {
    const lower = bytes.readUInt16LE(page + 12);
    for (let item = 24; item + 4 <= lower; item += 4) {
      const pointer = bytes.readUInt32LE(page + item);
      const [offset, flags] = [pointer & 0x7fff, (pointer >>> 15) & 3];
      if (flags !== 1) continue;
      const tuple = page + offset;
      const isDead = bytes.readUInt32LE(tuple + 4) !== 0;
      if (!isDead) continue;
      const safe = bytes
        .subarray(tuple + bytes[tuple + 22]!)
        .subarray(0, 16)
        .toString("hex");
      const who = safe.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
      rows.push({ who, xmin: bytes.readUInt32LE(tuple), place: null });
    }
  }
  return rows;
}

/** Microseconds from 1970 to 2000, where PostgreSQL's time begins. */
const PG_EPOCH_US = 946_684_800_000_000n;
const COMMIT = 0x00;
const RM_XACT = 1;
const DATA_SHORT = 255;

/**
 * Commit records of all segments that lie there, in use or kept to be used again: a header of 24 bytes (length,
 * transaction, previous, info, resource manager, check sum), then its data, which begin with the time.
 */
async function commitTimes(
  { query }: BentInstance,
  cluster: ClusterName,
): Promise<ReadonlyMap<number, number>> {
  const [found] = await query<{ folder: string }>(
    cluster,
    "select current_setting('data_directory') || '/pg_wal' as folder",
  );
  const { folder } = found!;
  const commits = new Map<number, number>();
  for (const name of await readdir(folder)) {
    if (!/^[0-9A-F]{24}$/.test(name)) continue;
    const bytes = await readFile(join(folder, name)).catch(() => Buffer.alloc(0));
    for (let at = 0; at + 40 <= bytes.length; at += 8) {
      if (bytes[at + 17] !== RM_XACT || (bytes[at + 16]! & 0x70) !== COMMIT) continue;
      const length = bytes.readUInt32LE(at);
      if (length < 34 || length > 4096 || bytes[at + 24] !== DATA_SHORT) continue;
      const time = Number((bytes.readBigInt64LE(at + 26) + PG_EPOCH_US) / 1000n);
      if (Math.abs(time - Date.now()) < 24 * 3600_000)
        commits.set(bytes.readUInt32LE(at + 4), time);
    }
  }
  return commits;
}

/** For a join by keys and ids: nothing of one side may turn up on the other. */
async function longValues({ query }: BentInstance): Promise<Map<string, string[]>> {
  const accounts = await query<{ who: string; values: (string | null)[] }>(
    "named",
    `select a.id as who, array[replace(a.id::text, '-', ''), encode(login_id, 'hex'), encode(email_index, 'hex'),
       encode(hpke_key, 'hex'), encode(signing_key, 'hex'), encode(recovery_key, 'hex')]
       || array(select encode(request, 'hex') from pass.issued i where i.account = a.id)
       || array(select encode(id, 'hex') from vault.record r where r.safe = a.id)
       || array(select encode(collection, 'hex') from vault.record r where r.safe = a.id) as values
     from identity.account a`,
  );
  const pseudonyms = await query<{ who: Buffer; values: (string | null)[] }>(
    "nameless",
    `select key as who, array[encode(key, 'hex'), encode(badge, 'hex'), encode(hpke_key, 'hex'),
       encode(binding, 'hex')]
       || array(select encode(employer, 'hex') from circles.waiting w where w.pseudonym = p.key)
       || array(select encode(id, 'hex') from circles.message m where m.sender = p.key)
       || array(select encode(commitment, 'hex') from circles.message m where m.sender = p.key) as values
     from circles.pseudonym p`,
  );
  const present = (values: readonly (string | null)[]) =>
    values.filter((each): each is string => each !== null && each.length >= 32);
  return new Map([
    ...accounts.map(({ who, values }) => [who, present(values)] as const),
    ...pseudonyms.map(({ who, values }) => [bytesToBase64url(who), present(values)] as const),
  ]);
}
