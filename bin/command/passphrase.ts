/** The passphrase of a backup: from its file, asked at the terminal without showing it, or made. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { entropyToMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import type { Config } from "../../src/platform/server/config.ts";
import { StartRefused } from "../../src/platform/server/start-refused.ts";

/** Under this a passphrase can be guessed with the file in hand, scrypt or not. */
const SHORTEST = 16;

export async function passphraseToSeal(config: Config, make: boolean): Promise<string> {
  if (make) return makePassphrase();
  const given = (await fromFile(config)) ?? (await askTwice());
  if (given.length < SHORTEST)
    throw new StartRefused(
      `The passphrase has ${given.length} characters; a backup needs ${SHORTEST} or more. \`--make-passphrase\` makes one.`,
    );
  return given;
}

export async function passphraseToOpen(config: Config): Promise<string> {
  return (await fromFile(config)) ?? ask("Passphrase of the backup: ");
}

async function fromFile({ backupPassphraseFile }: Config): Promise<string | null> {
  if (backupPassphraseFile === null) return null;
  try {
    return (await readFile(backupPassphraseFile, "utf8")).trim();
  } catch {
    throw new StartRefused(
      `CALLROOM_BACKUP_PASSPHRASE_FILE leads to ${backupPassphraseFile}, which could not be read.`,
    );
  }
}

async function askTwice(): Promise<string> {
  const first = await ask("Passphrase for this backup (empty: make one): ");
  if (first === "") return makePassphrase();
  if ((await ask("The same again: ")) !== first)
    throw new StartRefused("The two were not the same. Nothing was written.");
  return first;
}

async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new StartRefused(
      "There is no terminal to ask for the passphrase. Put it into a file and set CALLROOM_BACKUP_PASSPHRASE_FILE to it.",
    );
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return (await lines.question("")).trim();
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}

/** Twelve words, 128 bits. */
function makePassphrase(): string {
  const made = entropyToMnemonic(randomBytes(16), wordlist);
  console.log(
    `The passphrase of this backup, shown this once. Write it down and keep it apart from the backup:\n\n  ${made}\n`,
  );
  return made;
}
