import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { run } from "./command/content-check.ts";

const ROUTES = "src/app/web/routes.tsx";
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "callroom-content-"));
  await mkdir(join(home, "content"));
  await mkdir(dirname(join(home, ROUTES)), { recursive: true });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(home, { recursive: true });
});

/** What the command says of a coverage that carries one number by these pointers. */
async function checked(...pointers: readonly string[]): Promise<string[]> {
  const coverage = `kind: coverage\nwhole: []\n1: ${JSON.stringify(pointers)}\n`;
  await writeFile(join(home, "content/coverage.yaml"), coverage);
  const said: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await run({ home, work: home, env: {}, operands: [], flags: new Set() });
  return said.filter((line) => line.startsWith("coverage.yaml"));
}

test("coverage may point only at screens that the app has, whatever fills their address", async () => {
  await cp(ROUTES, join(home, ROUTES));
  expect(
    await checked("screen:/today", "screen:/reflect/instrument", "screen:/coach/book"),
  ).toEqual([]);
  expect(await checked("screen:/today", "screen:/reflect/nowhere")).toEqual([
    "coverage.yaml:3 [coverage] 1.1: screen:/reflect/nowhere leads nowhere",
  ]);
});

test("a list of routes that can't be read is no list without screens", async () => {
  await writeFile(join(home, ROUTES), "export const routes = [];\n");
  await expect(checked("screen:/today")).rejects.toThrow("no list of routes any more");
});
