import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { redact } from "#platform/redacted.ts";
import { useNamelessDatabase } from "../../../tests/database.ts";
import { askingFor, withIssuing } from "../../../tests/issuing.ts";
import { readKeyLogEntries } from "../contract.ts";
import { readPassesDue } from "../due-contract.ts";
import { extendsHead, headOf, readKeyLog, type Head, type KeyLog } from "../key-log.ts";
import { issuingPeriod } from "../period.ts";
import { prepareIssuerKeys, tellCrowds, tellKeys } from "./issue-keys.ts";
import { communityOf } from "./issue-routes.ts";
import { countHolders, issuerKeys } from "./issue-store.ts";
import { makeNamelessKeys } from "./nameless-keys.ts";

const issuing = withIssuing();
const nameless = useNamelessDatabase();
const TODAY = "2026-11-22";

const owner = () => issuing.room.cluster.owner;
const keyNames = async () =>
  (await issuerKeys(issuing.db)).map(({ period, position }) => [period.name, position]);
const plus = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();

async function loggedNow(): Promise<KeyLog> {
  const keys = (await issuerKeys(issuing.db)).filter(({ position }) => position !== null);
  const log = readKeyLog(keys);
  if (!log.ok) throw new Error(log.refusal.type);
  return log.value;
}

async function startAnew(): Promise<void> {
  await owner().query("truncate pass.issued, pass.issuer_key");
}

describe("keys", () => {
  test("are there from the first day, made five weeks and logged three weeks before they issue", async () => {
    expect(await keyNames()).toEqual([
      ["2026-12", 0],
      ["2027-01", 1],
    ]);
    await issuing.prepare("2026-11-27");
    expect(await keyNames()).toContainEqual(["2027-02", null]);
    await issuing.prepare("2026-12-10");
    expect(await keyNames()).toContainEqual(["2027-02", null]);
    await issuing.prepare("2026-12-11");
    expect(await keyNames()).toContainEqual(["2027-02", 2]);
  });

  test("are made once, however often and by however many nodes at once", async () => {
    await startAnew();
    await Promise.all(Array.from({ length: 3 }, () => issuing.prepare(TODAY)));
    const before = await issuerKeys(issuing.db);
    expect(before).toHaveLength(2);
    await Promise.all(Array.from({ length: 3 }, () => issuing.prepare(TODAY)));
    expect(await issuerKeys(issuing.db)).toEqual(before);
  });

  test("follow on one another: each day the log goes on and the month that issues is in it", async () => {
    let head: Head = headOf(await loggedNow());
    for (let days = 0; days <= 100; days += 5) {
      const today = plus(TODAY, days);
      await issuing.prepare(today);
      const log = await loggedNow();
      expect(extendsHead(log, head).ok).toBe(true);
      head = headOf(log);
      const { name } = issuingPeriod("circle-badge", today);
      expect(log.keys.map(({ period }) => period.name)).toContain(name);
    }
    expect(head.length).toBe(5);
  });

  test("sealed under another key than ours stop everything, and stay as they are", async () => {
    const before = await issuerKeys(issuing.db);
    const other = redact(new Uint8Array(randomBytes(32)));
    expect(await prepareIssuerKeys(issuing.db, other, "2026-12-20")).toEqual({
      ok: false,
      refusal: { type: "SealedWithAnother" },
    });
    expect(await issuerKeys(issuing.db)).toEqual(before);
  });

  test("lose their private half, and what was issued is forgotten, when their last pass has ended", async () => {
    const doctor = await issuing.doctor();
    await issuing.badge(doctor, "2026-12");
    const december = async () =>
      (await issuerKeys(issuing.db)).find(({ period }) => period.name === "2026-12")!;
    await issuing.prepare("2027-01-31");
    expect((await december()).sealed).not.toBeNull();
    expect(await issuing.count("pass.issued")).toBe(1);
    await issuing.prepare("2027-02-01");
    expect((await december()).sealed).toBeNull();
    expect((await december()).position).toBe(0);
    expect(await issuing.count("pass.issued")).toBe(0);
  });
});

