import { expect, test } from "vitest";
import { bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import { random, withIdentity } from "../../../tests/identity.ts";
import { readRecords, RECORD_PAGE, writeRecord } from "../contract.ts";
import { SAFE_BYTES } from "./store.ts";

const house = withIdentity();

const place = () => ({
  collection: bytesToBase64url(random(16)),
  id: bytesToBase64url(random(16)),
});
type Place = ReturnType<typeof place>;
const write = (token: string, params: Place, version: number, sealed: Bytes = random(300)) =>
  house.ask(writeRecord, { token, params, body: { version, sealed: bytesToBase64url(sealed) } });
const read = (token: string, after = 0) => house.must(readRecords, { token, query: { after } });
const safeOf = async (account: string) =>
  (
    await house.cluster.owner.query<{ sequence: number; bytes_used: number }>(
      "select sequence, bytes_used from vault.safe where id = $1",
      [account],
    )
  ).rows[0]!;
/** What `bytes_used` has to be. */
const bytesOf = async (account: string) =>
  Number(
    (
      await house.cluster.owner.query<{ bytes: string | null }>(
        "select sum(length(sealed)) as bytes from vault.record where safe = $1",
        [account],
      )
    ).rows[0]!.bytes ?? 0,
  );

test("a record comes back as it was sealed, in the order in which records changed", async () => {
  const { token } = await house.join();
  const [one, two] = [place(), place()];
  const [first, second, third] = [random(256), random(40), random(1000)];
  expect((await write(token, one, 1, first)).answer).toEqual({ sequence: 1 });
  expect((await write(token, two, 1, second)).answer).toEqual({ sequence: 2 });
  expect((await write(token, one, 2, third)).answer).toEqual({ sequence: 3 });
  expect(await read(token)).toEqual({
    records: [
      { ...two, version: 1, sequence: 2, sealed: bytesToBase64url(second) },
      { ...one, version: 2, sequence: 3, sealed: bytesToBase64url(third) },
    ],
    sequence: 3,
    more: false,
  });
  expect((await read(token, 2)).records).toHaveLength(1);
  expect(await read(token, 3)).toEqual({ records: [], sequence: 3, more: false });
});

test("a safe is its member's alone, and counts for itself", async () => {
  const [person, other] = [await house.join(), await house.join()];
  const at = place();
  await write(person.token, at, 1);
  await write(person.token, at, 2);
  expect((await read(other.token)).records).toEqual([]);
  expect((await write(other.token, at, 1)).answer).toEqual({ sequence: 1 });
  expect((await safeOf(person.account)).sequence).toBe(2);
});

test("a version must be above the one kept; one that other changes left behind is told what is kept", async () => {
  const { token } = await house.join();
  const at = place();
  await write(token, place(), 1);
  await write(token, at, 1);
  await write(token, at, 2);
  for (const version of [1, 2]) {
    const told = await write(token, at, version);
    expect(told.refusal).toEqual({ type: "VersionConflict", detail: { kept: 2, sequence: 3 } });
  }
  // A device that wrote several times while it was offline sends the last of them.
  expect((await write(token, at, 7)).answer).toEqual({ sequence: 4 });
});

test("the same bytes again are acknowledged again, and counted once", async () => {
  const { token, account } = await house.join();
  const [at, sealed] = [place(), random(300)];
  const told = await Promise.all(Array.from({ length: 20 }, () => write(token, at, 1, sealed)));
  expect(told.map(({ answer }) => answer)).toEqual(
    Array.from({ length: 20 }, () => ({ sequence: 1 })),
  );
  expect(await safeOf(account)).toEqual({ sequence: 1, bytes_used: 300 });
});

test("of twenty devices that write one version at once one is kept, and the safe's sums are right", async () => {
  const { token, account } = await house.join();
  for (const version of [1, 2, 3]) {
    const at = place();
    if (version > 1) await write(token, at, version - 1);
    const told = await Promise.all(Array.from({ length: 20 }, () => write(token, at, version)));
    expect(told.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(told.filter(({ refusal }) => refusal?.type === "VersionConflict")).toHaveLength(19);
  }
  const { sequence, bytes_used } = await safeOf(account);
  expect(bytes_used).toBe(await bytesOf(account));
  expect(sequence).toBe((await read(token)).sequence);
  expect(house.defects).toEqual([]);
});

test("versions that come at once and out of order leave the highest, and the sums right", async () => {
  const { token, account } = await house.join();
  const at = place();
  const versions = [3, 1, 8, 5, 2, 7, 4, 6];
  const told = await Promise.all(
    versions.map((version) => write(token, at, version, random(200 + version))),
  );
  for (const { status, refusal } of told)
    expect([200, "VersionConflict"]).toContain(status === 200 ? 200 : refusal?.type);
  const { records } = await read(token);
  expect(records).toMatchObject([{ version: 8 }]);
  expect((await safeOf(account)).bytes_used).toBe(208);
  expect(house.defects).toEqual([]);
});

test("a full safe takes no more, but what makes room", async () => {
  const { token, account } = await house.join();
  const at = place();
  await write(token, at, 1, random(1000));
  await house.cluster.owner.query("update vault.safe set bytes_used = $1 where id = $2", [
    SAFE_BYTES - 100,
    account,
  ]);
  expect((await write(token, place(), 1, random(101))).refusal).toEqual({ type: "SafeFull" });
  expect((await write(token, at, 2, random(1101))).refusal).toEqual({ type: "SafeFull" });
  expect((await write(token, place(), 1, random(100))).status).toBe(200);
  expect((await write(token, place(), 1, random(1))).refusal).toEqual({ type: "SafeFull" });
  expect((await write(token, at, 2, random(300))).status).toBe(200);
  expect((await safeOf(account)).bytes_used).toBe(SAFE_BYTES - 700);
});

test("records come a page at a time, each once, until there are no more", async () => {
  const { token, account } = await house.join();
  const { owner } = house.cluster;
  const count = RECORD_PAGE * 2 + 7;
  await owner.query(
    `insert into vault.record (safe, collection, id, version, sequence, sealed)
     select $1, decode(md5('c'), 'hex'), decode(md5(n::text), 'hex'), 1, n, 'x'::bytea
     from generate_series(1, $2) n`,
    [account, count],
  );
  const pages = [];
  for (let after = 0; ;) {
    const page = await read(token, after);
    pages.push(page.records.length);
    after = page.sequence;
    if (!page.more) break;
  }
  expect(pages).toEqual([RECORD_PAGE, RECORD_PAGE, 7]);
});

test("a page holds two mebibytes at most, or one record that is larger with others", async () => {
  const { token } = await house.join();
  const sizes = [900_000, 900_000, 900_000, 1_048_576, 1_048_576, 10];
  for (const size of sizes) await write(token, place(), 1, new Uint8Array(size));
  const pages: number[] = [];
  for (let after = 0; ;) {
    const page = await read(token, after);
    pages.push(page.records.length);
    after = page.sequence;
    if (!page.more) break;
  }
  expect(pages).toEqual([2, 2, 2]);
});

test("a server that went back says so with a sequence below the one asked for", async () => {
  const { token, account } = await house.join();
  for (const version of [1, 2, 3]) await write(token, place(), version);
  await house.cluster.owner.query("delete from vault.record where safe = $1 and sequence > 1", [
    account,
  ]);
  await house.cluster.owner.query("update vault.safe set sequence = 1 where id = $1", [account]);
  expect(await read(token, 3)).toEqual({ records: [], sequence: 1, more: false });
});

test.each([
  ["an empty record", { version: 1, sealed: "" }],
  ["a record beyond a mebibyte", { version: 1, sealed: "A".repeat(1_398_104) }],
  ["bytes that are none", { version: 1, sealed: "AA==" }],
  ["nothing in place of a record", { version: 1, sealed: null }],
  ["version 0", { version: 0, sealed: "AAAA" }],
  ["half a version", { version: 1.5, sealed: "AAAA" }],
  ["a version beyond what is counted", { version: 2 ** 31, sealed: "AAAA" }],
  ["a field more", { version: 1, sealed: "AAAA", safe: "another" }],
])("%s is refused as bad input", async (_, body) => {
  const { token } = await house.join();
  const told = await house.ask(writeRecord, { token, params: place(), body: body as never });
  expect([told.status, told.refusal?.type]).toEqual([400, "BadInput"]);
});

test("a place that is none is refused as bad input", async () => {
  const { token } = await house.join();
  const good = place();
  for (const params of [
    { ...good, collection: "check-in" },
    { ...good, id: bytesToBase64url(random(15)) },
    { ...good, id: `${good.id.slice(0, -1)}_` },
  ])
    expect((await write(token, params, 1)).refusal).toMatchObject({ type: "BadInput" });
  for (const after of ["", "-1", "x", "1e3", "9".repeat(16)])
    expect(await house.refusal(readRecords, { token, query: { after } })).toBe("BadInput");
});

test("a row says nothing but place, version, sequence and ciphertext", async () => {
  const { token, account } = await house.join();
  await write(token, place(), 1);
  const { rows, fields } = await house.cluster.owner.query(
    "select * from vault.record where safe = $1",
    [account],
  );
  expect(rows).toHaveLength(1);
  expect(fields.map(({ name }) => name)).toEqual([
    "safe",
    "collection",
    "id",
    "version",
    "sequence",
    "sealed",
  ]);
});
