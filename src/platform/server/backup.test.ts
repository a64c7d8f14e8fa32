import {
  chmod,
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  backupRefusalToWords,
  checkBackup,
  loadBackup,
  makeBackup,
  makingRefusalToWords,
  type Addresses,
} from "./backup.ts";
import { clusterRefusalToWords, openClusters, type OpenClusters } from "./clusters.ts";
import { silentLog } from "./log.ts";
import { migrate } from "./migrations.ts";
import { openSecrets } from "./secrets.ts";

// Real databases and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PASSPHRASE = "correct horse battery staple";
const EMBEDDED = { kind: "embedded" } as const;

let base: string;
let source: Place;
let target: Place;
let backup: string;

interface Place {
  readonly clusters: OpenClusters;
  readonly addresses: Addresses;
  readonly secretsFile: string;
}

async function openPlace(name: string): Promise<Place> {
  const dataDir = join(base, name);
  const config = {
    dataDir,
    databases: { named: EMBEDDED, nameless: EMBEDDED },
    acceptOneServer: false,
  };
  const opened = await openClusters(config, silentLog, { binariesDir: join(base, "programs") });
  if (!opened.ok) throw new Error(clusterRefusalToWords(opened.refusal));
  const clusters = opened.value;
  return { clusters, addresses: clusters, secretsFile: join(dataDir, "secrets.json") };
}

async function ask(address: pg.PoolConfig, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const quiet = () => undefined;
const making = (folder: string, passphrase = PASSPHRASE) => ({
  ...source,
  folder,
  passphrase,
  today: "2026-11-22",
  onTable: quiet,
});

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "callroom-backup-"));
  await chmod(base, 0o755);
  await mkdir(join(base, "programs"));
  source = await openPlace("source");
  target = await openPlace("target");
  for (const cluster of ["named", "nameless"] as const) {
    const client = new pg.Client(source.addresses[cluster]);
    await client.connect();
    await migrate(client, cluster);
    await client.end();
  }
  await openSecrets(source.secretsFile, { make: true });
  await ask(
    source.addresses.named,
    `insert into identity.community (name, country, floor) values ('Northlight', 'DE', 8);
     insert into coaching.booking (id, coach, client, during, kind, state, cancel_notice_hours)
     select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
            tstzrange(now() + i * interval '1 hour', now() + i * interval '1 hour' + interval '50 minutes'),
            'session', 'confirmed', 24 from generate_series(1, 2000) i`,
  );
  // Ended, counting, issuing, coming, and one that begins to issue after the backup and before the restore.
  for (const [name, from, ends] of [
    ["2026-06", "2026-05-01", "2026-07-31"],
    ["2026-10", "2026-09-01", "2027-01-31"],
    ["2026-12", "2026-11-01", "2027-01-31"],
    ["2027-01", "2026-12-01", "2027-04-30"],
    ["2027-02", "2027-01-01", "2027-04-30"],
  ] as const) {
    const days = `'${from}', '${from}', '${from}', '${ends}', '${ends}'`;
    await ask(
      source.addresses.named,
      `insert into pass.issuer_key values ('circle-badge', '${name}', ${days}, '\\x${name.replace("-", "")}', '\\x01')`,
    );
  }
  backup = join(base, "monday");
  const made = await makeBackup(making(backup));
  if (!made.ok) throw new Error(makingRefusalToWords(made.refusal));
});

afterAll(async () => {
  await source.clusters.stop();
  await target.clusters.stop();
  await rm(base, { recursive: true });
});

async function refusalOf(folder: string, passphrase = PASSPHRASE) {
  const checked = await checkBackup(folder, passphrase);
  if (checked.ok) throw new Error("Expected a refusal");
  return checked.refusal;
}

/** The good backup with something done to it. */
async function spoilt(name: string, spoil: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(base, name);
  await cp(backup, folder, { recursive: true });
  await spoil(folder);
  return folder;
}

test("a backup is three files that show nothing of what they hold", async () => {
  expect((await readdir(backup)).toSorted()).toEqual([
    "named.callroom",
    "nameless.callroom",
    "secrets.callroom",
  ]);
  const all = Buffer.concat(
    await Promise.all((await readdir(backup)).map((name) => readFile(join(backup, name)))),
  ).toString("latin1");
  expect(all).toContain("2026-11-22");
  expect(all).not.toContain("Northlight");
  const setup = (JSON.parse(await readFile(source.secretsFile, "utf8")) as { feedKey: string })
    .feedKey;
  expect(all).not.toContain(setup);
});

test("a backup never writes over another", async () => {
  const again = await makeBackup(making(backup));
  expect(again).toMatchObject({ ok: false, refusal: { type: "FileThere" } });
});

test("without its secrets, or of nothing, there is no backup and no half one", async () => {
  const folder = join(base, "none");
  const secretsFile = join(base, "nowhere.json");
  expect(await makeBackup({ ...making(folder), secretsFile })).toMatchObject({
    refusal: { type: "NoSecrets" },
  });
  expect(await makeBackup({ ...making(folder), addresses: target.addresses })).toMatchObject({
    refusal: { type: "NoSchema", cluster: "named" },
  });
  expect(await readdir(folder)).toEqual([]);
});

