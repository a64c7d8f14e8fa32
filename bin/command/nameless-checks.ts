/** The doctor's look at what the nameless server keeps of the order and the times of acts (rule 1). */
import type pg from "pg";
import { mayRemoveLog } from "../../src/platform/server/shuffle.ts";
import { good, note, wrong, type Finding } from "./finding.ts";

const CHECK = "order of acts";

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
  [
    "track_counts = 'on'",
    "track_counts is on: the server notes how often, and when last, each table was written. Callroom vacuums by itself here, so it can be off together with autovacuum.",
  ],
] as const;

export async function checkOrder(client: pg.Client): Promise<readonly Finding[]> {
  const findings = [
    ...(await wordsWhere(client, KEEPING)).map((words) => wrong(CHECK, words)),
    ...(await wordsWhere(client, LINGERING)).map((words) => note(CHECK, words)),
  ];
  if (!(await mayRemoveLog(client)))
    findings.push(
      note(
        CHECK,
        "Callroom may not shorten the write-ahead log here. A superuser can let it: grant pg_checkpoint to callroom; grant execute on function pg_switch_wal() to callroom;",
      ),
    );
  return findings.length > 0
    ? findings
    : [good(CHECK, "kept until the night in the files, and no longer; times for twenty minutes")];
}

async function wordsWhere(
  client: pg.Client,
  conditions: readonly (readonly [string, string])[],
): Promise<readonly string[]> {
  const settings = conditions.map(([condition]) =>
    condition.replaceAll(/\b([a-z]+(?:_[a-z]+)+)\b/g, "current_setting('$1')"),
  );
  const { rows } = await client.query<{ found: boolean[] }>(
    `select array[${settings.join(", ")}] as found`,
  );
  return conditions.flatMap(([, words], at) => (rows[0]!.found[at] ? [words] : []));
}