test("what passes name is fixed once, by whoever starts first, and is no address of ours", async () => {
  await owner().query("truncate pass.community");
  const named = await Promise.all([1, 2, 3].map(() => communityOf(issuing.db)));
  expect(new Set(named.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(await communityOf(issuing.db)).toEqual(named[0]);
  expect(named[0]!.issuerName).toMatch(/^issuer\.[0-9a-f]{20}\.callroom\.internal$/);
  await owner().query("truncate pass.community");
  expect(await communityOf(issuing.db)).not.toEqual(named[0]);
});

describe("after a restore", () => {
  const restore = async (madeOn: string, restoredOn: string) => {
    await owner().query("select pass.after_restore($1, $2)", [madeOn, restoredOn]);
    await issuing.goTo(restoredOn);
    await issuing.open();
  };

  test("nothing is signed with the keys of then, the log tells it, and the next month issues", async () => {
    const [holder, newcomer] = [await issuing.doctor(), await issuing.doctor()];
    await issuing.goTo("2026-12-22");
    const asking = await issuing.asking(holder, "2027-01");
    await issuing.badge(holder, "2027-01");
    await restore("2026-12-22", "2026-12-24");
    for (const who of [holder, newcomer]) {
      expect((await issuing.ask(who, asking)).refusal).toBe("NotIssuing");
      const { due } = await issuing.room.must(readPassesDue, {}, who);
      expect(due).toEqual([]);
    }
    const { entries } = await issuing.room.must(readKeyLogEntries, {}, holder);
    expect(entries.map(({ name, closed }) => [name, closed])).toEqual([
      ["2026-12", true],
      ["2027-01", true],
      ["2027-02", false],
    ]);
    // In the same quarter as the badge that begins nothing any more.
    await issuing.goTo("2027-01-02");
    for (const who of [holder, newcomer]) await issuing.badge(who, "2027-02");
    const again = await issuing.wanted(holder, "2027-02");
    await issuing.goTo("2027-02-02");
    expect((await issuing.ask(holder, askingFor(again))).refusal).toBeNull();
    const march = await issuing.asking(holder, "2027-03");
    expect((await issuing.ask(holder, march)).refusal).toBe("NoneDue");
  });

  /** Whether the log follows on what devices had seen on the day of the restore. */
  async function goesOn(madeOn: string, restoredOn: string): Promise<boolean> {
    await startAnew();
    await issuing.prepare(madeOn);
    const { rows } = await owner().query<{ backup: unknown }>(
      "select jsonb_agg(to_jsonb(k)) as backup from pass.issuer_key k",
    );
    await issuing.prepare(restoredOn);
    const seen = headOf(await loggedNow());
    await startAnew();
    await owner().query(
      "insert into pass.issuer_key select * from jsonb_populate_recordset(null::pass.issuer_key, $1)",
      [JSON.stringify(rows[0]!.backup)],
    );
    await owner().query("select pass.after_restore($1, $2)", [madeOn, restoredOn]);
    await issuing.prepare(restoredOn);
    return extendsHead(await loggedNow(), seen).ok;
  }

  test("the log goes on as every device knows it, from any backup of the last two weeks", async () => {
    for (let day = 0; day < 35; day += 5) {
      const madeOn = plus(TODAY, day);
      expect(await goesOn(madeOn, plus(madeOn, 14)), madeOn).toBe(true);
    }
  });

  test("a key that was closed before it was in the log never gets into it", async () => {
    await issuing.prepare("2026-11-27");
    await restore("2026-11-27", "2027-01-05");
    expect(await keyNames()).toContainEqual(["2027-02", null]);
    expect((await loggedNow()).keys.map(({ period }) => period.name)).toEqual([
      "2026-12",
      "2027-01",
    ]);
  });

  test("from a backup that is older than a key which devices have seen, the log can't go on", async () => {
    expect(await goesOn("2026-11-22", "2026-12-11")).toBe(false);
  });
});

describe("the nameless side", () => {
  const keys = () => makeNamelessKeys(nameless.cluster());
  const heldThere = async () =>
    (
      await nameless
        .cluster()
        .owner.query<{ name: string; holders: number }>(
          "select name, holders from pass.logged_key order by position",
        )
    ).rows;

  beforeEach(async () => {
    const { rows } = await nameless
      .cluster()
      .owner.query<{ name: string }>(
        "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'pass.spent'::regclass",
      );
    for (const { name } of rows) await nameless.cluster().owner.query(`drop table ${name}`);
    await nameless.cluster().owner.query("truncate pass.logged_key");
  });

  test("has the log that the named side has, however often it is told", async () => {
    await tellKeys(issuing.db, keys());
    expect((await heldThere()).map(({ name }) => name)).toEqual(["2026-12", "2027-01"]);
    await issuing.prepare("2026-11-28");
    await tellKeys(issuing.db, keys());
    expect(await heldThere()).toHaveLength(2);
    await issuing.prepare("2026-12-12");
    await Promise.all([1, 2, 3].map(() => tellKeys(issuing.db, keys())));
    expect((await heldThere()).map(({ name }) => name)).toEqual(["2026-12", "2027-01", "2027-02"]);
  });

  test("takes no other past from it", async () => {
    await tellKeys(issuing.db, keys());
    await startAnew();
    await issuing.prepare(TODAY);
    await expect(tellKeys(issuing.db, keys())).rejects.toThrow("given anew");
  });

  test("is told how many hold each key's passes, and of keys not yet issuing or closed nothing", async () => {
    const doctors = [await issuing.doctor(), await issuing.doctor(), await issuing.doctor()];
    for (const doctor of doctors) await issuing.badge(doctor, "2026-12");
    await tellKeys(issuing.db, keys());
    await tellCrowds(issuing.db, keys(), TODAY);
    expect(await heldThere()).toEqual([
      { name: "2026-12", holders: 3 },
      { name: "2027-01", holders: 0 },
    ]);
    await issuing.goTo("2026-12-02");
    await issuing.badge(doctors[0]!, "2027-01");
    expect(await countHolders(issuing.db, "2026-12-02")).toEqual([
      { purpose: "circle-badge", name: "2026-12", holders: 3 },
      { purpose: "circle-badge", name: "2027-01", holders: 1 },
    ]);
    await owner().query("select pass.after_restore('2026-11-30', '2026-11-30')");
    await tellCrowds(issuing.db, keys(), "2026-12-02");
    expect(await heldThere()).toEqual([
      { name: "2026-12", holders: 3 },
      { name: "2027-01", holders: 1 },
    ]);
  });
});
