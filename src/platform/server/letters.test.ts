import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { useNamedDatabase } from "../../../tests/database.ts";
import { bytesToBase64url, utf8ToBytes } from "../bytes.ts";
import { redact } from "../redacted.ts";
import { enqueueLetter, enqueueLetters, openLetter, type Letter } from "./letters.ts";
import { sealBytes } from "./tickets.ts";

const database = useNamedDatabase();
const key = redact(new Uint8Array(randomBytes(32)));
const letter: Letter = {
  template: "booking-held",
  to: "ada@clinic.example",
  fields: { when: "Tuesday at nine" },
  calendar: { method: "REQUEST", text: "BEGIN:VCALENDAR\r\nSUMMARY:Hold\r\n" },
};
const db = () => database.cluster().as<never>("coaching");

beforeEach(() => database.cluster().owner.query("truncate graphile_worker._private_jobs"));

async function rows() {
  const found = await database.cluster().owner.query<{
    text: string;
    payload: { sealed: string; account: string | null };
    run_at: Date;
    key: string | null;
    max_attempts: number;
  }>(
    `select j::text as text, j.payload, j.run_at, j.key, j.max_attempts
     from graphile_worker._private_jobs j order by id`,
  );
  return found.rows;
}

test("a letter waits sealed: the row names neither whom it is for nor what it says", async () => {
  await enqueueLetter(db(), key, letter);
  const [row] = await rows();
  expect(row!.text).not.toMatch(/ada|clinic|booking-held|Tuesday|VCALENDAR|Hold/);
  expect(Buffer.from(row!.payload.sealed, "base64url").includes("ada@")).toBe(false);
  expect(openLetter(key, row!.payload.sealed)).toEqual(letter);
  expect(row!.max_attempts).toBe(12);
});

test("one text to two people looks like two letters", async () => {
  await enqueueLetter(db(), key, letter);
  await enqueueLetter(db(), key, letter);
  const [one, other] = await rows();
  expect(one!.payload.sealed).not.toBe(other!.payload.sealed);
});

test("whose letter it is stands beside it only where the account's deletion must find it", async () => {
  await enqueueLetter(db(), key, letter);
  await enqueueLetter(db(), key, letter, { account: "an-account", key: "k", runAt: 1.9e12 });
  const [without, withAccount] = await rows();
  expect(without!.payload.account).toBeNull();
  expect(withAccount).toMatchObject({ payload: { account: "an-account" }, key: "k" });
  expect(withAccount!.run_at.getTime()).toBe(1.9e12);
});

test("many letters wait for one moment, each as if it were alone", async () => {
  const many = ["ada", "bo", "cy"].map((account) => ({
    letter: { ...letter, to: `${account}@mail.example` },
    account,
  }));
  const within = database.cluster().as<never>("stewardship");
  await enqueueLetters(within, key, [...many, { letter }], 1.9e12);
  const found = await rows();
  const opened = found.map(({ payload: { sealed, account } }) => [
    account,
    openLetter(key, sealed),
  ]);
  expect(opened).toHaveLength(4);
  expect(opened).toEqual(
    expect.arrayContaining([...many.map((each) => [each.account, each.letter]), [null, letter]]),
  );
  for (const row of found)
    expect([row.run_at.getTime(), row.max_attempts, row.key]).toEqual([1.9e12, 12, null]);
});

test("a letter leaves with the transaction that caused it, or not at all", async () => {
  const failing = db()
    .transaction()
    .execute(async (within) => {
      await enqueueLetter(within, key, letter);
      await sql`select 1 / 0`.execute(within);
    });
  await expect(failing).rejects.toThrow(/zero/);
  expect(await rows()).toEqual([]);
});

test("what is no letter of ours does not open", () => {
  const plain = utf8ToBytes(JSON.stringify(letter));
  const foreign = redact(new Uint8Array(randomBytes(32)));
  const sealed = bytesToBase64url(sealBytes(key, "letter", plain));
  expect(openLetter(key, sealed)).toEqual(letter);
  for (const none of [
    bytesToBase64url(sealBytes(key, "address", plain)),
    bytesToBase64url(sealBytes(foreign, "letter", plain)),
    `${sealed.slice(0, -2)}AA`,
    "",
    "undefined",
  ])
    expect(openLetter(key, none)).toBeNull();
});
