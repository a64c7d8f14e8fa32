import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  DamagedBackup,
  makePassphraseKey,
  openPassphraseKey,
  readBackupFile,
  readBackupHeader,
  writeBackupFile,
  type PassphraseKey,
} from "./backup-file.ts";

// Real databases and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
let key: PassphraseKey;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callroom-backup-file-"));
  key = await makePassphraseKey("a long enough passphrase");
});
afterAll(() => rm(folder, { recursive: true }));

const about = {
  holds: "named",
  set: "0123456789abcdefghijkl",
  madeOn: "2026-11-22",
  schemaVersion: 3,
  postgres: "18.4",
} as const;

async function* parts(...buffers: Uint8Array[]) {
  yield* buffers;
}

async function written(...buffers: Uint8Array[]): Promise<string> {
  const path = join(folder, `file-${count++}`);
  await writeBackupFile(path, about, key, parts(...buffers));
  return path;
}

async function read(path: string, withKey = key): Promise<Buffer> {
  const found: Uint8Array[] = [];
  for await (const part of readBackupFile(path, withKey)) found.push(part);
  return Buffer.concat(found);
}

const patterned = (length: number) => Buffer.from(Array.from({ length }, (_, i) => (i * 7) & 255));

test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])(
  "%i bytes come back",
  async (length) => {
    const plain = patterned(length);
    const path = await written(plain);
    expect((await read(path)).equals(plain)).toBe(true);
  },
);

test("however the bytes arrive, the same come back", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 6 }),
      async (lengths) => {
        const buffers = lengths.map(patterned);
        const path = await written(...buffers);
        expect((await read(path)).equals(Buffer.concat(buffers))).toBe(true);
        await rm(path);
      },
    ),
    { numRuns: 30 },
  );
});

test("the header is readable without the passphrase and tells no more than it should", async () => {
  const header = await readBackupHeader(await written(patterned(10)));
  expect(header).toMatchObject({ ok: true, value: { ...about, format: 1 } });
});

test("every truncation is refused", async () => {
  const path = await written(patterned(140_000));
  const whole = await readFile(path);
  const starts = 20 + whole.readUInt32BE(16);
  const boundaries = [starts, starts + 65_552, starts + 2 * 65_552];
  const lengths = new Set([0, 1, 15, 16, 19, 20, starts - 1, whole.length - 1, whole.length - 16]);
  for (const at of boundaries) for (const near of [-1, 0, 1, 15, 16, 17]) lengths.add(at + near);
  for (let i = 1; i < 40; i++) lengths.add(Math.floor((whole.length * i) / 40));
  const cut = join(folder, "cut");
  for (const length of lengths) {
    await copyFile(path, cut);
    await truncate(cut, length);
    await expect(read(cut), `cut to ${length}`).rejects.toThrow(DamagedBackup);
  }
});

test("every altered byte is refused", async () => {
  const path = await written(patterned(70_000));
  const whole = await readFile(path);
  const altered = join(folder, "altered");
  const starts = 20 + whole.readUInt32BE(16);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.nat(starts), fc.nat(whole.length - 1)),
      fc.integer({ min: 1, max: 255 }),
      async (at, by) => {
        const bytes = Buffer.from(whole);
        bytes[at]! ^= by;
        await writeFile(altered, bytes);
        await expect(read(altered)).rejects.toThrow(DamagedBackup);
      },
    ),
    { numRuns: 150 },
  );
});

test("chunks that changed places, were doubled or added are refused", async () => {
  const whole = await readFile(await written(patterned(65_536 * 3)));
  const starts = 20 + whole.readUInt32BE(16);
  const chunk = (i: number) => whole.subarray(starts + i * 65_552, starts + (i + 1) * 65_552);
  const top = whole.subarray(0, starts);
  const forged = join(folder, "forged");
  for (const order of [[1, 0, 2], [0, 0, 1, 2], [0, 2], [0, 1], [0, 1, 2, 2], [2]]) {
    await writeFile(forged, Buffer.concat([top, ...order.map(chunk)]));
    await expect(read(forged), order.join()).rejects.toThrow(DamagedBackup);
  }
  await writeFile(forged, Buffer.concat([whole, Buffer.from("x")]));
  await expect(read(forged)).rejects.toThrow(DamagedBackup);
});

test("a chunk of another file of the same backup is refused", async () => {
  const one = await readFile(await written(patterned(100)));
  const other = await readFile(await written(patterned(100)));
  const starts = 20 + one.readUInt32BE(16);
  const path = join(folder, "swapped");
  await writeFile(path, Buffer.concat([one.subarray(0, starts), other.subarray(starts)]));
  await expect(read(path)).rejects.toThrow(DamagedBackup);
});

test("only the passphrase opens it, however it was typed", async () => {
  const path = await written(patterned(10));
  const header = await readBackupHeader(path);
  if (!header.ok) throw new Error("Expected a header");
  const wrong = await openPassphraseKey("another passphrase", header.value.passphrase);
  expect(wrong).toEqual({ ok: false, refusal: { type: "WrongPassphrase" } });
  const right = await openPassphraseKey(" a long enough passphrase\n", header.value.passphrase);
  if (!right.ok) throw new Error("Expected a key");
  expect(await read(path, right.value)).toEqual(patterned(10));
});

test("a composed and a decomposed letter are one passphrase", async () => {
  const { told } = await makePassphraseKey("caf\u00e9 at four in the morning");
  expect((await openPassphraseKey("cafe\u0301 at four in the morning", told)).ok).toBe(true);
});

test("another kind of file, and one of a newer format, are told apart", async () => {
  const path = join(folder, "other");
  await writeFile(path, "PK nothing of ours, but long enough to be looked at");
  expect(await readBackupHeader(path)).toMatchObject({ refusal: { type: "NotABackup" } });
  const json = Buffer.from(JSON.stringify({ format: 2, something: "new" }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  await writeFile(path, Buffer.concat([Buffer.from("callroom backup\n"), length, json]));
  expect(await readBackupHeader(path)).toMatchObject({ refusal: { type: "NewerFormat" } });
});

test("a file that is there is never written over", async () => {
  const path = await written(patterned(10));
  await expect(writeBackupFile(path, about, key, parts())).rejects.toThrow(/EEXIST/);
});
