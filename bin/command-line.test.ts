import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { SETTINGS } from "../src/platform/server/settings.ts";
import { COMMANDS } from "./command/commands.ts";
import { lineToSentence } from "./command/console-log.ts";

// Real databases and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "callroom-command-"))));
afterAll(() => rm(folder, { recursive: true }));

/** The command line as it is, with a data folder that isn't there. */
function callroom(words: readonly string[], env: Record<string, string> = {}) {
  const script = join(import.meta.dirname, "command-line.ts");
  return new Promise<{ code: number; out: string; err: string }>((settle) => {
    const child = execFile(
      process.execPath,
      [script, ...words],
      { cwd: folder, env: { ...process.env, CALLROOM_DATA_DIR: join(folder, "data"), ...env } },
      (_error, out, err) => settle({ code: child.exitCode ?? -1, out, err }),
    );
    child.stdin?.end();
  });
}

test("help names every command and every setting", async () => {
  const { code, out } = await callroom(["--help"]);
  expect(code).toBe(0);
  for (const name of [...Object.keys(COMMANDS), ...Object.keys(SETTINGS)])
    expect(out).toContain(name);
});

test("without a command, help is shown and the status says that nothing was done", async () => {
  expect(await callroom([])).toMatchObject({ code: 2, err: "" });
});

test.each(Object.entries(COMMANDS))("%s has help of its own", async (name, { details, flags }) => {
  const { code, out } = await callroom([...name.split(" "), "--help"]);
  expect(code).toBe(0);
  expect(out).toContain(details);
  for (const flag of Object.keys(flags)) expect(out).toContain(`--${flag}`);
});

test.each([
  [["bakcup"], 'There is no command "bakcup"'],
  [["backup"], "DIR is missing"],
  [["backup", "a", "b"], '"b" is one word too many'],
  [["doctor", "--jsn"], "There is no flag --jsn"],
  [["start", "--sample=yes"], "--sample takes no value"],
  [["content"], "callroom content check"],
])("%j is answered with what is wrong", async (words, answer) => {
  const { code, out, err } = await callroom(words);
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(err).toContain(answer);
});

test("a wrong setting stops every command before it touches anything, without its value", async () => {
  const env = { CALLROOM_SMTP_URL: "secretword", CALLROOM_PORT: "x" };
  for (const words of [["start"], ["backup", "b"], ["restore", "b"]]) {
    const { code, out, err } = await callroom(words, env);
    expect(code).toBe(1);
    expect(err).toMatch(/CALLROOM_PORT.*expected a number/s);
    expect(err).toContain("CALLROOM_SMTP_URL");
    expect(out + err).not.toContain("secretword");
  }
  expect(await readdir(folder)).toEqual([]);
});

test("a backup of nothing, and a restore from nothing, make nothing", async () => {
  const file = join(folder, "passphrase");
  await writeFile(file, "long enough to be taken");
  const env = { CALLROOM_BACKUP_PASSPHRASE_FILE: file };
  const backup = await callroom(["backup", "b"], env);
  expect(backup).toMatchObject({ code: 1, out: "" });
  expect(backup.err).toContain("There are no databases");
  const restore = await callroom(["restore", "b"], env);
  expect(restore).toMatchObject({ code: 1, out: "" });
  expect(restore.err).toContain("named.callroom");
  await rm(file);
  expect(await readdir(folder)).toEqual([]);
});

test("without a terminal, a backup says where to put the passphrase; a short one is refused", async () => {
  const nowhere = await callroom(["backup", "b"]);
  expect(nowhere.code).toBe(1);
  expect(nowhere.err).toContain("CALLROOM_BACKUP_PASSPHRASE_FILE");
  const file = join(folder, "passphrase");
  await writeFile(file, "short\n");
  const short = await callroom(["backup", "b"], { CALLROOM_BACKUP_PASSPHRASE_FILE: file });
  expect(short.err).toMatch(/5 characters.*16/);
  await rm(file);
});

test("the doctor says what is wrong in lines and in JSON, and changes nothing", async () => {
  const { code, out } = await callroom(["doctor", "--json"]);
  const told = JSON.parse(out) as {
    healthy: boolean;
    findings: { check: string; state: string }[];
  };
  expect(told.findings.map(({ check }) => check)).toEqual(
    expect.arrayContaining(["configuration", "data folder", "databases", "crisis lines", "mail"]),
  );
  expect(told.healthy).toBe(code === 0);
  const sick = await callroom(["doctor"], { CALLROOM_LOG_LEVEL: "loud" });
  expect(sick.code).toBe(1);
  expect(sick.out).toContain("WRONG");
  expect(sick.out).toContain("CALLROOM_LOG_LEVEL");
  expect(await readdir(folder)).toEqual([]);
});

test("a mail server that doesn't answer is found by the doctor, without its password", async () => {
  const env = {
    CALLROOM_SMTP_URL: "smtp://u:secretword@127.0.0.1:1",
    CALLROOM_MAIL_FROM: "a@example.org",
  };
  const { code, out, err } = await callroom(["doctor"], env);
  expect(code).toBe(1);
  expect(out).toMatch(/WRONG\s+mail .*CALLROOM_SMTP_URL/);
  expect(out + err).not.toContain("secretword");
});

test("a terminal reads the log as short sentences", () => {
  const line =
    '{"level":"warn","time":"2026-11-22T03:04Z","cluster":"named","msg":"a connection was lost"}\n';
  expect(lineToSentence(line)).toBe("03:04  warn   a connection was lost  cluster=named\n");
});
