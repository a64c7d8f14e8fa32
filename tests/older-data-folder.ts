/**
 * A data folder as a Callroom of an older PostgreSQL left it: both clusters with their programs beside them,
 * the schema of today, and rows in many tables, jobs among them.
 */
import { execFile } from "node:child_process";
import { chmod, chown, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { findDatabaseHome, type DatabaseHome } from "#platform/server/database-user.ts";
import { startEmbedded } from "#platform/server/embedded-postgres.ts";
import { PG_HBA, postgresqlConf } from "#platform/server/embedded-settings.ts";
import { migrateJobs } from "#platform/server/jobs.ts";
import { silentLog } from "#platform/server/log.ts";
import { migrate, type ClusterName } from "#platform/server/migrations.ts";
import { layOlderPrograms } from "./older-postgres.ts";

const run = promisify(execFile);

/** False where no older programs are to be had. */
export async function makeOlderDataFolder(dataDir: string): Promise<boolean> {
  await mkdir(dirname(dataDir), { recursive: true });
  await chmod(dirname(dataDir), 0o755);
  const home = await findDatabaseHome(dataDir);
  if (!home.ok) throw new Error(home.refusal.type);
  const { folder } = home.value;
  const programs = await layOlderPrograms(folder);
  if (programs === null) return false;
  await Promise.all(
    (["named", "nameless"] as const).map((cluster) =>
      makeOlderCluster(dataDir, cluster, home.value, programs),
    ),
  );
  return true;
}

async function makeOlderCluster(
  dataDir: string,
  cluster: ClusterName,
  { folder, user }: DatabaseHome,
  programs: string,
): Promise<void> {
  const place = join(folder, cluster);
  await mkdir(place, { mode: 0o700 });
  if (user) await chown(place, user.uid, user.gid);
  await run(
    join(programs, "bin", "initdb"),
    ["-D", place, "-U", "callroom", "--encoding=UTF8", "--locale=C", "--auth=trust", "-N"],
    { cwd: place, env: { LC_ALL: "C", TZ: "UTC" }, ...user },
  );
  // What came with 18 was not there to be written.
  const settings = postgresqlConf(cluster, `${place}-socket`)
    .replace(/^io_method .*\n/m, "")
    .replace("log_connections = ''", "log_connections = off");
  await writeFile(join(place, "postgresql.conf"), settings);
  await writeFile(join(place, "pg_hba.conf"), PG_HBA);
  const started = await startEmbedded({ dataDir, cluster, log: silentLog, keepMajor: true });
  if (!started.ok) throw new Error(started.refusal.type);
  const client = new pg.Client(started.value.address);
  await client.connect();
  await migrate(client, cluster);
  if (cluster === "named") {
    await migrateJobs(started.value.address);
    await client.query(ROWS);
  }
  await client.end();
  await started.value.stop();
}

const ROWS = `
  insert into identity.community (only_one, name, country, floor, sample) values (true, 'Old \\ house' || E'\\t' || 'of "all"', 'AT', 8, false);
  insert into identity.account (id, login_id, opaque_record, email_index, email_sealed, name, stage, roles, time_zone,
                                hpke_key, signing_key, recovery_key, failed_sign_ins)
    select gen_random_uuid(), sha256(('login' || i)::bytea), null, sha256(('index' || i)::bytea), sha256(i::text::bytea),
           'Member ' || i || ' \u00c9', 'resident', array['member', 'a,b', '"q"'], 'Europe/Vienna',
           sha256(('a' || i)::bytea), sha256(('b' || i)::bytea), sha256(('c' || i)::bytea), i
    from generate_series(1, 40) i;
  insert into identity.session (token_hash, id, account, label, expires_month)
    select sha256(id::text::bytea), gen_random_uuid(), id, 'a phone', '2026-12-01' from identity.account;
  insert into vault.safe (id, sequence, bytes_used) select gen_random_uuid(), 50, 50000 from generate_series(1, 40);
  insert into vault.record (safe, collection, id, version, sequence, sealed)
    select id, substr(sha256('c'), 1, 16), substr(sha256(i::text::bytea), 1, 16), 1, i,
           decode(repeat(md5(id::text || i), 60), 'hex')
    from vault.safe, generate_series(1, 50) i;
  insert into coaching.coach (account, state, profile, time_zone, rules)
    select id, 'published', '{"story": "\u00fc", "n": [1, null, 2.50]}', 'Pacific/Chatham', '{}' from identity.account limit 10;
  insert into coaching.exception (coach, on_date, windows) select account, '2026-12-24', '{}' from coaching.coach;
  insert into coaching.calendar (id, coach, kind, label, busy, read_at)
    select gen_random_uuid(), account, 'upload', 'work', '{29000000,29000030}', now() from coaching.coach;
  insert into coaching.booking (id, coach, client, during, kind, state, cancel_notice_hours)
    select gen_random_uuid(), account, (select id from identity.account where failed_sign_ins = 40),
           tstzrange('2026-10-25 01:30+02'::timestamptz + rank * interval '1 hour', '2026-10-25 02:30+02'::timestamptz + rank * interval '1 hour'),
           'session', 'confirmed', 24
    from (select account, rank() over (order by account) from coaching.coach) ranked;
  insert into stewardship.sponsor (id, name) values (gen_random_uuid(), 'A hospital of nowhere');
  comment on table stewardship.sponsor is 'not in backups: to be kept by an upgrade all the same';
  select jobs.enqueue('send-letter', json_build_object('sealed', i), now() + interval '1 day', 'letter ' || i) from generate_series(1, 30) i;
  select jobs.withdraw('letter 30');
  update graphile_worker._private_jobs set attempts = 12, last_error = 'ECONNREFUSED' where key = 'letter 3';
  update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a node that died' where key = 'letter 4';
  insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution) values ('nightly', now(), now());
`;
