import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { useNamedDatabase } from "../../../tests/database.ts";
import { makeKeep } from "./keeping.ts";
import { makeSafe, recordsAfter, type NewRecord } from "./store.ts";
import type { VaultTables } from "./tables.ts";

const database = useNamedDatabase();
const vault = () => database.cluster().as<VaultTables>("vault");

async function newSafe(): Promise<string> {
  const safe = randomUUID();
  await makeSafe(vault(), safe, new Map());
  return safe;
}
const record = (safe: string, more: Partial<NewRecord> = {}): NewRecord => ({
  safe,
  collection: randomBytes(16),
  id: randomBytes(16),
  version: 1,
  sealed: randomBytes(60),
  ...more,
});
const commitsOf = async () =>
  Number(
    (
      await database
        .cluster()
        .owner.query<{ count: string }>("select count(distinct xmin::text) from vault.record")
    ).rows[0]!.count,
  );

test("records that come at once are kept whole, each safe counting for itself", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(3), { minLength: 1, maxLength: 60 }),
      async (safesOfRecords) => {
        const safes = await Promise.all([0, 1, 2, 3].map(newSafe));
        const keep = makeKeep(vault());
        const sequences = await Promise.all(
          safesOfRecords.map((safe) => keep(record(safes[safe]!))),
        );
        for (const [at, safe] of safes.entries()) {
          const mine = sequences.filter((_, nth) => safesOfRecords[nth] === at);
          const counted = mine.map((_, nth) => nth + 1);
          expect(mine.toSorted((a, b) => a! - b!)).toEqual(counted);
          const { records } = await recordsAfter(vault(), safe, 0);
          expect(records.map(({ sequence }) => sequence)).toEqual(counted);
        }
      },
    ),
    { numRuns: 8 },
  );
});

test("a hundred records at once take far fewer commits than a hundred", async () => {
  const safe = await newSafe();
  const keep = makeKeep(vault());
  const before = await commitsOf();
  await Promise.all(Array.from({ length: 100 }, () => keep(record(safe))));
  expect((await commitsOf()) - before).toBeLessThan(20);
});

test("the second of two records of one place that come at once is refused, whatever came between", async () => {
  const safe = await newSafe();
  const keep = makeKeep(vault());
  const place = { collection: randomBytes(16), id: randomBytes(16) };
  const others = Array.from({ length: 8 }, () => keep(record(safe)));
  const [one, two] = await Promise.all([keep(record(safe, place)), keep(record(safe, place))]);
  await Promise.all(others);
  expect([one, two].filter((sequence) => sequence === null)).toHaveLength(1);
});

test("a record that the database refuses takes no other with it", async () => {
  const safe = await newSafe();
  const keep = makeKeep(vault());
  const settled = await Promise.allSettled([
    ...Array.from({ length: 5 }, () => keep(record(safe))),
    keep(record(safe, { collection: randomBytes(3) })),
    ...Array.from({ length: 5 }, () => keep(record(safe))),
  ]);
  expect(settled.map(({ status }) => status === "fulfilled")).toEqual(
    Array.from({ length: 11 }, (_, nth) => nth !== 5),
  );
  expect((await recordsAfter(vault(), safe, 0)).records).toHaveLength(10);
});

test("there is no safe, so nothing is kept", async () => {
  expect(await makeKeep(vault())(record(randomUUID()))).toBeNull();
});

test("two nodes that write to the same safes in opposite order don't lock each other out", async () => {
  const safes = await Promise.all(Array.from({ length: 8 }, newSafe));
  const nodes = [makeKeep(vault()), makeKeep(vault())];
  const rounds = Array.from({ length: 12 }, () =>
    nodes.flatMap((keep, nth) =>
      (nth === 0 ? safes : safes.toReversed()).map((safe) => keep(record(safe))),
    ),
  );
  const sequences = await Promise.all(rounds.flat());
  expect(sequences).not.toContain(null);
});
