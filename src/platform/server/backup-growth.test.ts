import { execFile, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { redact } from "../redacted.ts";
import { backupRefusalToWords, checkBackup, loadBackup, makeBackup } from "./backup.ts";
import { clusterRefusalToWords, openClusters, type OpenClusters } from "./clusters.ts";
import { silentLog } from "./log.ts";
import { migrate } from "./migrations.ts";
import { openSecrets } from "./secrets.ts";

// Real databases and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** The oldest PostgreSQL we support, as Debian has it. */
const FIFTEEN = "/usr/lib/postgresql/15/bin";
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const run = promisify(execFile);

let base: string;
let embedded: OpenClusters;
let fifteen: ChildProcess;

beforeAll(async () => {
  if (!existsSync(FIFTEEN)) return;
  base = await mkdtemp(join(tmpdir(), "callroom-growth-"));
  await chmod(base, 0o755);
  const folder = join(base, "fifteen");
  await mkdir(folder);
  if (NOBODY.uid !== undefined) await chown(folder, NOBODY.uid, NOBODY.gid);
  const data = join(folder, "data");
  await run(
    join(FIFTEEN, "initdb"),
    ["-D", data, "-U", "admin", "-A", "trust", "-E", "UTF8", "-N"],
    {
      cwd: folder,
      env: { LC_ALL: "C" },
      ...NOBODY,
    },
  );
  fifteen = spawn(
    join(FIFTEEN, "postgres"),
    ["-D", data, "-k", folder, "-c", "listen_addresses="],
    {
      cwd: folder,
      stdio: "ignore",
      env: { LC_ALL: "C" },
      ...NOBODY,
    },
  );
  for (;;) {
    const admin = new pg.Client({ host: folder, user: "admin", database: "postgres" });
    try {
      await admin.connect();
      // No superuser: what a managed service gives.
      await admin.query("create role callroom login createrole");
      for (const name of ["grown", "grown_nameless"])
        await admin.query(
          `create database ${name} owner callroom template template0 lc_collate 'C' lc_ctype 'C'`,
        );
      await admin.end();
      break;
    } catch (error) {
      await admin.end().catch(() => undefined);
      if (!/ENOENT|ECONNREFUSED|starting/.test(String(error))) throw error;
      await sleep(50);
    }
  }
  const opened = await openClusters(
    {
      dataDir: join(base, "data"),
      databases: { named: { kind: "embedded" }, nameless: { kind: "embedded" } },
      acceptOneServer: false,
    },
    silentLog,
  );
  if (!opened.ok) throw new Error(clusterRefusalToWords(opened.refusal));
  embedded = opened.value;
});

afterAll(async () => {
  if (!existsSync(FIFTEEN)) return;
  await embedded.stop();
  const gone = new Promise((settle) => fifteen.once("exit", settle));
  fifteen.kill("SIGINT");
  await gone;
  await rm(base, { recursive: true });
});

const oneRow = async (address: pg.PoolConfig, sql: string) => {
  const client = new pg.Client(address);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows[0];
  } finally {
    await client.end();
  }
};

test.runIf(existsSync(FIFTEEN))(
  "a community grows out of the embedded 18 into an owner's databases on a server of 15, by a backup",
  async () => {
    for (const cluster of ["named", "nameless"] as const) {
      const client = new pg.Client(embedded[cluster]);
      await client.connect();
      await migrate(client, cluster);
      await client.end();
    }
    const sealed = randomBytes(300_000).toString("hex");
    await oneRow(
      embedded.named,
      `with safe as (insert into vault.safe (id) values (gen_random_uuid()) returning id)
       insert into vault.record select id, '\\x${"00".repeat(16)}', '\\x${"01".repeat(16)}', 1, 1, '\\x${sealed}' from safe`,
    );
    const digest =
      "select count(*)::int as n, md5(string_agg(t::text, '|' order by id)) as all from vault.record t";
    const before = await oneRow(embedded.named, digest);
    expect(before?.["n"]).toBe(1);

    const secretsFile = join(base, "data", "secrets.json");
    await openSecrets(secretsFile, { make: true });
    const folder = join(base, "backup");
    const passphrase = "a passphrase for growing";
    const common = { onTable: () => undefined };
    const made = await makeBackup({
      ...common,
      folder,
      addresses: embedded,
      secretsFile,
      passphrase,
      today: "2026-11-22",
    });
    expect(made.ok).toBe(true);
    const checked = await checkBackup(folder, passphrase);
    if (!checked.ok) throw new Error(backupRefusalToWords(checked.refusal));

    const host = encodeURIComponent(join(base, "fifteen"));
    const address = (database: string) =>
      ({ kind: "address", url: redact(`postgres://callroom@${host}/${database}`) }) as const;
    const grown = await openClusters(
      {
        dataDir: join(base, "grown"),
        databases: { named: address("grown"), nameless: address("grown_nameless") },
        acceptOneServer: true,
      },
      silentLog,
    );
    if (!grown.ok) throw new Error(clusterRefusalToWords(grown.refusal));
    expect(grown.value.oneServer).toBe(true);
    const there = join(base, "grown", "secrets.json");
    const loaded = await loadBackup(checked.value, {
      ...common,
      addresses: grown.value,
      secretsFile: there,
      today: "2026-12-05",
    });
    expect(loaded).toEqual({ ok: true, value: null });
    expect(await oneRow(grown.value.named, digest)).toEqual(before);
    expect(await oneRow(grown.value.named, "show server_version_num")).toMatchObject({
      server_version_num: expect.stringMatching(/^15/) as unknown,
    });
  },
);
