/**
 * The container of a backup: a readable header, then 64 KB chunks, each authenticated in its place. What
 * was cut, altered, swapped or lengthened is noticed before a byte of it is used.
 *
 *   "callroom backup\n"   16 bytes
 *   header length          4 bytes, big-endian
 *   header                 JSON, see BackupHeader
 *   chunks                 AES-256-GCM of up to 65,536 bytes each, tag behind
 *
 * Chunks follow STREAM (Hoang, Reyhanitabar, Rogaway and Vizár 2015) as age does: the nonce is the chunk's
 * number in 11 bytes and 1 for the last chunk, else 0. The key of a file is HKDF-SHA256 of the passphrase's
 * key, with the file's own salt, bound to every byte of the header.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import * as v from "valibot";
import { redact, reveal, type Redacted } from "../redacted.ts";
import { ok, refuse, type Result } from "../result.ts";

const Header = v.strictObject({
  format: v.literal(1),
  holds: v.picklist(["named", "nameless", "secrets"]),
  /** The same in the files of one backup, so that files of different days are not mixed. */
  set: v.pipe(v.string(), v.regex(/^[\w-]{22}$/)),
  madeOn: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/)),
  schemaVersion: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  postgres: v.nullable(v.string()),
  passphrase: v.strictObject({
    kdf: v.literal("scrypt"),
    log2N: v.pipe(v.number(), v.integer(), v.minValue(14), v.maxValue(20)),
    r: v.literal(8),
    p: v.literal(1),
    salt: v.string(),
    check: v.string(),
  }),
  salt: v.string(),
});

export type BackupHeader = v.InferOutput<typeof Header>;
export type BackupContents = BackupHeader["holds"];

export type FileRefusal =
  | { readonly type: "NotABackup"; readonly file: string }
  | { readonly type: "NewerFormat"; readonly file: string }
  | { readonly type: "WrongPassphrase" };

/** The file is not what was written: cut short, altered, or lengthened. */
export class DamagedBackup extends Error {
  override readonly name = "DamagedBackup";
}

const MAGIC = Buffer.from("callroom backup\n");
const CHUNK = 65_536;
const TAG = 16;
const LONGEST_HEADER = 4096;
const LOG2_N = 17;

/** The key that the passphrase gives, with what a header tells about it. */
export interface PassphraseKey {
  readonly key: Redacted<Buffer>;
  readonly told: BackupHeader["passphrase"];
}

/** About half a second and 128 MB, once for all files of a backup (scrypt, RFC 7914). */
export async function makePassphraseKey(passphrase: string): Promise<PassphraseKey> {
  const salt = randomBytes(16);
  const key = await stretch(passphrase, salt, LOG2_N);
  const check = checkOf(key).toString("base64url");
  const told = {
    kdf: "scrypt",
    log2N: LOG2_N,
    r: 8,
    p: 1,
    salt: salt.toString("base64url"),
    check,
  } as const;
  return { key: redact(key), told };
}

export async function openPassphraseKey(
  passphrase: string,
  told: BackupHeader["passphrase"],
): Promise<Result<PassphraseKey, FileRefusal>> {
  const key = await stretch(passphrase, Buffer.from(told.salt, "base64url"), told.log2N);
  const check = Buffer.from(told.check, "base64url");
  const fits = check.length === 16 && timingSafeEqual(check, checkOf(key));
  return fits ? ok({ key: redact(key), told }) : refuse({ type: "WrongPassphrase" });
}

/** Writes and flushes; gives the file's length. The path must not exist. */
export async function writeBackupFile(
  path: string,
  about: Pick<BackupHeader, "holds" | "set" | "madeOn" | "schemaVersion" | "postgres">,
  { key, told }: PassphraseKey,
  plain: AsyncIterable<Uint8Array>,
): Promise<number> {
  const header: BackupHeader = {
    format: 1,
    ...about,
    passphrase: told,
    salt: randomBytes(16).toString("base64url"),
  };
  const top = headerBytes(header);
  const fileKey = keyOfFile(reveal(key), header, top);
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(top);
    let size = top.length;
    let number = 0;
    for await (const { bytes, last } of inChunks(plain)) {
      const sealed = seal(fileKey, number++, last, bytes);
      await file.writeFile(sealed);
      size += sealed.length;
    }
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}

export async function readBackupHeader(path: string): Promise<Result<BackupHeader, FileRefusal>> {
  const file = await open(path, "r");
  try {
    const top = await readTop(file);
    return top === null ? refuse({ type: "NotABackup", file: path }) : parseHeader(path, top);
  } finally {
    await file.close();
  }
}

