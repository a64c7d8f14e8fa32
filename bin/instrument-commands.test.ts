import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { fileOf, fixture } from "../tests/instrument-files.ts";
import { useNamedDatabase, useNamelessDatabase } from "../tests/database.ts";
import { cssrs } from "../src/reflect/instrument/scorers/c-ssrs.ts";

// Real databases and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const named = useNamedDatabase();
const nameless = useNamelessDatabase();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callroom-instruments-"));
  await writeFile(join(folder, "phq-9.json"), fixture("phq-9"));
  await writeFile(join(folder, "less.json"), fixture("phq-9").replaceAll("44253-3", "1-1"));
  await writeFile(join(folder, "c-ssrs.json"), JSON.stringify(fileOf(cssrs)));
});
afterAll(() => rm(folder, { recursive: true }));

const urlOf = ({ host, port, user, database }: ReturnType<typeof named.address>): string =>
  `postgres://${String(user)}@localhost/${String(database)}?host=${encodeURIComponent(String(host))}${port === undefined ? "" : `&port=${port}`}`;

/** The command line as it is, beside databases by address; `said` is piped in. */
function callroom(words: readonly string[], said = "") {
  const script = join(import.meta.dirname, "command-line.ts");
  const env = {
    ...process.env,
    CALLROOM_DATA_DIR: join(folder, "data"),
    CALLROOM_DATABASE_URL: urlOf(named.address()),
    CALLROOM_NAMELESS_DATABASE_URL: urlOf(nameless.address()),
  };
  return new Promise<{ code: number; out: string; err: string }>((settle) => {
    const child = execFile(
      process.execPath,
      [script, "instrument", ...words],
      { cwd: folder, env },
      (_error, out, err) => settle({ code: child.exitCode ?? -1, out, err }),
    );
    child.stdin?.end(said);
  });
}

const decisions = async () => {
  const { rows } = await named
    .cluster()
    .owner.query<{ detail: string }>("select detail from stewardship.decision order by sequence");
  return rows.map(({ detail }) => detail);
};
const RIGHT = "Lanternside library\nMade for tests, free for all.\n2026-11-22\n";

test("a file that doesn't fit is told item by item, and looking changes nothing", async () => {
  const less = await callroom(["add", "less.json"], RIGHT);
  expect(less).toMatchObject({ code: 1, out: "" });
  expect(less.err).toContain("an item is missing");
  expect(less.err).toContain("http://loinc.org|44253-3");
  const looked = await callroom(["add", "--check", "phq-9.json"]);
  expect(looked.code).toBe(0);
  expect(looked.out).toContain("scored as PHQ-9");
  expect((await callroom(["add", "nowhere.json"])).err).toContain("There is no file");
  expect((await callroom(["list"])).out).toBe("There are no instruments.\n");
});

test("nobody's right, or half of it, adds nothing", async () => {
  for (const said of ["", "Somebody\n", "Somebody\nTerms\nyesterday\n"]) {
    const { code, err } = await callroom(["add", "phq-9.json"], said);
    expect(code).toBe(1);
    expect(err).toContain("Nothing was added");
  }
  expect(await decisions()).toEqual([]);
});

test("it is added with its right, listed, replaced, taken off, and the log tells it", async () => {
  expect(await callroom(["add", "phq-9.json"], RIGHT)).toMatchObject({ code: 0 });
  expect((await callroom(["list"])).out).toBe(
    "phq-9  Nine neutral items, shaped like a LOINC panel\n" +
      "  Lanternside library, 2026-11-22: Made for tests, free for all.\n",
  );
  await callroom(["add", "phq-9.json"], RIGHT.replace("library", "office"));
  expect(await callroom(["remove", "phq-9"])).toMatchObject({ code: 0 });
  expect(await callroom(["remove", "phq-9"])).toMatchObject({ code: 1 });
  expect(await decisions()).toEqual(["added", "replaced", "removed"]);
});

test("the Columbia screener is asked for its response protocol first", async () => {
  const { code, err } = await callroom(["add", "c-ssrs.json"], RIGHT);
  expect(code).toBe(1);
  expect(err).toContain("response protocol");
  const words = ["add", "c-ssrs.json", "--protocol-ready"];
  expect(await callroom(words, RIGHT)).toMatchObject({ code: 0 });
});
