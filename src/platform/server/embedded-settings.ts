/**
 * The whole configuration of an embedded cluster. Durable first; reachable through its socket only; and
 * silent: no statement, value, connection or error text of a session reaches its log.
 */
import type { ClusterName } from "./migrations.ts";

export function postgresqlConf(cluster: ClusterName, socketFolder: string): string {
  const settings: Record<string, string> = {
    listen_addresses: "''",
    port: String(SOCKET_PORT),
    unix_socket_directories: quoted(socketFolder),
    unix_socket_permissions: "0700",
    max_connections: "60",
    shared_buffers: "64MB",
    huge_pages: "off",
    // Three processes fewer a cluster; nothing here is read in bulk.
    io_method: "sync",
    // Containers often have 64 MB of shared memory, which parallel workers would need.
    max_parallel_workers_per_gather: "0",
    jit: "off",

    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    wal_level: "minimal",
    max_wal_senders: "0",
    max_logical_replication_workers: "0",
    archive_mode: "off",
    min_wal_size: "32MB",
    max_wal_size: "256MB",
    // Segments that are kept to be written over have the time of every commit in them: rule 1 of the promises.
    wal_recycle: "off",
    track_commit_timestamp: "off",
    // Dead rows may go at any time. Samples of values may not be taken: they keep what was there at a moment that acts
    // brought about, deleted rows among it.
    autovacuum_analyze_threshold: "2147483647",

    timezone: "'UTC'",
    log_timezone: "'UTC'",
    lc_messages: "'C'",
    datestyle: "'iso, ymd'",

    log_destination: "'stderr'",
    logging_collector: "off",
    // Above ERROR, because an error's own text may quote what somebody typed.
    log_min_messages: "log",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_statement: "'none'",
    log_min_duration_statement: "-1",
    log_parameter_max_length: "0",
    log_parameter_max_length_on_error: "0",
    log_connections: "''",
    log_disconnections: "off",
    log_checkpoints: "off",
    log_lock_waits: "off",
    log_autovacuum_min_duration: "-1",
    log_temp_files: "-1",
    log_line_prefix: "'%t '",
  };
  if (cluster === "nameless") {
    settings["max_wal_size"] = "64MB";
    // Counts and times of what was read and written, by table, would lie in a file, and the nightly job vacuums.
    settings["track_counts"] = "off";
    settings["track_activities"] = "off";
    settings["autovacuum"] = "off";
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return ["# Written by Callroom at every start.", ...lines, ""].join("\n");
}

/** Who passes the socket's folder (its owner and root) could read the files as well. */
export const PG_HBA = "# Written by Callroom at every start.\nlocal all all trust\n";

/** Part of the socket's file name; nothing listens on a network port. */
export const SOCKET_PORT = 5432;

function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}
