import { fork } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { reveal } from "../redacted.ts";
import { openSecrets, secretsExist, secretsRefusalToWords } from "./secrets.ts";

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
  const script = join(folder, "node.ts");
  const secrets = join(import.meta.dirname, "secrets.ts");
  const redacted = join(import.meta.dirname, "../redacted.ts");
  await writeFile(
    script,
    `import { openSecrets } from ${JSON.stringify(secrets)};
     import { reveal } from ${JSON.stringify(redacted)};
     const opened = await openSecrets(${JSON.stringify(file)}, { make: true });
     process.send(opened.ok ? reveal(opened.value.opaqueServerSetup) : "refused");
     process.disconnect();`,
  );
  const setups = await Promise.all(
    Array.from(
      { length: 6 },
      () =>
        new Promise<string>((settle, fail) => {
          const child = fork(script, { stdio: "inherit" });
          child.on("message", (setup) => settle(String(setup)));
          child.on("error", fail);
        }),
    ),
  );
  expect(new Set(setups).size).toBe(1);
  expect(setups[0]).not.toBe("refused");
});
