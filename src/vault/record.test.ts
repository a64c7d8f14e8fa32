import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToHex, concatBytes } from "#platform/bytes.ts";
import { bucketFor, LARGEST_RECORD, pad, recordBinding, unpad } from "./record.ts";

const lengths = fc.integer({ min: 0, max: LARGEST_RECORD });

test("a bucket holds what it is for, and a longer text never gets a smaller one", () => {
  fc.assert(
    fc.property(lengths, lengths, (one, other) => {
      const [short, long] = [Math.min(one, other), Math.max(one, other)];
      expect(bucketFor(short)).toBeGreaterThanOrEqual(short);
      expect(bucketFor(short)).toBeLessThanOrEqual(bucketFor(long));
      expect(bucketFor(bucketFor(long))).toBe(bucketFor(long));
    }),
  );
});

test("there are few buckets: five up to 4 KiB, then four to each doubling", () => {
  const buckets = new Set<number>();
  for (let length = 0; length <= LARGEST_RECORD; length += 97) buckets.add(bucketFor(length));
  buckets.add(bucketFor(LARGEST_RECORD));
  const sorted = [...buckets].toSorted((a, b) => a - b);
  expect(sorted.slice(0, 9)).toEqual([256, 512, 1024, 2048, 4096, 5120, 6144, 7168, 8192]);
  expect(sorted).toHaveLength(5 + 4 * 8);
  for (const [at, size] of sorted.slice(4, -1).entries())
    expect(sorted[at + 5]! / size).toBeLessThanOrEqual(1.25);
});

test("a bucket wastes no more than a quarter beyond 4 KiB", () => {
  fc.assert(
    fc.property(fc.integer({ min: 4097, max: LARGEST_RECORD }), (length) => {
      expect(bucketFor(length)).toBeLessThanOrEqual(length * 1.25);
    }),
  );
});

test("a record beyond the largest is a defect", () => {
  expect(bucketFor(LARGEST_RECORD)).toBe(LARGEST_RECORD);
  expect(() => bucketFor(LARGEST_RECORD + 1)).toThrow(RangeError);
  expect(() => pad(new Uint8Array(LARGEST_RECORD - 3))).toThrow(RangeError);
  expect(pad(new Uint8Array(LARGEST_RECORD - 4))).toHaveLength(LARGEST_RECORD);
});

test("a padded text comes back as it was, from a view into other memory too", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 6000 }), fc.integer({ min: 0, max: 9 }), (text, off) => {
      const whole = concatBytes(new Uint8Array(off), pad(text));
      expect(unpad(whole.subarray(off))).toEqual(Uint8Array.from(text));
    }),
    { numRuns: 60 },
  );
});

test("every truncation of a padded text is refused", () => {
  for (const length of [0, 1, 200, 251, 252]) {
    const padded = pad(new Uint8Array(length).fill(1));
    for (let cut = 0; cut < padded.length; cut++) expect(unpad(padded.subarray(0, cut))).toBeNull();
  }
});

test("a padding longer than its bucket, one not of zeros, and a length that lies are refused", () => {
  const padded = pad(Uint8Array.of(1, 2, 3));
  expect(unpad(concatBytes(padded, new Uint8Array(256)))).toBeNull();
  for (const at of [7, 100, 255]) {
    const altered = padded.slice();
    altered[at] = 1;
    expect([at, unpad(altered)]).toEqual([at, null]);
  }
  for (const [at, value] of [
    [3, 2],
    [2, 1],
    [0, 255],
  ] as const) {
    const altered = padded.slice();
    altered[at] = value;
    expect([at, unpad(altered)]).toEqual([at, null]);
  }
});

test("a record's binding differs in every field", () => {
  const at = { safe: "a-safe", collection: "check-in", id: "00".repeat(16), version: 3 };
  const others = [
    { ...at, safe: "b-safe" },
    { ...at, collection: "check-im" },
    { ...at, id: "01".repeat(16) },
    { ...at, version: 4 },
    { ...at, version: 33 },
    // The same letters, shared out otherwise.
    { ...at, safe: "a-safec", collection: "heck-in" },
    { ...at, collection: `check-in${"0".repeat(31)}`, id: "0" },
  ];
  const bindings = [at, ...others].map((each) => bytesToHex(recordBinding(each)));
  expect(new Set(bindings).size).toBe(bindings.length);
});

test("a record's binding is the one of earlier versions", () => {
  const { safe, collection, record } = JSON.parse(
    readFileSync(new URL("vectors/callroom-v1.json", import.meta.url), "utf8"),
  ) as {
    safe: string;
    collection: { name: string };
    record: { id: string; version: number; binding: string };
  };
  const { binding, ...rest } = record;
  expect(bytesToHex(recordBinding({ safe, collection: collection.name, ...rest }))).toBe(binding);
});
