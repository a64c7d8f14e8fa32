import { join } from "node:path";
import { expect, test } from "vitest";
import type { ContentEntry } from "../../src/learn/learn-text.ts";
import { learn } from "./learn.ts";

const plugin = learn({ folder: join(import.meta.dirname, "../../content") });

async function load(name: string): Promise<string> {
  const hook = plugin.load as unknown as (
    this: { addWatchFile: () => void },
    id: string,
  ) => Promise<string>;
  return hook.call({ addWatchFile: () => undefined }, `\0virtual:learn/${name}`);
}

const valueIn = (code: string): unknown =>
  JSON.parse(JSON.parse(/^export default JSON\.parse\((.*)\);$/s.exec(code)![1]!) as string);

test("the index tells of every text, exercise and path, with title and line", async () => {
  const entries = valueIn(await load("index")) as ContentEntry[];
  expect(entries.filter(({ name }) => name.startsWith("learn/topics/")).length).toBeGreaterThan(20);
  expect(entries.filter(({ name }) => name.startsWith("paths/"))).toHaveLength(4);
  expect(entries.some(({ name }) => name.startsWith("exercises/"))).toBe(true);
  for (const { title, inOneLine } of entries) expect([title, inOneLine]).not.toContain("undefined");
});

test("every text lies in one of the files that the shelves fetch, and no file is large", async () => {
  const entries = valueIn(await load("index")) as ContentEntry[];
  const shelves = await load("shelves");
  const bundles = [...shelves.matchAll(/import\("virtual:learn\/([a-z0-9-]+)"\)/g)].map(
    (m) => m[1]!,
  );
  const found = new Set<string>();
  for (const bundle of bundles) {
    const code = await load(bundle);
    expect(code.length).toBeLessThan(70_000);
    for (const name of Object.keys(valueIn(code) as object)) found.add(name);
  }
  const texts = entries.filter(({ name }) => name.startsWith("learn/")).map(({ name }) => name);
  expect([...found].toSorted()).toEqual(texts.toSorted());
});

test("a text that isn't there stops the build", async () => {
  await expect(load("topics-99")).rejects.toThrow("There is no topics-99");
});
