import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { redact } from "../redacted.ts";
import { clusterRefusalToWords, judge, openClusters, type Server } from "./clusters.ts";
import { findDatabaseHome } from "./database-user.ts";
import { silentLog } from "./log.ts";

// Real databases and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const server: Server = {
  version: "15.18",
  versionNumber: 150_018,
  encoding: "UTF8",
  identifier: "1",
  database: "callroom",
  maxConnections: 100,
};
const other = { ...server, identifier: "2" };
const EMBEDDED = { kind: "embedded" } as const;

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "callroom-clusters-"));
  await chmod(dataDir, 0o755);
});
afterAll(() => rm(dataDir, { recursive: true }));

test("two servers are two, even when their databases have one name", () => {
  expect(judge(server, other, false)).toEqual({ ok: true, value: { oneServer: false } });
});

test("one server is refused, unless the operator accepts it and so members can be told", () => {
  const nameless = { ...server, database: "nameless" };
  const refused = judge(server, nameless, false);
  expect(refused).toEqual({ ok: false, refusal: { type: "OneServer" } });
  if (!refused.ok)
    expect(clusterRefusalToWords(refused.refusal)).toContain("CALLROOM_ACCEPT_ONE_SERVER");
  expect(judge(server, nameless, true)).toEqual({ ok: true, value: { oneServer: true } });
});

test("the same database twice is never accepted", () => {
  expect(judge(server, server, true)).toEqual({ ok: false, refusal: { type: "SameDatabase" } });
});

test("a server too old or of another encoding is refused by name", () => {
  expect(judge(server, { ...other, versionNumber: 140_012 }, false)).toMatchObject({
    refusal: { type: "TooOld", cluster: "nameless" },
  });
  expect(judge({ ...server, encoding: "SQL_ASCII" }, other, false)).toMatchObject({
    refusal: { type: "NotUtf8", cluster: "named" },
  });
});

test("an address that answers nobody is refused without its password", async () => {
  const url = redact("postgres://op:secretword@127.0.0.1:1/callroom");
  const databases = {
    named: { kind: "address", url },
    nameless: { kind: "address", url },
  } as const;
  const opened = await openClusters({ dataDir, databases, acceptOneServer: false }, silentLog, {
    patienceMs: 0,
  });
  if (opened.ok) throw new Error("Expected a refusal");
  expect(clusterRefusalToWords(opened.refusal)).toBe(
    "The named database at 127.0.0.1:1/callroom could not be reached (ECONNREFUSED).",
  );
});

test("embedded clusters open, serve by address too, and stop together", async () => {
  const config = {
    dataDir,
    databases: { named: EMBEDDED, nameless: EMBEDDED },
    acceptOneServer: false,
  };
  const opened = await openClusters(config, silentLog);
  if (!opened.ok) throw new Error(clusterRefusalToWords(opened.refusal));
  const { named, nameless, stop } = opened.value;
  expect(opened.value).toMatchObject({ oneServer: false, adopted: false });

  const url = (address: pg.PoolConfig, database: string) =>
    redact(`postgres://callroom@${encodeURIComponent(String(address.host))}:5432/${database}`);
  const byAddress = (databases: {
    named: ReturnType<typeof url>;
    nameless: ReturnType<typeof url>;
  }) =>
    openClusters(
      {
        dataDir,
        databases: {
          named: { kind: "address", url: databases.named },
          nameless: { kind: "address", url: databases.nameless },
        },
        acceptOneServer: false,
      },
      silentLog,
    );
  const two = await byAddress({
    named: url(named, "callroom_named"),
    nameless: url(nameless, "callroom_nameless"),
  });
  expect(two).toMatchObject({ ok: true, value: { oneServer: false } });
  const one = await byAddress({
    named: url(named, "callroom_named"),
    nameless: url(named, "postgres"),
  });
  expect(one).toEqual({ ok: false, refusal: { type: "OneServer" } });
  if (two.ok) await two.value.stop();

  await stop();
  await expect(new pg.Client(named).connect()).rejects.toThrow(/ENOENT|ECONNREFUSED/);
});

test("clusters that make their common home one after the other don't get in each other's way", async () => {
  for (let round = 0; round < 10; round++) {
    const homes = await Promise.all(
      Array.from({ length: 12 }, async (_, milliseconds) => {
        await sleep(milliseconds);
        return findDatabaseHome(join(dataDir, `home-${round}`));
      }),
    );
    expect(homes.filter(({ ok }) => !ok)).toEqual([]);
  }
});
