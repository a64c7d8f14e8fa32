/**
 * Letters on their way: what a letter says and to whom is sealed in the job's row, so that the queue, its
 * backups and its failed jobs name nobody. The runner opens, fills in the template and sends.
 */
import { sql, type Kysely, type Transaction } from "kysely";
import { bytesToBase64url, base64urlToBytes, utf8ToBytes } from "../bytes.ts";
import type { Redacted } from "../redacted.ts";
import { enqueue } from "./db.ts";
import { openBytes, sealBytes } from "./tickets.ts";

export interface Letter {
  /** The template's name in content/letters. */
  readonly template: string;
  readonly to: string;
  /** Fills the template's places. */
  readonly fields: Readonly<Record<string, string>>;
  /** A calendar file to go with it, and its METHOD. */
  readonly calendar?: { readonly method: "REQUEST" | "CANCEL"; readonly text: string };
  /** For a letter that comes again and again: the address that ends it, by RFC 8058. */
  readonly endAt?: string;
}

const PURPOSE = "letter";

/** `account` is who is written to, so that deleting the account withdraws the letter. */
export async function enqueueLetter<Tables>(
  within: Kysely<Tables> | Transaction<Tables>,
  key: Redacted<Uint8Array>,
  letter: Letter,
  options: { readonly account?: string; readonly runAt?: number; readonly key?: string } = {},
): Promise<void> {
  const { account, ...when } = options;
  const sealed = sealLetter(key, letter);
  await enqueue(within, "letter", { sealed, account: account ?? null }, when);
}

/** Many that are due at one moment; the queue doesn't keep their order. */
export async function enqueueLetters<Tables>(
  within: Kysely<Tables> | Transaction<Tables>,
  key: Redacted<Uint8Array>,
  letters: readonly { readonly letter: Letter; readonly account?: string }[],
  due: number,
): Promise<void> {
  const payloads = letters.map(({ letter, account }) =>
    JSON.stringify({ sealed: sealLetter(key, letter), account: account ?? null }),
  );
  await sql`select jobs.enqueue_all('letter', ${payloads}::json[], ${new Date(due)})`.execute(
    within,
  );
}

const sealLetter = (key: Redacted<Uint8Array>, letter: Letter): string =>
  bytesToBase64url(sealBytes(key, PURPOSE, utf8ToBytes(JSON.stringify(letter))));

export function openLetter(key: Redacted<Uint8Array>, sealed: string): Letter | null {
  const bytes = base64urlToBytes(sealed);
  const opened = bytes && openBytes(key, PURPOSE, bytes);
  return opened && (JSON.parse(opened.toString("utf8")) as Letter);
}
