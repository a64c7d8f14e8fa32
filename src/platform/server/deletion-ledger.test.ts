import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { redact } from "../redacted.ts";
import { openDeletionLedger, repeatDeletions } from "./deletion-ledger.ts";

let dataDir: string;
const key = redact(new Uint8Array(randomBytes(32)));
beforeEach(async () => void (dataDir = await mkdtemp(join(tmpdir(), "callroom-ledger-"))));
afterEach(() => rm(dataDir, { recursive: true }));

test("who was deleted is found again, and nobody else", async () => {
  const ledger = openDeletionLedger(dataDir, key);
  expect(await ledger.accountsIn(["a", "b"])).toEqual([]);
  await ledger.add("a");
  await ledger.add("c");
  expect(await openDeletionLedger(dataDir, key).accountsIn(["a", "b", "c"])).toEqual(["a", "c"]);
});

test("the file names nobody, dates nothing and is for its owner only", async () => {
  const account = "0b9b3c1e-5f0e-4d8e-9d5f-3a0f2f1f8a11";
  await openDeletionLedger(dataDir, key).add(account);
  const file = join(dataDir, "deletions.ledger");
  expect(await readFile(file, "utf8")).toMatch(/^\n[\w-]{43}\n$/);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const other = openDeletionLedger(dataDir, redact(new Uint8Array(32)));
  expect(await other.accountsIn([account])).toEqual([]);
});

test("a line that a fault cut short spoils no other", async () => {
  const ledger = openDeletionLedger(dataDir, key);
  await ledger.add("a");
  await ledger.add("b");
  const file = join(dataDir, "deletions.ledger");
  await truncate(file, (await stat(file)).size - 20);
  await ledger.add("c");
  expect(await ledger.accountsIn(["a", "b", "c"])).toEqual(["a", "c"]);
});

test("at a start, who came back is deleted again, and only they", async () => {
  const ledger = openDeletionLedger(dataDir, key);
  const deleted: string[] = [];
  const remove = async (account: string) => void deleted.push(account);
  const unasked = () => Promise.reject(new Error("Nobody needs to be listed"));
  expect(await repeatDeletions(ledger, unasked, remove)).toBe(0);
  await ledger.add("gone");
  expect(await repeatDeletions(ledger, async () => ["here", "gone"], remove)).toBe(1);
  expect(deleted).toEqual(["gone"]);
});
