import type { Transaction } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { finishedPass } from "#pass/client.ts";
import { headOf } from "#pass/key-log.ts";
import { communityOf } from "#pass/server/issue-routes.ts";
import { makeNamelessKeys } from "#pass/server/nameless-keys.ts";
import { makeCurrentLog } from "#pass/server/nameless-origin.ts";
import type { NamelessPassTables } from "#pass/server/nameless-tables.ts";
import { tellKeys } from "#pass/server/issue-keys.ts";
import { base64urlToBytes } from "#platform/bytes.ts";
import { ownWalletSecret } from "#vault/own-keys.ts";
import { useNamelessDatabase } from "../../../tests/database.ts";
import { askingFor, withIssuing } from "../../../tests/issuing.ts";
import type { Somebody } from "../../../tests/stewardship.ts";
import { issueTo, openSampleIssuer, periodBeginningOn, type MakeBadge } from "./sample-badges.ts";

const house = withIssuing();
const nameless = useNamelessDatabase();
const TODAY = "2026-11-22";
const NOVEMBER = periodBeginningOn(TODAY);
const WALLET = new Uint8Array(32).fill(5);

beforeEach(async () => {
  await nameless.cluster().owner.query(
    `do $$ declare part regclass; begin
       for part in select inhrelid::regclass from pg_inherits where inhparent = 'pass.spent'::regclass
       loop execute format('drop table %s', part); end loop;
     end $$; delete from pass.logged_key`,
  );
  await tellKeys(house.db, makeNamelessKeys(nameless.cluster()));
});

const currentLog = async () =>
  makeCurrentLog(nameless.cluster().as<NamelessPassTables>("pass"), await communityOf(house.db));
async function open(periods = [NOVEMBER]): Promise<MakeBadge> {
  const issuing = { db: house.db, sealKey: house.sealKey, community: await communityOf(house.db) };
  const namelessKeys = makeNamelessKeys(nameless.cluster());
  const deps = { issuing, namelessKeys, currentLog: await currentLog() };
  return openSampleIssuer(deps, periods, TODAY);
}
const issue = async (makeBadge: MakeBadge, who: Somebody) =>
  house.db
    .transaction()
    .execute((within) =>
      issueTo(within as unknown as Transaction<never>, makeBadge, who, NOVEMBER),
    );

test("badges that begin on a day were issued in the month before", () => {
  expect(NOVEMBER).toMatchObject({ issuedFrom: "2026-10-01", issuedUntil: "2026-10-31" });
  expect(NOVEMBER).toMatchObject({ name: "2026-11", beginsFrom: "2026-11-01" });
  expect(periodBeginningOn("2027-03-31").name).toBe("2027-03");
});

test("the month's key stands once, after those that were there, and on both sides alike", async () => {
  const who = await house.doctor();
  const before = await house.log(who);
  await open([NOVEMBER, NOVEMBER]);
  const { log } = await house.log(who);
  expect(log.keys.map(({ period }) => period.name)).toEqual([
    ...before.log.keys.map(({ period }) => period.name),
    "2026-11",
  ]);
  expect(headOf((await (await currentLog())()).log)).toEqual(headOf(log));
});

test("a key that is there already is taken, and badges come out the same", async () => {
  const { badge } = (await open())(WALLET, NOVEMBER);
  await house.prepare();
  expect((await open())(WALLET, NOVEMBER).badge).toEqual(badge);
});

test("whoever was issued one has it from any device, which asks again in the same words", async () => {
  const who = await house.doctor();
  const holder = (await issue(await open(), who))!;
  const walletSecret = ownWalletSecret(who.vaultKey);
  const wanted = { ...(await house.wanted(who, "2026-11")), walletSecret };
  const told = await house.ask(who, askingFor(wanted));
  const finished = finishedPass(wanted, base64urlToBytes(told.answer!.signatures[0]!)!);
  expect(finished).toMatchObject({ ok: true, value: holder.badge });
  const others = { ...wanted, walletSecret: WALLET };
  expect((await house.ask(who, askingFor(others))).refusal).toBe("AnotherRequest");
  expect((await house.ask(who, await house.asking(who, "2026-12"))).refusal).toBe("NoneDue");
});

test("whoever isn't verified is issued none", async () => {
  expect(await issue(await open(), await house.room.join())).toBeNull();
  expect(await house.count("pass.issued")).toBe(0);
});
