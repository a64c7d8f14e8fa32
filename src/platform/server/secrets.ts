/**
 * The installation's own keys, in one file that only Callroom's user can read. Made once, all at once and
 * exclusively, so that two nodes starting together on one folder end up with the same; never made anew
 * beside a database that was sealed with others. A file of an earlier version gets what it lacks, likewise.
 */
import { randomBytes } from "node:crypto";
import {
  access,
  link,
  mkdir,
  open,
  readFile,
  realpath,
  rm,
  stat,
  type FileHandle,
} from "node:fs/promises";
import { dirname } from "node:path";
import { ready, server } from "@serenity-kit/opaque";
import { base64urlToBytes, type Bytes } from "../bytes.ts";
import { redact, type Redacted } from "../redacted.ts";
import { ok, refuse, type Result } from "../result.ts";
import { flushFolder, renameFlushed } from "./flushed.ts";

export interface Secrets {
  /** OPAQUE's long-term key pair and seed; without it nobody's passphrase opens anything. */
  readonly opaqueServerSetup: Redacted<string>;
  /** Makes unknown logins look like known ones. */
  readonly unknownLoginKey: Redacted<Bytes>;
  readonly ticketKey: Redacted<Bytes>;
  readonly addressIndexKey: Redacted<Bytes>;
  readonly addressSealKey: Redacted<Bytes>;
  readonly sessionKey: Redacted<Bytes>;
  readonly feedKey: Redacted<Bytes>;
  /** Seals the private halves of the keys that passes are signed with. */
  readonly issuerSealKey: Redacted<Bytes>;
  /** What circles derive their keys from: of tickets, of stamps, of employers' marks. */
  readonly circlesKey: Redacted<Bytes>;
}

export type SecretsRefusal =
  | { readonly type: "SecretsMissing"; readonly file: string }
  | { readonly type: "SecretsDamaged"; readonly file: string; readonly lacking: readonly string[] }
  | { readonly type: "SecretsClosed"; readonly file: string }
  /** Whole, but without keys that came later. */
  | { readonly type: "SecretsOlder"; readonly file: string; readonly lacking: readonly LaterKey[] }
  | {
      readonly type: "SecretsUnwritable";
      readonly file: string;
      readonly lacking: readonly LaterKey[];
    };

export interface OpeningSecrets {
  /** A missing file is made; pass it only while the database holds no community. */
  readonly make: boolean;
  /** Keys of later versions that an older file is given; name those under which the database holds nothing. */
  readonly add?: readonly LaterKey[];
}

export async function openSecrets(
  file: string,
  { make, add = [] }: OpeningSecrets,
): Promise<Result<Secrets, SecretsRefusal>> {
  if (make && !(await secretsExist(file))) await makeSecretsFile(file);
  const opened = await readSecretsFile(file);
  if (opened.ok || opened.refusal.type !== "SecretsOlder") return opened;
  if (!opened.refusal.lacking.every((name) => add.includes(name))) return opened;
  try {
    return await addLaterKeys(file);
  } catch (error) {
    if (!UNWRITABLE.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    return refuse({ ...opened.refusal, type: "SecretsUnwritable" });
  }
}

const UNWRITABLE: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS"]);

async function readSecretsFile(file: string): Promise<Result<Secrets, SecretsRefusal>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return refuse({ type: missing ? "SecretsMissing" : "SecretsClosed", file });
  }
  return readSecrets(file, text);
}

export async function secretsExist(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
  );
}

export function secretsRefusalToWords(refusal: SecretsRefusal): string {
  const { type, file } = refusal;
  if (type === "SecretsClosed") return `The secrets file ${file} could not be read by this user.`;
  if (type === "SecretsOlder")
    return `The secrets file ${file} is an older copy: it lacks ${refusal.lacking.join(", ")}, and the database holds what was sealed with it. Put the newest copy in its place.`;
  if (type === "SecretsUnwritable")
    return `The secrets file ${file} lacks ${refusal.lacking.join(", ")} and may not be written. Let Callroom write it for one start, or add a line for each: 32 random bytes as base64url.`;
  if (type === "SecretsDamaged")
    return `The secrets file ${file} is damaged (${refusal.lacking.join(", ")}). Put back a whole copy, or restore it from a backup.`;
  return (
    `The database holds a community, but its secrets file ${file} is missing.\n` +
    `Put it back, or restore it from a backup. New secrets would lock every member out, so none were made.`
  );
}