test("a missing file is named, and nothing else is looked at", async () => {
  const folder = await spoilt("missing", (at) => rm(join(at, "nameless.callroom")));
  const refusal = await refusalOf(folder);
  expect(refusal).toEqual({ type: "FilesMissing", files: [join(folder, "nameless.callroom")] });
  expect(backupRefusalToWords(refusal)).toContain("nameless.callroom");
});

test("a wrong passphrase, a cut file and an altered one are told apart and refused", async () => {
  expect(await refusalOf(backup, "wrong horse battery staple")).toEqual({
    type: "WrongPassphrase",
  });
  const cut = await spoilt("cut", (at) => truncate(join(at, "named.callroom"), 9000));
  expect(await refusalOf(cut)).toEqual({ type: "Damaged", file: join(cut, "named.callroom") });
  const altered = await spoilt("altered", async (at) => {
    const file = join(at, "secrets.callroom");
    const bytes = await readFile(file);
    bytes[bytes.length - 30]! ^= 1;
    await writeFile(file, bytes);
  });
  expect(await refusalOf(altered)).toEqual({
    type: "Damaged",
    file: join(altered, "secrets.callroom"),
  });
});

test("files of different days, or under each other's names, are not taken for one backup", async () => {
  const tuesday = join(base, "tuesday");
  await makeBackup(making(tuesday));
  const mixed = await spoilt("mixed", (at) =>
    copyFile(join(tuesday, "nameless.callroom"), join(at, "nameless.callroom")),
  );
  expect(await refusalOf(mixed)).toEqual({ type: "MixedSets" });
  const swapped = await spoilt("swapped", (at) =>
    copyFile(join(backup, "named.callroom"), join(at, "nameless.callroom")),
  );
  expect(await refusalOf(swapped)).toMatchObject({ type: "NotABackup" });
});

test("a backup comes back whole into an empty place, and never into another", async () => {
  const checked = await checkBackup(backup, PASSPHRASE);
  if (!checked.ok) throw new Error(backupRefusalToWords(checked.refusal));
  expect(checked.value.rows).toBeGreaterThanOrEqual(2001);
  const tables: string[] = [];
  const onTable = ({ table }: { table: string }) => tables.push(table);
  const loading = { ...target, today: "2026-12-05", onTable };
  const loaded = await loadBackup(checked.value, loading);
  expect(loaded).toEqual({ ok: true, value: null });
  expect(tables).toContain("coaching.booking");

  const everything = "select t::text as row from coaching.booking t order by id";
  const [there, here] = await Promise.all([
    ask(target.addresses.named, everything),
    ask(source.addresses.named, everything),
  ]);
  expect(there).toHaveLength(2000);
  expect(there).toEqual(here);
  expect(await readFile(target.secretsFile, "utf8")).toBe(
    await readFile(source.secretsFile, "utf8"),
  );
  const version = "select max(version) as version from callroom_schema";
  for (const cluster of ["named", "nameless"] as const)
    expect(await ask(target.addresses[cluster], version)).toEqual(
      await ask(source.addresses[cluster], version),
    );
  // The rules hold again: nobody gets an hour that is taken.
  await expect(
    ask(
      target.addresses.named,
      `insert into coaching.booking select gen_random_uuid(), coach, gen_random_uuid(), during, kind, state,
       held_until, cancel_notice_hours from coaching.booking limit 1`,
    ),
  ).rejects.toThrow();

  const again = await loadBackup(checked.value, loading);
  expect(again).toMatchObject({ ok: false, refusal: { type: "NotEmpty", cluster: "named" } });
});

test("a restored backup closes every key that may have issued or counted since, and no other", async () => {
  const keys =
    "select name, closed, sealed is null as destroyed from pass.issuer_key order by name";
  const open = { closed: false, destroyed: false };
  const closed = { closed: true, destroyed: true };
  expect(await ask(target.addresses.named, keys)).toEqual([
    { name: "2026-06", ...open },
    { name: "2026-10", ...closed },
    { name: "2026-12", ...closed },
    { name: "2027-01", ...closed },
    { name: "2027-02", ...open },
  ]);
  for (const { closed } of await ask(source.addresses.named, keys)) expect(closed).toBe(false);
});

test("a place with another community's secrets is refused before a row is written", async () => {
  const other = await openPlace("other");
  try {
    await openSecrets(other.secretsFile, { make: true });
    const checked = await checkBackup(backup, PASSPHRASE);
    if (!checked.ok) throw new Error(backupRefusalToWords(checked.refusal));
    const loaded = await loadBackup(checked.value, {
      ...other,
      today: "2026-12-05",
      onTable: quiet,
    });
    expect(loaded).toMatchObject({ refusal: { type: "OtherSecrets" } });
    const tables = "select count(*)::int as n from pg_namespace where nspname = 'identity'";
    expect(await ask(other.addresses.named, tables)).toEqual([{ n: 0 }]);
  } finally {
    await other.clusters.stop();
  }
});
