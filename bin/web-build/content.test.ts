import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { build } from "vite";
import { content } from "./content.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "web-content-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function built(root: string, name: string): Promise<string> {
  const entry = join(folder, "entry.js");
  await writeFile(
    entry,
    `import * as it from "virtual:content/${name}"; globalThis.it = { ...it };`,
  );
  const output = await build({
    configFile: false,
    logLevel: "silent",
    plugins: [content({ folder: root })],
    build: { write: false, lib: { entry, formats: ["es"], fileName: "out" } },
  });
  const [first] = Array.isArray(output) ? output : [output];
  if (!first || !("output" in first)) throw new Error("Nothing was built");
  return first.output[0].code;
}

test("a content file becomes a module with what it holds", async () => {
  const code = await built("content", "check-in/pulse");
  expect(code).toContain("I was running on empty and kept going.");
  expect(code).not.toContain("valibot");
});

test("a file that does not fit its schema stops the build", async () => {
  await mkdir(join(folder, "paths"));
  await writeFile(join(folder, "paths/art.yaml"), "kind: path\nid: art\n");
  await expect(built(folder, "paths/art")).rejects.toThrow(/art\.yaml/);
});

test("a name that climbs out of the folder is no module", async () => {
  await expect(built("content", "../package")).rejects.toThrow(/virtual:content/);
});

test("the index of exercises has their lines, and none of their text", async () => {
  const code = await built("content", "exercises");
  expect(code).toContain("Sort what fills your week by who asked for it.");
  expect(code).not.toContain("Whose voice is behind each of the three?");
});

test("an exercise becomes a module with the titles of what it names as next", async () => {
  const code = await built("content", "exercises/want-should");
  expect(code).toContain("Whose voice is behind each of the three?");
  expect(code).not.toContain("valibot");
});
