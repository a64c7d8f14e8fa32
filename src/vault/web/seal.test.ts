import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes, utf8ToBytes } from "#platform/bytes.ts";
import { LARGEST_RECORD } from "../record.ts";
import { collectionKey, toOpenKey } from "./keys.ts";
import { openBound, openRecord, sealBound, sealRecord } from "./seal.ts";

const open = await toOpenKey(concatBytes(randomBytes(32)));
const key = await collectionKey(open, "check-in");
const AT = { safe: "a", collection: "check-in", id: "0f".repeat(16), version: 2 };

test("what was sealed opens as it was, whatever it held", async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (content) => {
      const opened = await openRecord(key, AT, await sealRecord(key, AT, content));
      expect(opened).toEqual({ content: JSON.parse(JSON.stringify(content)) as unknown });
    }),
    { numRuns: 60 },
  );
});

test("a sealed nothing is told from what does not open", async () => {
  expect(await openRecord(key, AT, await sealRecord(key, AT, null))).toEqual({ content: null });
  expect(await openRecord(key, AT, new Uint8Array(300))).toBeNull();
});

test("a sealed record shows its bucket and no more", async () => {
  const sizes = new Set<number>();
  for (let length = 0; length < 240; length += 20)
    sizes.add((await sealRecord(key, AT, "x".repeat(length))).length);
  expect([...sizes]).toEqual([256 + 12 + 16]);
});

test("the largest record fits into what the server takes", async () => {
  const largest = "x".repeat(LARGEST_RECORD - 4 - 2);
  expect((await sealRecord(key, AT, largest)).length).toBeLessThanOrEqual(1_048_576);
  await expect(sealRecord(key, AT, `${largest}x`)).rejects.toThrow(RangeError);
});

test("the same content is never sealed to the same bytes", async () => {
  expect(await sealRecord(key, AT, "same")).not.toEqual(await sealRecord(key, AT, "same"));
});

test("a record does not open in another place, at another version, or with another key", async () => {
  const sealed = await sealRecord(key, AT, "mine");
  const elsewhere = [
    { ...AT, safe: "b" },
    { ...AT, collection: "path" },
    { ...AT, id: "f0".repeat(16) },
    { ...AT, version: 1 },
    { ...AT, version: 3 },
  ];
  for (const at of elsewhere) expect(await openRecord(key, at, sealed)).toBeNull();
  const others = [
    await collectionKey(open, "path"),
    await collectionKey(await toOpenKey(concatBytes(randomBytes(32))), "check-in"),
  ];
  for (const other of others) expect(await openRecord(other, AT, sealed)).toBeNull();
});

test("every truncation and any flipped byte is refused", async () => {
  const sealed = await sealRecord(key, AT, "mine");
  for (let length = 0; length < sealed.length; length++)
    expect(await openRecord(key, AT, sealed.subarray(0, length))).toBeNull();
  for (let at = 0; at < sealed.length; at++) {
    const altered = sealed.slice();
    altered[at]! ^= 1;
    expect(await openRecord(key, AT, altered)).toBeNull();
  }
});

test("bytes sealed for one purpose do not open for another", async () => {
  const sealed = await sealBound(key, utf8ToBytes("a draft"), utf8ToBytes("text"));
  expect(await openBound(key, utf8ToBytes("a draft"), sealed)).toEqual(utf8ToBytes("text"));
  expect(await openBound(key, utf8ToBytes("a card"), sealed)).toBeNull();
});
