/**
 * Letters on their way: what a letter says and to whom is sealed in the job's row, so that the queue, its
 * backups and its failed jobs name nobody. The runner opens, fills in the template and sends.
 */
import type { Kysely, Transaction } from "kysely";
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
}

const PURPOSE = "letter";

/** `account` is who is written to, so that deleting the account withdraws the letter. */
export async function enqueueLetter<Tables>(
  within: Kysely<Tables> | Transaction<Tables>,
  key: Redacted<Uint8Array>,
  letter: Letter,
  options: { readonly account?: string; readonly runAt?: number; readonly key?: string } = {},
): Promise<void> {
  const sealed = bytesToBase64url(sealBytes(key, PURPOSE, utf8ToBytes(JSON.stringify(letter))));
  const { account, ...when } = options;
  await enqueue(within, "letter", { sealed, account: account ?? null }, when);
}

export function openLetter(key: Redacted<Uint8Array>, sealed: string): Letter | null {
  const bytes = base64urlToBytes(sealed);
  const opened = bytes && openBytes(key, PURPOSE, bytes);
  return opened && (JSON.parse(opened.toString("utf8")) as Letter);
}
