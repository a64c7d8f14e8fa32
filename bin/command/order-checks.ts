/** The doctor's look at what a server keeps of the order and the times of acts (rule 1), and at the room for the night. */
import { statfs } from "node:fs/promises";
import type pg from "pg";
import type { ClusterName } from "../../src/platform/server/migrations.ts";
import { mayRemoveLog } from "../../src/platform/server/shuffle.ts";
import { good, note, wrong, type Finding } from "./finding.ts";

const CHECK = { named: "order of writes", nameless: "order of acts" } as const;

/** Each of these writes the acts themselves down, for as long as somebody keeps what was written. */
const KEEPING = [
  [
    "archive_mode <> 'off'",
    "archive_mode is on: an archive of the write-ahead log is a diary of every act, to the microsecond.",
  ],
  [
    "track_commit_timestamp = 'on'",
    "track_commit_timestamp is on: the server can tell when each row was written.",
  ],
  [
    "log_statement <> 'none' or log_min_duration_statement <> '-1' or log_duration = 'on'",
    "The server logs statements: set log_statement = none, log_min_duration_statement = -1 and log_duration = off.",
  ],
] as const;

/** These only leave traces for longer than the server needs to. */
const LINGERING = [
  [
    "wal_recycle = 'on'",
    "wal_recycle is on: old write-ahead log stays in the files until it is written over. Set it off.",
  ],
  [
    "wal_level = 'logical' or max_wal_senders <> '0'",
    "Other servers may follow this one (max_wal_senders): each has its own copy of the write-ahead log.",
  ],
] as const;

const LINGERING_AT = {
  named: [
    [
      "autovacuum = 'on' and autovacuum_analyze_threshold <> '2147483647'",
      "The server takes samples of what people wrote when enough was written. Callroom needs none: set autovacuum_analyze_threshold = 2147483647.",
    ],
  ],
  nameless: [
    [
      "track_counts = 'on'",
      "track_counts is on: the server notes how often, and when last, each table was written. Callroom vacuums by itself here, so it can be off together with autovacuum.",
    ],
  ],
} as const;

/** On the named side an archive may be worth its traces to an operator, so nothing there is wrong. */
export async function checkOrder(
  client: pg.Client,
  cluster: ClusterName,
): Promise<readonly Finding[]> {
  const check = CHECK[cluster];
  const keeping = cluster === "nameless" ? wrong : note;
  const findings = [
    ...(await wordsWhere(client, KEEPING)).map((words) => keeping(check, words)),
    ...(await wordsWhere(client, [...LINGERING, ...LINGERING_AT[cluster]])).map((words) =>
      note(check, words),
    ),
  ];
  if (!(await mayRemoveLog(client)))
    findings.push(
      note(
        check,
        "Callroom may not shorten the write-ahead log here. A superuser can let it: grant pg_checkpoint to callroom; grant execute on function pg_switch_wal() to callroom;",
      ),
    );
  return findings.length > 0
    ? findings
    : [good(check, "kept until the night in the files, and no longer; times for twenty minutes")];
}

/** Sorting, the sorted rows and the new file lie beside the old one until the transaction ends. */
const TIMES_AT_NIGHT = 3;
const MIB = 1024 ** 2;

/** `folder` lies on the disk of the server's own files. */
export async function checkNightRoom(
  client: pg.Client,
  cluster: ClusterName,
  folder: string,
): Promise<Finding> {
  const { rows } = await client.query<{ largest: number }>(
    `select coalesce(max(pg_total_relation_size(oid)), 0)::float8 as largest from pg_class
     where relkind = 'r' and relnamespace::regnamespace::text !~ '^(pg_|information_schema|registry$)'`,
  );
  const needed = rows[0]!.largest * TIMES_AT_NIGHT;
  const { bavail, bsize } = await statfs(folder);
  const words = `${Math.ceil(needed / MIB)} MB for writing the largest table of the ${cluster} database anew`;
  return bavail * bsize < needed
    ? wrong("room at night", `There are not ${words}: the order of writes stays in the files.`)
    : good("room at night", words);
}

async function wordsWhere(
  client: pg.Client,
  conditions: readonly (readonly [string, string])[],
): Promise<readonly string[]> {
  const settings = conditions.map(([condition]) =>
    condition.replaceAll(/\b([a-z]+(?:_[a-z]+)+|autovacuum)\b/g, "current_setting('$1')"),
  );
  const { rows } = await client.query<{ found: boolean[] }>(
    `select array[${settings.join(", ")}] as found`,
  );
  return conditions.flatMap(([, words], at) => (rows[0]!.found[at] ? [words] : []));
}
