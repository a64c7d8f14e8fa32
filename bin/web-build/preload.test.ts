import { expect, test } from "vitest";
import { filesBehind, withIcon, withPreloads } from "./preload.ts";

const chunk = (fileName: string, imports: string[], moduleIds: string[], code = "") =>
  ({ type: "chunk", fileName, imports, moduleIds, code }) as const;
const outputs = [
  chunk("assets/index-1.js", ["assets/house-2.js"], ["/src/app/web/main.tsx"]),
  chunk("assets/house-2.js", [], ["/src/app/web/app.tsx"]),
  chunk(
    "assets/renderer-3.js",
    ["assets/house-2.js", "assets/words-4.js"],
    ["/src/house.tsx"],
    "ab",
  ),
  chunk("assets/words-4.js", ["assets/renderer-3.js"], ["/src/words.ts"], "abc"),
  chunk("assets/later-5.js", [], ["/src/later.tsx"]),
];

test("the file that holds a module comes with all that it stands on, and nothing else, the largest first", () => {
  expect(filesBehind(outputs, ["src/house.tsx"])).toEqual([
    "assets/words-4.js",
    "assets/renderer-3.js",
    "assets/house-2.js",
  ]);
});

test("a module that is in no file stops the build", () => {
  expect(() => filesBehind(outputs, ["src/gone.tsx"])).toThrow(/src\/gone\.tsx/);
});

test("what the page doesn't name yet is named before its first script", () => {
  const page = '<script type="module" src="/assets/house-2.js"></script>';
  expect(withPreloads(page, ["assets/renderer-3.js", "assets/house-2.js"])).toBe(
    `<link rel="modulepreload" crossorigin href="/assets/renderer-3.js">\n    ${page}`,
  );
});

test("the icon stands in the page itself, and a page without its place stops the build", () => {
  const page = '<link rel="icon" href="/icon.svg" type="image/svg+xml" />';
  const svg = '<svg xmlns="http://www.w3.org/2000/svg">\n  <path d="M0 0" />\n</svg>\n';
  const [, address] = /href="([^"]*)"/.exec(withIcon(page, svg))!;
  expect(decodeURIComponent(address!.replace("data:image/svg+xml,", ""))).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0" /></svg>',
  );
  expect(() => withIcon("<link />", svg)).toThrow(/icon/);
});
