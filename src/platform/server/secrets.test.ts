import { fork } from "node:child_process";
import {
  chmod,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { reveal } from "../redacted.ts";
import { openSecrets, secretsExist, secretsRefusalToWords, type Secrets } from "./secrets.ts";

// Real databases and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "callroom-secrets-"));
  file = join(folder, "data", "secrets.json");
});
afterEach(() => rm(folder, { recursive: true }));

async function opened() {
  const result = await openSecrets(file, { make: true });
  if (!result.ok) throw new Error(secretsRefusalToWords(result.refusal));
  return result.value;
}

test("secrets are made once and are the same ever after", async () => {
  expect(await secretsExist(file)).toBe(false);
  const first = await opened();
  const second = await opened();
  expect(reveal(second.opaqueServerSetup)).toBe(reveal(first.opaqueServerSetup));
  expect(reveal(second.feedKey)).toEqual(reveal(first.feedKey));
  expect(reveal(first.feedKey)).toHaveLength(32);
  expect(reveal(first.feedKey)).not.toEqual(reveal(first.ticketKey));
  expect(await secretsExist(file)).toBe(true);
});

test("the file is for its owner only and no draft stays behind", async () => {
  await opened();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, "data"))).toEqual(["secrets.json"]);
});

test("secrets print as nothing", async () => {
  const secrets = await opened();
  const setup = reveal(secrets.opaqueServerSetup);
  expect(inspect(secrets, { depth: 9 }) + JSON.stringify(secrets)).not.toContain(setup);
});

test("a missing file is refused where it must not be made, and stays missing", async () => {
  const result = await openSecrets(file, { make: false });
  expect(result).toEqual({ ok: false, refusal: { type: "SecretsMissing", file } });
  if (!result.ok) expect(secretsRefusalToWords(result.refusal)).toContain("none were made");
  expect(await secretsExist(file)).toBe(false);
});

test("a damaged file is refused by what it lacks, without its values", async () => {
  await opened();
  const stored = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
  const { feedKey, ...rest } = stored;
  await writeFile(file, JSON.stringify({ ...rest, sessionKey: "short" }));
  const result = await openSecrets(file, { make: true });
  expect(result).toMatchObject({
    ok: false,
    refusal: { type: "SecretsDamaged", lacking: ["sessionKey", "feedKey"] },
  });
  await writeFile(file, String(feedKey));
  expect(await openSecrets(file, { make: true })).toMatchObject({
    ok: false,
    refusal: { type: "SecretsDamaged" },
  });
  await writeFile(file, "null");
  expect((await openSecrets(file, { make: true })).ok).toBe(false);
});

test("nodes that start at once on one folder agree", async () => {
  const setups = await startAtOnce(await nodeScript("", "opaqueServerSetup"));
  expect(new Set(setups).size).toBe(1);
  expect(setups[0]).not.toBe("refused");
});

/** What the first version wrote. */
async function olderFile(): Promise<Record<string, unknown>> {
  await opened();
  const stored = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
  delete stored["issuerSealKey"];
  await writeFile(file, JSON.stringify(stored));
  return stored;
}

test("an older file gets the key it lacks, once, and keeps everything else and its rights", async () => {
  const before = await olderFile();
  await chmod(file, 0o640);
  const first = await openSecrets(file, { make: false, add: ["issuerSealKey"] });
  const second = await openSecrets(file, { make: false, add: ["issuerSealKey"] });
  if (!first.ok || !second.ok) throw new Error("refused");
  expect(reveal(first.value.issuerSealKey)).toHaveLength(32);
  expect(reveal(second.value.issuerSealKey)).toEqual(reveal(first.value.issuerSealKey));
  const { issuerSealKey, ...rest } = JSON.parse(await readFile(file, "utf8")) as typeof before;
  expect(issuerSealKey).toBe(Buffer.from(reveal(first.value.issuerSealKey)).toString("base64url"));
  expect(rest).toEqual(before);
  expect((await stat(file)).mode & 0o777).toBe(0o640);
  expect(await readdir(join(folder, "data"))).toEqual(["secrets.json"]);
});

test("an older file is only told where nothing may be added, and stays as it is", async () => {
  await olderFile();
  const text = await readFile(file, "utf8");
  const result = await openSecrets(file, { make: false });
  const refusal = { type: "SecretsOlder", file, lacking: ["issuerSealKey"] };
  expect(result).toEqual({ ok: false, refusal });
  if (!result.ok) expect(secretsRefusalToWords(result.refusal)).toContain("newest copy");
  expect(await readFile(file, "utf8")).toBe(text);
});

test("a later key that is there but no key is damage, and is not made anew", async () => {
  const older = await olderFile();
  await writeFile(file, JSON.stringify({ ...older, issuerSealKey: "short" }));
  expect(await openSecrets(file, { make: false, add: ["issuerSealKey"] })).toMatchObject({
    refusal: { type: "SecretsDamaged", lacking: ["issuerSealKey"] },
  });
});

test("what a crash left beside the file is used, and a link to it stays a link", async () => {
  await olderFile();
  const key = "A".repeat(43);
  await writeFile(`${file}.added`, JSON.stringify({ issuerSealKey: key }));
  const linked = join(folder, "secrets.link");
  await symlink(file, linked);
  const result = await openSecrets(linked, { make: false, add: ["issuerSealKey"] });
  expect(result.ok && reveal(result.value.issuerSealKey)).toEqual(new Uint8Array(32));
  expect((await lstat(linked)).isSymbolicLink()).toBe(true);
  expect(await readdir(join(folder, "data"))).toEqual(["secrets.json"]);
});

test("nodes that start at once on one older file agree on its new key", async () => {
  const script = await nodeScript('add: ["issuerSealKey"]', "issuerSealKey");
  for (let round = 0; round < 3; round++) {
    await olderFile();
    const keys = await startAtOnce(script);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).not.toBe("refused");
    const now = await openSecrets(file, { make: false });
    expect(now.ok && String(reveal(now.value.issuerSealKey))).toBe(keys[0]);
  }
});

async function nodeScript(option: string, secret: keyof Secrets): Promise<string> {
  const script = join(folder, `${secret}.ts`);
  const secrets = join(import.meta.dirname, "secrets.ts");
  const redacted = join(import.meta.dirname, "../redacted.ts");
  await writeFile(
    script,
    `import { openSecrets } from ${JSON.stringify(secrets)};
     import { reveal } from ${JSON.stringify(redacted)};
     const opened = await openSecrets(${JSON.stringify(file)}, { make: true, ${option} });
     process.send(opened.ok ? String(reveal(opened.value.${secret})) : "refused");
     process.disconnect();`,
  );
  return script;
}

const startAtOnce = (script: string): Promise<string[]> =>
  Promise.all(
    Array.from(
      { length: 6 },
      () =>
        new Promise<string>((settle, fail) => {
          const child = fork(script, { stdio: "inherit" });
          child.on("message", (told) => settle(String(told)));
          child.on("error", fail);
        }),
    ),
  );
