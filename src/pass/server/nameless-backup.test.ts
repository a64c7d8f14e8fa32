import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { dumpTables, loadTables } from "#platform/server/backup-tables.ts";
import { useNamelessDatabase } from "../../../tests/database.ts";
import { community, testIssuer } from "../../../tests/pass-issuer.ts";
import { issuingPeriod } from "../period.ts";
import { makeNamelessKeys } from "./nameless-keys.ts";
import { makeCurrentLog } from "./nameless-origin.ts";
import type { NamelessPassTables } from "./nameless-tables.ts";

const [before, after] = [useNamelessDatabase(), useNamelessDatabase()];
const week = issuingPeriod("session-token", "2026-12-22");
const nextWeek = issuingPeriod("session-token", "2026-12-29");
const issuer = testIssuer([week, nextWeek]);
const quiet = () => undefined;

const clientOf = async (database: typeof before) => {
  const client = new pg.Client(database.address());
  await client.connect();
  return client;
};
const spentIn = async (database: typeof before) =>
  (
    await database
      .cluster()
      .owner.query(
        "select tableoid::regclass::text, key, pass, act, answer from pass.spent order by pass",
      )
  ).rows;

async function dump(client: pg.Client): Promise<Uint8Array[]> {
  const frames: Uint8Array[] = [];
  for await (const frame of dumpTables(client, "nameless", quiet)) frames.push(frame);
  return frames;
}

let dumped: Uint8Array[];

beforeAll(async () => {
  const keys = makeNamelessKeys(before.cluster());
  await keys.append(issuer.log.keys.map((key) => ({ period: key.period, spki: key.issuer.spki })));
  await keys.setCrowds([week, nextWeek].map((period) => ({ ...period, holders: 40 })));
  await before.cluster().owner.query(
    `insert into pass.spent select 'session-token 2026-12-28', sha256(int4send(i)), sha256('act'), '{"done": true}'
     from generate_series(1, 60) i;
     insert into pass.challenge_root values (true, sha256('root'));
     insert into pass.used_challenge values (substr(sha256('nonce'), 1, 16))`,
  );
  const client = await clientOf(before);
  dumped = await dump(client);
  const again = await dump(client);
  await client.end();
  // Two backups of the same rows differ in the order of these: neither has it from the table.
  expect(Buffer.concat(again)).not.toEqual(Buffer.concat(dumped));
  expect(Buffer.concat(again)).toHaveLength(Buffer.concat(dumped).length);
});

test("a restore brings back what was spent, in its partitions, and closes the keys that counted", async () => {
  const client = await clientOf(after);
  await loadTables(client, "nameless", stream(dumped), quiet, "backup", async () => {
    await client.query("select pass.after_restore('2026-12-26', '2026-12-26')");
  });
  await client.end();
  expect(await spentIn(after)).toEqual(await spentIn(before));
  const current = makeCurrentLog(after.cluster().as<NamelessPassTables>("pass"), community);
  const isTaken = async (at: number, today: string) =>
    (await current()).origin.accept(issuer.pass(at), "session-token", today).ok;
  // Of the week that was issuing when the backup was made nothing counts any more; of the next everything.
  expect(await isTaken(0, "2026-12-30")).toBe(false);
  expect(await isTaken(1, "2027-01-05")).toBe(true);
  // The log goes on, with its partitions.
  await makeNamelessKeys(after.cluster()).append(
    issuer.log.keys.map((key) => ({ period: key.period, spki: key.issuer.spki })),
  );
});

test("no challenge, used or not, comes along", async () => {
  const { rows } = await after
    .cluster()
    .owner.query(
      "select (select count(*) from pass.challenge_root)::int as roots, (select count(*) from pass.used_challenge)::int as used",
    );
  expect(rows).toEqual([{ roots: 0, used: 0 }]);
});

async function* stream(parts: readonly Uint8Array[]) {
  await Promise.resolve();
  yield* parts;
}