const KEYS = [
  "unknownLoginKey",
  "ticketKey",
  "addressIndexKey",
  "addressSealKey",
  "sessionKey",
  "feedKey",
] as const;

/** What the first version's files lack. */
const LATER_KEYS = ["issuerSealKey", "circlesKey"] as const;
type LaterKey = (typeof LATER_KEYS)[number];

function readSecrets(file: string, text: string): Result<Secrets, SecretsRefusal> {
  const damaged = (lacking: readonly string[]) =>
    refuse({ type: "SecretsDamaged", file, lacking } as const);
  let stored: Record<string, unknown>;
  try {
    stored = Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return damaged(["it is not JSON"]);
  }
  const setup = stored["opaqueServerSetup"];
  const lacking: string[] = [];
  if (typeof setup !== "string" || setup.length < 100) lacking.push("opaqueServerSetup");
  const keys = new Map<string, Redacted<Bytes>>();
  for (const name of [...KEYS, ...LATER_KEYS]) {
    const bytes = typeof stored[name] === "string" ? base64urlToBytes(stored[name]) : null;
    if (bytes?.length === 32) keys.set(name, redact(bytes));
    else lacking.push(name);
  }
  const later = LATER_KEYS.filter((name) => !Object.hasOwn(stored, name));
  if (lacking.length > later.length) return damaged(lacking);
  if (lacking.length > 0) return refuse({ type: "SecretsOlder", file, lacking: later });
  return ok({
    opaqueServerSetup: redact(setup as string),
    ...(Object.fromEntries(keys) as Record<(typeof KEYS)[number] | LaterKey, Redacted<Bytes>>),
  });
}

/**
 * What the file has stays. Of several nodes at it the first to write its keys beside the file decides for all: whoever comes later uses
 * those, or finds them in the file already, so that all write the same text.
 */
async function addLaterKeys(file: string): Promise<Result<Secrets, SecretsRefusal>> {
  // A link stays the link it is.
  const target = await realpath(file);
  const beside = `${target}.added`;
  for (;;) {
    await writeExclusively(beside, JSON.stringify(Object.fromEntries(freshKeys(LATER_KEYS))));
    const added = await readFile(beside, "utf8").catch(() => null);
    // Somebody has just finished.
    if (added === null) continue;
    // Read after that: where other keys than these got in, they are in it by now.
    const text = await readFile(target, "utf8");
    const opened = readSecrets(file, text);
    if (opened.ok || opened.refusal.type !== "SecretsOlder") {
      await rm(beside, { force: true });
      return opened;
    }
    const whole = { ...(JSON.parse(added) as object), ...(JSON.parse(text) as object) };
    await replaceFile(target, `${JSON.stringify(whole, null, 2)}\n`);
  }
}

const freshKeys = (names: readonly string[]): [string, string][] =>
  names.map((name) => [name, randomBytes(32).toString("base64url")]);

async function makeSecretsFile(file: string): Promise<void> {
  await ready;
  const secrets: Record<string, unknown> = {
    format: 1,
    note: "Keys of this Callroom. Keep it secret and keep a copy: without it nobody can sign in.",
    opaqueServerSetup: server.createSetup(),
  };
  Object.assign(secrets, Object.fromEntries(freshKeys([...KEYS, ...LATER_KEYS])));
  await writeExclusively(file, `${JSON.stringify(secrets, null, 2)}\n`);
}

/** With the owner and the rights of the one before. */
async function replaceFile(file: string, text: string): Promise<void> {
  const { mode, uid, gid } = await stat(file);
  await writeDraft(file, text, async (handle, draft) => {
    await handle.chmod(mode & 0o777);
    if (process.getuid?.() === 0) await handle.chown(uid, gid);
    await handle.sync();
    await renameFlushed(draft, file);
  });
}

/** Whole or not at all, and only if nobody was faster: a hard link never replaces a file that is there. */
export async function writeExclusively(file: string, text: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true });
  const isFirst = await writeDraft(file, text, async (handle, draft) => {
    await handle.sync();
    try {
      await link(draft, file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
  });
  if (isFirst) await flushFolder(dirname(file));
  return isFirst;
}

/** Written beside the file; what `use` makes of it, it makes before the draft goes. */
async function writeDraft<Outcome>(
  file: string,
  text: string,
  use: (handle: FileHandle, draft: string) => Promise<Outcome>,
): Promise<Outcome> {
  const draft = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(text);
      return await use(handle, draft);
    } finally {
      await handle.close();
    }
  } finally {
    await rm(draft, { force: true });
  }
}
