import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compressFolder } from "./compress.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "web-compress-"));
  await mkdir(join(folder, "assets"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a script lies beside itself twice, smaller, and unpacks to the same bytes", async () => {
  const script = Buffer.from("export const night = 'long';\n".repeat(400));
  await writeFile(join(folder, "assets/index-1.js"), script);
  await compressFolder(folder);
  const br = await readFile(join(folder, "assets/index-1.js.br"));
  const gz = await readFile(join(folder, "assets/index-1.js.gz"));
  expect(brotliDecompressSync(br).equals(script) && gunzipSync(gz).equals(script)).toBe(true);
  expect(br.length).toBeLessThan(gz.length);
  expect(gz.length).toBeLessThan(script.length / 10);
});

test("what would grow, what is packed already and what is not sent stay alone", async () => {
  const names = ["assets/face-1.woff2", "assets/index-1.js.map", "assets/tiny-1.js", "csp.json"];
  for (const name of names) await writeFile(join(folder, name), "x".repeat(8));
  await compressFolder(folder);
  const left = (await readdir(folder, { recursive: true })).filter((name) => name !== "assets");
  expect(left.toSorted()).toEqual(names.toSorted());
});
