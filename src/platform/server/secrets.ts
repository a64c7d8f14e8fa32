/**
 * The installation's own keys, in one file that only Callroom's user can read. Made once, all at once and
 * exclusively, so that two nodes starting together on one folder end up with the same; never made anew
 * beside a database that was sealed with others.
 */
import { randomBytes } from "node:crypto";
import { access, link, mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { ready, server } from "@serenity-kit/opaque";
import { base64urlToBytes, type Bytes } from "../bytes.ts";
import { redact, type Redacted } from "../redacted.ts";
import { ok, refuse, type Result } from "../result.ts";

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
}

export type SecretsRefusal =
  | { readonly type: "SecretsMissing"; readonly file: string }
  | { readonly type: "SecretsDamaged"; readonly file: string; readonly lacking: readonly string[] }
  | { readonly type: "SecretsClosed"; readonly file: string };

/** With `make`, a missing file is made; pass it only while the database holds no community. */
export async function openSecrets(
  file: string,
  { make }: { readonly make: boolean },
): Promise<Result<Secrets, SecretsRefusal>> {
  if (make && !(await secretsExist(file))) await makeSecretsFile(file);
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
  for (const name of KEYS) {
    const bytes = typeof stored[name] === "string" ? base64urlToBytes(stored[name]) : null;
    if (bytes?.length === 32) keys.set(name, redact(bytes));
    else lacking.push(name);
  }
  if (lacking.length > 0) return damaged(lacking);
  return ok({
    opaqueServerSetup: redact(setup as string),
    ...(Object.fromEntries(keys) as Record<(typeof KEYS)[number], Redacted<Bytes>>),
  });
}

async function makeSecretsFile(file: string): Promise<void> {
  await ready;
  const secrets: Record<string, unknown> = {
    format: 1,
    note: "Keys of this Callroom. Keep it secret and keep a copy: without it nobody can sign in.",
    opaqueServerSetup: server.createSetup(),
  };
  for (const name of KEYS) secrets[name] = randomBytes(32).toString("base64url");
  await writeExclusively(file, `${JSON.stringify(secrets, null, 2)}\n`);
}

/** Whole or not at all, and only if nobody was faster: a hard link never replaces a file that is there. */
export async function writeExclusively(file: string, text: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    try {
      await link(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
  } finally {
    await rm(draft, { force: true });
  }
  const folder = await open(dirname(file), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return true;
}