/** Yields what was written, chunk by chunk, each only after its authentication. Throws DamagedBackup. */
export async function* readBackupFile(
  path: string,
  { key }: PassphraseKey,
): AsyncGenerator<Uint8Array> {
  const file = await open(path, "r");
  try {
    const top = await readTop(file);
    const header = top === null ? null : parseHeader(path, top);
    if (top === null || header === null || !header.ok) throw new DamagedBackup(path);
    const fileKey = keyOfFile(reveal(key), header.value, top);
    const { size } = await file.stat();
    let at = top.length;
    for (let number = 0; ; number++) {
      const left = size - at;
      if (left < TAG) throw new DamagedBackup(path);
      const sealed = Buffer.allocUnsafe(Math.min(left, CHUNK + TAG));
      const { bytesRead } = await file.read(sealed, 0, sealed.length, at);
      if (bytesRead !== sealed.length) throw new DamagedBackup(path);
      at += bytesRead;
      const last = at === size;
      const bytes = unseal(fileKey, number, last, sealed);
      if (bytes === null || (bytes.length === 0 && number > 0)) throw new DamagedBackup(path);
      yield bytes;
      if (last) return;
    }
  } finally {
    await file.close();
  }
}

function headerBytes(header: BackupHeader): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([MAGIC, length, json]);
}

async function readTop(file: FileHandle): Promise<Buffer | null> {
  const start = Buffer.alloc(MAGIC.length + 4);
  const { bytesRead } = await file.read(start, 0, start.length, 0);
  if (bytesRead < start.length || !start.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const length = start.readUInt32BE(MAGIC.length);
  if (length > LONGEST_HEADER) return null;
  const json = Buffer.alloc(length);
  if ((await file.read(json, 0, length, start.length)).bytesRead < length) return null;
  return Buffer.concat([start, json]);
}

function parseHeader(path: string, top: Buffer): Result<BackupHeader, FileRefusal> {
  let json: unknown;
  try {
    json = JSON.parse(top.subarray(MAGIC.length + 4).toString("utf8"));
  } catch {
    return refuse({ type: "NotABackup", file: path });
  }
  const parsed = v.safeParse(Header, json);
  if (parsed.success) return ok(parsed.output);
  const { format } = Object(json) as { format?: unknown };
  const newer = typeof format === "number" && format > 1;
  return refuse({ type: newer ? "NewerFormat" : "NotABackup", file: path });
}

/** Whole chunks, and a last one that is shorter or whole; empty only when there is nothing at all. */
async function* inChunks(
  plain: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const part of plain) {
    held.push(part);
    length += part.length;
    // One more byte than a chunk shows that it is not the last.
    if (length <= CHUNK) continue;
    const bytes = Buffer.concat(held);
    let at = 0;
    for (; length - at > CHUNK; at += CHUNK)
      yield { bytes: bytes.subarray(at, at + CHUNK), last: false };
    held = [bytes.subarray(at)];
    length -= at;
  }
  yield { bytes: Buffer.concat(held), last: true };
}

function seal(key: Buffer, number: number, last: boolean, bytes: Buffer): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonceOf(number, last));
  return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function unseal(key: Buffer, number: number, last: boolean, sealed: Buffer): Buffer | null {
  const end = sealed.length - TAG;
  const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(number, last), {
    authTagLength: TAG,
  });
  decipher.setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]);
  } catch {
    return null;
  }
}

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function keyOfFile(key: Buffer, header: BackupHeader, top: Buffer): Buffer {
  const salt = Buffer.from(header.salt, "base64url");
  const bound = createHash("sha256").update(top).digest();
  const info = Buffer.concat([Buffer.from("callroom backup file v1\n"), bound]);
  return Buffer.from(hkdfSync("sha256", key, salt, info, 32));
}

/** Tells a wrong passphrase from a damaged file; a guess costs the same scrypt either way. */
function checkOf(key: Buffer): Buffer {
  const info = "callroom backup passphrase check v1\n";
  return Buffer.from(hkdfSync("sha256", key, Buffer.alloc(0), info, 16));
}

function stretch(passphrase: string, salt: Buffer, log2N: number): Promise<Buffer> {
  const N = 2 ** log2N;
  return new Promise((settle, fail) =>
    scrypt(
      passphrase.normalize("NFKC").trim(),
      salt,
      32,
      { N, r: 8, p: 1, maxmem: 2 * 128 * N * 8 },
      (error, key) => (error ? fail(error) : settle(key)),
    ),
  );
}
