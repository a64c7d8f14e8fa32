import { expect, test } from "vitest";
import { createHash } from "node:crypto";
import { inlineHashes, withIntegrity } from "./integrity.ts";
import { isWorkerFile, workerFileName } from "./worker-name.ts";

const page = `<!doctype html>
<html>
  <head>
    <meta charset="utf-8" />
    <link rel="icon" href="/icon.svg" />
    <link rel="preload" href="/assets/face-1.woff2" as="font" crossorigin />
    <script type="module" crossorigin src="/assets/index-1.js"></script>
    <link rel="modulepreload" crossorigin href="/assets/react-2.js">
    <link rel="stylesheet" crossorigin href="/assets/style-3.css">
  </head>
</html>`;
const assets = {
  "/assets/index-1.js": "sha384-one",
  "/assets/react-2.js": "sha384-two",
  "/assets/later-4.js": "sha384-four",
  "/assets/opaque-worker-5.js": "sha384-five",
  "/assets/style-3.css": "sha384-three",
};

test("every script and style that the page names carries its fingerprint, once", () => {
  const tags = withIntegrity(page, assets).match(
    /<(?:script|link)\b[^>]*\/assets\/[^>]*\.(?:js|css)"[^>]*>/g,
  );
  expect(tags).toHaveLength(3);
  for (const tag of tags!) expect(tag.match(/ integrity="sha384-\w+"/g)).toHaveLength(1);
});

test("the map comes before every script, holds what is imported later, and no worker", () => {
  const html = withIntegrity(page, assets);
  expect(html.indexOf('type="importmap"')).toBeLessThan(html.indexOf('type="module"'));
  const [, importMap] = /<script type="importmap">(.*)<\/script>/.exec(html)!;
  expect(JSON.parse(importMap!)).toEqual({
    integrity: {
      "/assets/index-1.js": "sha384-one",
      "/assets/react-2.js": "sha384-two",
      "/assets/later-4.js": "sha384-four",
    },
  });
});

test("the encoding stays within the first 1024 bytes, however long the map is", () => {
  const many = Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [`/assets/chunk-${i}.js`, `sha384-${i}`]),
  );
  expect(withIntegrity(page, { ...many, ...assets }).indexOf("charset")).toBeLessThan(1024);
});

test("a page that names a file which was not built stops the build", () => {
  expect(() => withIntegrity(page, {})).toThrow(/not built/);
});

test("every script in the page itself is allowed by its hash, and none that has an address", () => {
  const map = '{"integrity":{}}';
  const first = "let a=1;\nb<2";
  const html = `<script type="importmap">${map}</script>${page}<script>${first}</script>`;
  const sha256 = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;
  expect(inlineHashes(html)).toEqual([sha256(map), sha256(first)]);
});

test("a worker is known by its name", () => {
  const name = workerFileName({ name: "opaque.worker" }).replace("[hash]", "G4RLu8ue");
  expect(name).toBe("assets/opaque-worker-G4RLu8ue.js");
  expect(isWorkerFile(name) && isWorkerFile(`/${name}`)).toBe(true);
  expect(isWorkerFile("/assets/worker-words-G4RLu8ue.js")).toBe(false);
});
