/**
 * What was saved survives: the program, and with it both embedded PostgreSQL clusters, is killed (SIGKILL) in the
 * middle of writes, again and again. Every acknowledged record is there, every acknowledged message stands in its
 * circle's thread once and in order, a badge that was shown meanwhile counts for one act, and everything starts again
 * by itself. Then the records again for a node on an external PostgreSQL, which serves on when nobody hears its log any
 * more. The control takes one acknowledged record, one message and one spent badge away behind the program's back: all
 * three must be missed.
 */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { findRunning } from "#platform/server/embedded-postgres.ts";
import type { ClusterName } from "#platform/server/migrations.ts";
import { readRecords, writeRecord } from "#vault/contract.ts";
import { startBentInstance } from "./bent-instance.ts";
import { externalEnv, startExternalPostgres } from "./external-postgres.ts";
import { freePort, makeDataDir, removeDataDir, startInstance, type Instance } from "./instance.ts";
import {
  lossesOf,
  liveUntilItDies,
  seatSpeakers,
  sendAgain,
  showBoth,
  SHOWN_AT_A_TIME,
  type KilledCircle,
} from "./killed-circle.ts";
import { ask, must, setUp, type Member } from "./member.ts";
import { CROWD, FIRST_DAY, giveBadges, startGround } from "./nameless-ground.ts";
import type { Proof } from "./proof.ts";

const run = promisify(execFile);
const WRITERS = 4;
const SEATED = 6;

export const prove: Proof = async ({ small, log }) => {
  const kills = small ? 5 : 50;
  const embedded = await surviveEmbedded(log, kills);
  const { circle } = embedded;
  const external = await startExternalPostgres();
  const away = await surviveExternal(
    log,
    Math.max(2, Math.floor(kills / 5)),
    externalEnv(external),
  );
  await external.stop();
  return {
    holds:
      embedded.lost === 0 &&
      away.lost === 0 &&
      embedded.written > 0 &&
      away.written > 0 &&
      circle.said > 0 &&
      circle.lost + circle.strange + circle.disordered === 0 &&
      embedded.badges.shown > 0 &&
      embedded.badges.once === embedded.badges.shown,
    control: embedded.control && away.control ? "caught" : "missed",
    size: kills + away.kills,
    figures: {
      acknowledged: embedded.written + away.written,
      lost: embedded.lost + away.lost,
      messages: circle.said,
      messagesLost: circle.lost,
      messagesTwiceOrStrange: circle.strange,
      messagesOutOfOrder: circle.disordered,
      badgesShown: embedded.badges.shown,
      badgesCountedOnce: embedded.badges.once,
      killsEmbedded: kills,
      killsExternal: away.kills,
    },
  };
};

async function surviveEmbedded(log: (line: string) => void, kills: number) {
  const dataDir = await makeDataDir();
  const env = { CALLROOM_PORT: String(await freePort()) };
  const count = Math.max(CROWD, SEATED + SHOWN_AT_A_TIME * kills);
  const ground = await startGround(dataDir, count, { signingIn: 0, env });
  let { instance } = ground;
  const { steward } = ground;
  try {
    await giveBadges(ground);
    const circle = await seatSpeakers(ground);
    const acknowledged = new Map<string, string>();
    for (let kill = 0; kill < kills; kill++) {
      const living = [writeUntilItDies(steward, acknowledged), liveUntilItDies(circle)];
      await aMoment();
      await killAll(instance, true, kill);
      await Promise.all(living);
      const now = instance.now();
      instance = await startBentInstance(dataDir, FIRST_DAY, env);
      await instance.setClock(now);
      await sendAgain(circle);
      const said = circle.speakers.reduce((sum, speaker) => sum + speaker.said.length, 0);
      log(
        `embedded: kill ${kill + 1} of ${kills}, ${acknowledged.size} records and ${said} messages acknowledged`,
      );
    }
    const lost = missing(acknowledged, await everything(steward));
    const losses = await lossesOf(circle);
    const badges = {
      shown: circle.showers.length,
      once: circle.showers.filter(({ letIn }) => letIn.size === 1).length,
    };
    const database = (cluster: ClusterName) => findRunning({ dataDir, cluster });
    await lose(await database("named"), "vault.record", anyRecord(acknowledged));
    const isRecordMissed = missing(acknowledged, await everything(steward)) === lost + 1;
    await lose(await database("nameless"), "circles.message", circle.speakers[0]!.said[0]!.id);
    const isMessageMissed = (await lossesOf(circle)).lost === losses.lost + 1;
    const isBadgeMissed = await isSeenTwice(circle, (text) => instance.query("nameless", text));
    const control = isRecordMissed && isMessageMissed && isBadgeMissed;
    if (!control)
      log(`noticed: record ${isRecordMissed}, message ${isMessageMissed}, badge ${isBadgeMissed}`);
    return { written: acknowledged.size, lost, circle: losses, badges, control };
  } finally {
    await instance.stop();
    await removeDataDir(dataDir);
  }
}

/** A badge that is no longer known as spent lets another act in. */
async function isSeenTwice(
  { showers }: KilledCircle,
  query: (text: string) => Promise<unknown>,
): Promise<boolean> {
  const shower = showers[0]!;
  const { pseudonym } = shower.acts[0].keys;
  const key = Buffer.from(pseudonym, "base64url").toString("hex");
  await query("delete from pass.spent");
  await query(`delete from circles.pseudonym where key = '\\x${key}'`);
  const [own, other] = shower.acts;
  // The other act is to be the first this time.
  const isOwnIn = shower.letIn.has(own.seat.hpkeKey);
  await showBoth({ ...shower, acts: isOwnIn ? [other, other] : [own, own] });
  return shower.letIn.size === 2;
}

async function surviveExternal(
  log: (line: string) => void,
  kills: number,
  env: Readonly<Record<string, string>>,
) {
  const dataDir = await makeDataDir();
  const port = await freePort();
  let instance = await startInstance({ dataDir, port, env });
  const member = await setUp(instance.origin, instance.setUpToken!);
  const acknowledged = new Map<string, string>();
  try {
    for (let kill = 0; kill < kills; kill++) {
      const writing = writeUntilItDies(member, acknowledged);
      await aMoment();
      await killAll(instance, false, kill);
      await writing;
      instance = await startInstance({ dataDir, port, env });
      log(`external: kill ${kill + 1} of ${kills}, ${acknowledged.size} acknowledged`);
    }
    instance.closeOutput();
    const lost = missing(acknowledged, await everything(member));
    const address = { connectionString: env["CALLROOM_DATABASE_URL"]! };
    await lose(address, "vault.record", anyRecord(acknowledged));
    const control = missing(acknowledged, await everything(member)) === lost + 1;
    return { kills, written: acknowledged.size, lost, control };
  } finally {
    await instance.stop();
    await removeDataDir(dataDir);
  }
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 150 + Math.random() * 600));

const missing = (
  acknowledged: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): number => [...acknowledged].filter(([place, sealed]) => found.get(place) !== sealed).length;

/** What the proof must notice: one acknowledged row goes, behind the program's back. Its id in base64url. */
async function lose(
  address: pg.ClientConfig | null,
  table: "vault.record" | "circles.message",
  id: string,
): Promise<void> {
  const client = new pg.Client(address ?? {});
  await client.connect();
  await client.query(`delete from ${table} where id = $1`, [Buffer.from(id, "base64url")]);
  await client.end();
}

const anyRecord = (acknowledged: ReadonlyMap<string, string>): string =>
  [...acknowledged.keys()][0]!.split(" ")[1]!;

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
