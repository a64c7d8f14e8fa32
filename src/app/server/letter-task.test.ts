import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bytesToBase64url, utf8ToBytes } from "#platform/bytes.ts";
import { redact } from "#platform/redacted.ts";
import type { Letter } from "#platform/server/letters.ts";
import { makeMail } from "#platform/server/mail.ts";
import { sealBytes } from "#platform/server/tickets.ts";
import { makeLetterTask } from "./letter-task.ts";

const key = redact(new Uint8Array(randomBytes(32)));
const LETTERS = join(import.meta.dirname, "../../../content/letters");

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "callroom-letters-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function send(letter: Letter | { sealed: string }): Promise<string[]> {
  const mail = makeMail(
    { dataDir, mail: { smtpUrl: null, from: "desk@room.example" } },
    () => "https://room.example",
  );
  const task = await makeLetterTask(LETTERS, key, mail);
  const sealed =
    "sealed" in letter
      ? letter.sealed
      : bytesToBase64url(sealBytes(key, "letter", utf8ToBytes(JSON.stringify(letter))));
  await task({ payload: { sealed, account: null }, attempt: 1 });
  const folder = join(dataDir, "mail");
  const names = await readdir(folder);
  return Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
}

const to = "ada@clinic.example";

test.each<[string, Record<string, string>]>([
  ["address-check", { code: "1234 5678" }],
  ["already-here", { link: "https://room.example" }],
  ["address-changed", { day: "3 March 2031", address: "https://room.example" }],
  ["recovery-notice", {}],
  ["passkey-added", { day: "3 March 2031" }],
  ["passkey-removed", { day: "3 March 2031" }],
  ["passphrase-changed", { day: "3 March 2031" }],
  ["sheet-changed", { day: "3 March 2031" }],
  ["weekly", { address: "https://room.example", link: "https://room.example/letter#END" }],
  ["invitation", { link: "https://room.example/join#CODE", until: "3 March 2031" }],
])(
  "the letter %s has all the fields that the code fills in, and says them",
  async (template, fields) => {
    const [letter = ""] = await send({ template, to, fields });
    expect(letter).toContain(`To: ${to}`);
    const text = letter.replace(/=\r?\n/g, "").replaceAll("=3D", "=");
    for (const value of Object.values(fields)) expect(text).toContain(value);
  },
);

test("letters about a code look alike from outside, whether the address is known or not", async () => {
  const subjectOf = (letter: string) => /^Subject: .*$/m.exec(letter)![0];
  const [one = ""] = await send({ template: "address-check", to, fields: { code: "1234 5678" } });
  await rm(join(dataDir, "mail"), { recursive: true });
  const [other = ""] = await send({
    template: "already-here",
    to,
    fields: { link: "https://room.example" },
  });
  expect(subjectOf(one)).toBe(subjectOf(other));
});

test("what is no letter of ours, has no template or lacks a field fails, without naming anybody", async () => {
  const failures = [
    { sealed: "AAAA" },
    { sealed: bytesToBase64url(sealBytes(key, "address", utf8ToBytes("{}"))) },
    { template: "unheard-of", to, fields: {} },
    { template: "address-check", to, fields: {} },
  ];
  for (const failure of failures) {
    const told: unknown = await send(failure).catch((error: unknown) => error);
    expect(told).toBeInstanceOf(Error);
    expect(String(told)).not.toMatch(/ada|clinic|unheard/);
  }
  expect(await readdir(join(dataDir)).catch(() => [])).toEqual([]);
});
