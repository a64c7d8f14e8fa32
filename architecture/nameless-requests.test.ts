/** Holds every nameless request of the browser to the one client that brings nothing along. */
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { readNamelessKeys } from "#pass/contract.ts";
import { readPassesDue } from "#pass/due-contract.ts";
import { call } from "#platform/web/api.ts";
import { callNameless } from "#platform/web/nameless.ts";

const SRC = join(import.meta.dirname, "../src");

/** Answers that end, and answers that go on. */
const NAMELESS_CLIENTS = ["platform/web/nameless.ts", "platform/web/nameless-stream.ts"];

/** Files that may reach the network at all, and what for. */
const CLIENTS = new Set([
  // Named and public routes; its type takes no nameless one.
  "platform/web/api.ts",
  ...NAMELESS_CLIENTS,
  // The worker that keeps the app's own files; the API is none of them.
  "app/web/service-worker.ts",
  // From the browser's cache only.
  "coaching/directory/web/coach-index.ts",
]);

const code = async () =>
  (await readdir(SRC, { recursive: true })).filter(
    (name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.includes("/server/"),
  );
const read = (name: string) => readFileSync(join(SRC, name), "utf8");

test("nothing in the browser reaches the network but through a client", async () => {
  const files = await code();
  expect(files.length).toBeGreaterThan(300);
  const reaching = files.filter((name) => waysOutIn(read(name), name).length > 0);
  expect(reaching.toSorted()).toEqual([...CLIENTS].toSorted());
});

test("no other client and no screen spells a nameless address", async () => {
  const spelling = (await code()).filter((name) => read(name).includes("/api/nameless"));
  expect(spelling.filter((name) => !/(^|-)contract\.ts$/.test(name.split("/").at(-1)!))).toEqual(
    [],
  );
});

test.each(NAMELESS_CLIENTS)(
  "%s omits cookies and the referrer, keeps nothing, and knows nothing of the session",
  (name) => {
    const text = read(name);
    for (const option of [
      'credentials: "omit"',
      'referrerPolicy: "no-referrer"',
      'cache: "no-store"',
      "padJson(JSON.stringify(body))",
    ])
      expect(text).toContain(option);
    // Types alone come from the other client: no clock, no listener, no state.
    const used = [...text.matchAll(/^import (?!type).* from "(.*)";$/gm)].map(([, from]) => from);
    const harmless = ["valibot", "../padding.ts", "../result.ts", "./route-address.ts"];
    expect(used.filter((from) => !harmless.includes(from!))).toEqual([]);
    expect(text.match(/\bfetch\(/g)).toHaveLength(1);
  },
);

test("neither client takes the other's routes", () => {
  // Compiled, never run.
  const compiled = () => [
    call(readPassesDue, {}),
    callNameless(readNamelessKeys, {}),
    // @ts-expect-error nameless
    call(readNamelessKeys, {}),
    // @ts-expect-error named
    callNameless(readPassesDue, {}),
  ];
  expect(compiled).toBeTypeOf("function");
});

test.each([
  "const a = fetch('/api/nameless/x');",
  "const a = await globalThis.fetch(x);",
  "window['fetch'](x);",
  "const send = fetch;",
  "new EventSource('/x');",
  "new WebSocket('wss://x');",
  "new XMLHttpRequest();",
  "navigator.sendBeacon('/x');",
])("a planted way out is found: %s", (text) => {
  expect(waysOutIn(text, "a.ts")).not.toEqual([]);
});

test("what only looks like one is none", () => {
  expect(waysOutIn("refetch(); type A = typeof other; const b = { prefetch: 1 };", "a.ts")).toEqual(
    [],
  );
});

function waysOutIn(text: string, name: string): string[] {
  const { program, errors } = parseSync(name, text);
  if (errors.length > 0) throw new Error(`${name} could not be read`);
  const found: string[] = [];
  const note = (word: string) => {
    if (WAYS_OUT.has(word)) found.push(word);
  };
  new Visitor({
    Identifier: ({ name: word }) => note(word),
    Literal: ({ value }) => {
      if (typeof value === "string") note(value);
    },
  }).visit(program);
  return found;
}

const WAYS_OUT = new Set([
  "fetch",
  "EventSource",
  "WebSocket",
  "WebTransport",
  "XMLHttpRequest",
  "sendBeacon",
]);
