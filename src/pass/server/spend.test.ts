import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openCluster, type NamelessCluster } from "#platform/server/db.ts";
import { useNamelessDatabase } from "../../../tests/database.ts";
import { testIssuer } from "../../../tests/pass-issuer.ts";
import { issuingPeriod } from "../period.ts";
import { actHash } from "../spent.ts";
import { makeNamelessKeys } from "./nameless-keys.ts";
import type { NamelessPassTables } from "./nameless-tables.ts";
import { spendOnce } from "./spend.ts";

const database = useNamelessDatabase();
const period = issuingPeriod("circle-badge", "2026-12-22");
const later = issuingPeriod("circle-badge", "2027-01-22");
const issuer = testIssuer([period, later]);

/** As three nodes have it, each with pools of its own. */
let nodes: NamelessCluster[];

beforeAll(async () => {
  await makeNamelessKeys(database.cluster()).append(
    issuer.log.keys.map((key) => ({ period: key.period, spki: key.issuer.spki })),
  );
  nodes = [1, 2, 3].map(() => openCluster("nameless", database.address(), () => undefined));
  const { owner } = database.cluster();
  await owner.query("create table pass.deed (said text not null)");
  await owner.query("grant select, insert on pass.deed to callroom_pass");
});

afterAll(async () => {
  for (const node of nodes) await node.close();
});

beforeEach(() => database.cluster().owner.query("truncate pass.deed, pass.spent"));

/** Puts a word down, once for each pass, and answers with it and a number of the moment's. */
function doOnce(
  node: NamelessCluster,
  spentKey: Uint8Array<ArrayBuffer>,
  word: string,
  options: { readonly within?: typeof period; readonly fails?: boolean } = {},
) {
  const accepted = { period: options.within ?? period, spentKey };
  const db = node.as<NamelessPassTables>("pass");
  return db.transaction().execute((within) =>
    spendOnce(within, { accepted, act: actHash("deed", word) }, async () => {
      await sql`insert into pass.deed values (${word})`.execute(within);
      if (options.fails) throw new Error("the act failed");
      return { word, number: randomBytes(8).toString("hex"), nothing: null };
    }),
  );
}

const deeds = async () =>
  (await database.cluster().owner.query<{ said: string }>("select said from pass.deed")).rows.map(
    ({ said }) => said,
  );
const aPass = () => Uint8Array.from(randomBytes(32));
const SPENT = { ok: false, refusal: { type: "AlreadySpent" } };

test("a pass is spent on one act; the same act again repeats the answer, another is refused", async () => {
  const pass = aPass();
  const first = await doOnce(nodes[0]!, pass, "wait");
  expect(first).toMatchObject({ ok: true, value: { word: "wait", nothing: null } });
  expect(await doOnce(nodes[1]!, pass, "wait")).toEqual(first);
  expect(await doOnce(nodes[2]!, pass, "vote")).toEqual(SPENT);
  expect(await deeds()).toEqual(["wait"]);
});

test("an act that fails leaves its pass good, and no trace of either", async () => {
  const pass = aPass();
  await expect(doOnce(nodes[0]!, pass, "wait", { fails: true })).rejects.toThrow("the act failed");
  expect(await deeds()).toEqual([]);
  expect(await doOnce(nodes[0]!, pass, "vote")).toMatchObject({ ok: true });
});

test("the same bytes under two keys are two passes", async () => {
  const pass = aPass();
  await doOnce(nodes[0]!, pass, "wait");
  expect(await doOnce(nodes[0]!, pass, "vote", { within: later })).toMatchObject({ ok: true });
});

test("a pass of a key that isn't in the log can't be spent at all", async () => {
  const unknown = issuingPeriod("circle-badge", "2028-12-22");
  await expect(doOnce(nodes[0]!, aPass(), "wait", { within: unknown })).rejects.toThrow();
  expect(await deeds()).toEqual([]);
});

describe("a thousand at once, through three nodes", () => {
  test("that say the same do it once and hear one answer", async () => {
    const pass = aPass();
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, i) => doOnce(nodes[i % 3]!, pass, "wait")),
    );
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: true });
    expect(await deeds()).toEqual(["wait"]);
  });

  test("that all say something else: one is done, the others are refused", async () => {
    const pass = aPass();
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, i) => doOnce(nodes[i % 3]!, pass, `vote ${i}`)),
    );
    expect(answers.filter((each) => each.ok)).toHaveLength(1);
    expect(answers.filter((each) => !each.ok)).toEqual(Array.from({ length: 999 }, () => SPENT));
    expect(await deeds()).toHaveLength(1);
  });

  test("of which the first ones fail: one that doesn't is done", async () => {
    const pass = aPass();
    const answers = await Promise.allSettled(
      Array.from({ length: 300 }, (_, i) =>
        doOnce(nodes[i % 3]!, pass, "vote", { fails: i < 100 }),
      ),
    );
    const done = answers.filter((each) => each.status === "fulfilled");
    expect(new Set(done.map((each) => JSON.stringify(each.value))).size).toBe(1);
    expect(done.length).toBeGreaterThanOrEqual(200);
    expect(await deeds()).toEqual(["vote"]);
  });
});
