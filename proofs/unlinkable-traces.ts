/**
 * What somebody with all files of both clusters has: every row with the transaction that wrote it and its place,
 * dead versions on the pages, and out of the write-ahead log the time of each commit. Read through the running
 * server, which shows no less than a copy of its files would.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { spentKey } from "#pass/spent.ts";
import { parsePass } from "#pass/token.ts";
import { bytesToBase64url, bytesToUuid } from "#platform/bytes.ts";
import type { ClusterName } from "#platform/server/migrations.ts";
import type { BentInstance } from "./bent-instance.ts";

/** A row that belongs to somebody: an account, or a pseudonym. */
export interface TracedRow {
  readonly who: string;
  /** Number of the transaction that wrote it. */
  readonly xmin: number;
  /** Place in the file; null for a version that is dead. */
  readonly place: number | null;
  readonly bytes: number;
}

export interface Traces {
  /** By table. */
  readonly named: ReadonlyMap<string, readonly TracedRow[]>;
  readonly nameless: ReadonlyMap<string, readonly TracedRow[]>;
  /** The machine's milliseconds by transaction, as far as the log goes back. */
  readonly commits: Readonly<Record<ClusterName, ReadonlyMap<number, number>>>;
  /** A thread's rows name nobody: whoever sits in the circle may have said it. */
  readonly said: readonly TracedRow[];
  readonly circleByPseudonym: ReadonlyMap<string, string>;
  /** How often each account's safe was written, how often a record of it at most, how many and how much it holds. */
  readonly safes: ReadonlyMap<
    string,
    {
      readonly sequence: number;
      readonly version: number;
      readonly records: number;
      readonly bytes: number;
    }
  >;
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

  const seats = await query<{ circle: string; pseudonym: Buffer }>(
    "nameless",
    "select circle, pseudonym from circles.seat",
  );
  const safes = await query<{
    id: string;
    sequence: string;
    bytes: string;
    version: number;
    records: string;
  }>(
    "named",
    `select s.id, s.sequence, s.bytes_used as bytes, coalesce(max(r.version), 0)::int as version,
       count(r.safe) as records
     from vault.safe s left join vault.record r on r.safe = s.id group by s.id`,
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
    said: await tracedRows(instance, "nameless", "circles.message", "circle"),
    circleByPseudonym: new Map(
      seats.map(({ circle, pseudonym }) => [bytesToBase64url(pseudonym), circle]),
    ),
    safes: new Map(
      safes.map(({ id, sequence, bytes, version, records }) => [
        id,
        { sequence: Number(sequence), bytes: Number(bytes), version, records: Number(records) },
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
  const rows = await query<Placed & { readonly who: string | Buffer | null }>(
    cluster,
    `select ${who} as who, ${PLACED} from ${table} t`,
  );
  return rows.flatMap(({ who: whose, ...rest }) =>
    whose === null
      ? []
      : [traced(typeof whose === "string" ? whose : bytesToBase64url(whose), rest)],
  );
}

interface Placed {
  readonly xmin: string;
  readonly page: number;
  readonly item: number;
  readonly bytes: number;
}

const PLACED = `t.xmin::text as xmin, (t.ctid::text::point)[0]::int as page,
  (t.ctid::text::point)[1]::int as item, octet_length(t::text) as bytes`;

const traced = (who: string, { xmin, page, item, bytes }: Placed): TracedRow => ({
  who,
  xmin: Number(xmin),
  place: page * 1000 + item,
  bytes,
});

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
  const rows = await query<Placed & { readonly pass: Buffer }>(
    "nameless",
    `select pass, ${PLACED} from pass.spent t`,
  );
  return rows.flatMap(({ pass, ...rest }) => {
    const who = whoByPass.get(pass.toString("hex"));
    return who === undefined ? [] : [traced(who, rest)];
  });
}

const PAGE_BYTES = 8192;

/** Versions that were written over and still lie on their pages (PostgreSQL, storage-page-layout). */
async function deadRecords({ query }: BentInstance): Promise<TracedRow[]> {
  await query("named", "checkpoint");
  const parts = await query<{ file: string }>(
    "named",
    `select current_setting('data_directory') || '/' || pg_relation_filepath(relid) as file
     from pg_partition_tree('vault.record') where isleaf`,
  );
  const files = await Promise.all(parts.map(({ file }) => readFile(file)));
  return files.flatMap(deadIn);
}

function deadIn(bytes: Buffer): TracedRow[] {
  const rows: TracedRow[] = [];
  for (let page = 0; page + PAGE_BYTES <= bytes.length; page += PAGE_BYTES) {
    const lower = bytes.readUInt16LE(page + 12);
    for (let item = 24; item + 4 <= lower; item += 4) {
      const pointer = bytes.readUInt32LE(page + item);
      const [offset, flags, length] = [pointer & 0x7fff, (pointer >>> 15) & 3, pointer >>> 17];
      if (flags !== 1) continue;
      const tuple = page + offset;
      const isDead = bytes.readUInt32LE(tuple + 4) !== 0;
      if (!isDead) continue;
      const who = bytesToUuid(bytes.subarray(tuple + bytes[tuple + 22]!).subarray(0, 16));
      rows.push({ who, xmin: bytes.readUInt32LE(tuple), place: null, bytes: length });
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

export const CLUSTERS = ["named", "nameless"] as const;

/**
 * How many accounts lie in a file of the nameless cluster and pseudonyms in one of the named cluster: rows, old
 * versions of them, indexes, and the write-ahead log, as bytes, base64url or hex.
 */
export async function othersIn(
  instance: BentInstance,
  truth: ReadonlyMap<string, string>,
): Promise<number> {
  const accounts = [...new Set(truth.values())].flatMap((account) => {
    const hex = account.replaceAll("-", "");
    return [Buffer.from(hex, "hex"), Buffer.from(hex), Buffer.from(account)];
  });
  const pseudonyms = [...truth.keys()].flatMap((pseudonym) => {
    const key = Buffer.from(pseudonym, "base64url");
    return [key, Buffer.from(key.toString("hex")), Buffer.from(pseudonym)];
  });
  const those = { named: pseudonyms, nameless: accounts };
  let found = 0;
  for (const cluster of CLUSTERS) {
    await instance.query(cluster, "checkpoint");
    const [folder] = await instance.query<{ path: string }>(
      cluster,
      "select current_setting('data_directory') as path",
    );
    found += await countIn(folder!.path, those[cluster]);
  }
  return found;
}

/** Of so many words at once: each place is looked up by its next four bytes. */
async function countIn(folder: string, words: readonly Buffer[]): Promise<number> {
  const wordsByStart = Map.groupBy(words, (word) => word.readUInt32LE(0));
  const found = new Set<Buffer>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    for (let at = 0; at + 4 <= bytes.length; at++) {
      const likely = wordsByStart.get(bytes.readUInt32LE(at));
      for (const word of likely ?? [])
        if (bytes.subarray(at, at + word.length).equals(word)) found.add(word);
    }
  }
  return found.size;
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
       as values
     from circles.pseudonym p`,
  );
  const present = (values: readonly (string | null)[]) =>
    values.filter((each): each is string => each !== null && each.length >= 32);
  return new Map([
    ...accounts.map(({ who, values }) => [who, present(values)] as const),
    ...pseudonyms.map(({ who, values }) => [bytesToBase64url(who), present(values)] as const),
  ]);
}
