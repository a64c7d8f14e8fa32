/**
 * What was saved survives: the program, and with it its embedded PostgreSQL, is killed (SIGKILL) in the
 * middle of writes, again and again; every acknowledged record must be there and everything start again by
 * itself, and serve on when nobody hears its log any more. Then the same for a node on an external
 * PostgreSQL. The control deletes one acknowledged record behind the program's back: it must be missed.
 */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { findRunning } from "#platform/server/embedded-postgres.ts";
import { readRecords, writeRecord } from "#vault/contract.ts";
import { externalEnv, startExternalPostgres } from "./external-postgres.ts";
import { freePort, makeDataDir, removeDataDir, startInstance, type Instance } from "./instance.ts";
import { ask, must, setUp, type Member } from "./member.ts";
import type { Proof } from "./proof.ts";

const run = promisify(execFile);
const WRITERS = 4;

export const prove: Proof = async ({ small, log }) => {
  const kills = small ? 5 : 50;
  const embedded = await survive(log, kills, {});
  const external = await startExternalPostgres();
  const away = await survive(log, Math.max(2, Math.floor(kills / 5)), externalEnv(external));
  await external.stop();
  return {
    holds: embedded.lost === 0 && away.lost === 0 && embedded.written > 0 && away.written > 0,
    control: embedded.control && away.control ? "caught" : "missed",
    size: embedded.kills + away.kills,
    figures: {
      acknowledged: embedded.written + away.written,
      lost: embedded.lost + away.lost,
      killsEmbedded: embedded.kills,
      killsExternal: away.kills,
    },
  };
};

async function survive(log: (line: string) => void, kills: number, env: Record<string, string>) {
  const dataDir = await makeDataDir();
  const port = await freePort();
  const isEmbedded = Object.keys(env).length === 0;
  let instance = await startInstance({ dataDir, port, env });
  const member = await setUp(instance.origin, instance.setUpToken!);
  const acknowledged = new Map<string, string>();
  try {
    for (let kill = 0; kill < kills; kill++) {
      const writing = writeUntilItDies(member, acknowledged);
      await new Promise((resolve) => setTimeout(resolve, 150 + Math.random() * 600));
      await killAll(instance, isEmbedded, kill);
      await writing;
      instance = await startInstance({ dataDir, port, env });
      log(
        `${isEmbedded ? "embedded" : "external"}: kill ${kill + 1} of ${kills}, ${acknowledged.size} acknowledged`,
      );
    }
    instance.closeOutput();
    const lost = missing(acknowledged, await everything(member));
    await loseOne(dataDir, env);
    const control = missing(acknowledged, await everything(member)) === lost + 1;
    return { kills, written: acknowledged.size, lost, control };
  } finally {
    await instance.stop();
    await removeDataDir(dataDir);
  }
}

const missing = (
  acknowledged: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): number => [...acknowledged].filter(([place, sealed]) => found.get(place) !== sealed).length;

/** What the proof must notice: one acknowledged record goes, behind the program's back. */
async function loseOne(dataDir: string, env: Record<string, string>): Promise<void> {
  const url = env["CALLROOM_DATABASE_URL"];
  const address =
    url === undefined
      ? await findRunning({ dataDir, cluster: "named" })
      : { connectionString: url };
  const client = new pg.Client(address ?? {});
  await client.connect();
  await client.query(
    "delete from vault.record where ctid = (select ctid from vault.record limit 1)",
  );
  await client.end();
}

async function writeUntilItDies(member: Member, acknowledged: Map<string, string>): Promise<void> {
  const write = async (): Promise<void> => {
    for (;;) {
      const collection = randomBytes(16).toString("base64url");
      const id = randomBytes(16).toString("base64url");
      const sealed = randomBytes(300).toString("base64url");
      try {
        const written = await ask(member.origin, writeRecord, {
          cookie: member.cookie,
          params: { collection, id },
          body: { version: 1, sealed },
        });
        if (written.ok) acknowledged.set(`${collection} ${id}`, sealed);
        else if (written.refusal.type === "TooMany")
          await new Promise((resolve) => setTimeout(resolve, 200));
        else if (written.status >= 500) return;
      } catch {
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
}

/** In turn: the program alone, its PostgreSQL alone, and both at once. */
async function killAll(instance: Instance, isEmbedded: boolean, turn: number): Promise<void> {
  if (isEmbedded && turn % 3 !== 0) {
    const pids = await postmasters(instance.dataDir);
    for (const pid of pids) {
      const children = await run("pgrep", ["-P", String(pid)]).catch(() => ({ stdout: "" }));
      for (const child of [...children.stdout.split("\n").filter(Boolean).map(Number), pid])
        try {
          process.kill(child, "SIGKILL");
        } catch {
          // Gone already.
        }
    }
  }
  await instance.kill();
}

async function postmasters(dataDir: string): Promise<number[]> {
  const { stdout } = await run("find", [dataDir, "-name", "postmaster.pid"]);
  const files = stdout.split("\n").filter(Boolean);
  return Promise.all(
    files.map(async (file) => Number((await readFile(join(file), "utf8")).split("\n")[0])),
  );
}

async function everything(member: Member): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let after = 0; ;) {
    const page = await must(
      ask(member.origin, readRecords, { cookie: member.cookie, query: { after } }),
    );
    for (const record of page.records)
      found.set(`${record.collection} ${record.id}`, record.sealed ?? "");
    if (!page.more) return found;
    after = page.sequence;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
