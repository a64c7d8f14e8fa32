/**
 * How much a room asks for when somebody goes there. `largestLazyRouteKbGzip`: the largest file that is fetched late by
 * itself, a screen's or a text's. `largestWithAllItNeedsKbGzip`: the same with what it stands on, on a phone that has
 * only opened Today before; after a first visit the service worker has everything anyway. `largestRoomInTheEndKbGzip`:
 * a screen with all that it can fetch by itself or on a press while somebody is in it, and all that stands on: what a
 * room runs on, its dialogs, the recognition of crisis words, every shelf of texts. From the build, gzip -9.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseSync } from "oxc-parser";
import { buildWebIfNeeded } from "../bin/command/web-build.ts";
import type { Bench } from "./bench.ts";

const HOME = join(import.meta.dirname, "..");

interface Script {
  readonly bytes: number;
  readonly imports: readonly string[];
  readonly fetches: readonly string[];
}

export const bench: Bench = async ({ log }) => {
  await buildWebIfNeeded(HOME, () => log("building the web app"));
  const folder = join(HOME, "dist/web/assets");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  const scripts = new Map(
    await Promise.all(
      names.map(
        async (name) =>
          [name, readScript(name, await readFile(join(folder, name), "utf8"))] as const,
      ),
    ),
  );
  const html = await readFile(join(folder, "../index.html"), "utf8");
  const first = names.filter((name) => FIRST_ROOM.some((start) => name.startsWith(start)));
  const there = withImports([...startOf(html), ...first], scripts);
  const late = new Set([...scripts.values()].flatMap(({ fetches }) => fetches));
  const sizes = [...late]
    .filter((name) => !there.has(name))
    .map((name) => ({
      name,
      own: kbOf([name], scripts),
      all: kbOf(
        [...withImports([name], scripts)].filter((each) => !there.has(each)),
        scripts,
      ),
    }))
    .toSorted((a, b) => b.all - a.all);
  for (const { name, own, all } of sizes.slice(0, 12))
    log(`${name}: ${own.toFixed(1)} KB, with all it needs ${all.toFixed(1)} KB`);
  const routes = scripts.get(names.find((name) => name.startsWith(ROUTES))!)!.fetches;
  const ends = routes
    .filter((name) => !there.has(name))
    .map((name) => ({
      name,
      all: kbOf(
        [...inTheEnd(name, scripts, there)].filter((each) => !there.has(each)),
        scripts,
      ),
    }))
    .toSorted((a, b) => b.all - a.all);
  for (const { name, all } of ends.slice(0, 12)) log(`${name}: in the end ${all.toFixed(1)} KB`);
  const named = (start: string) => sizes.find(({ name }) => name.startsWith(start));
  return {
    largestLazyRouteKbGzip: tenth(Math.max(...sizes.map(({ own }) => own))),
    largestWithAllItNeedsKbGzip: tenth(Math.max(...sizes.map(({ all }) => all))),
    largestRoomInTheEndKbGzip: tenth(ends[0]?.all ?? 0),
    lateFiles: sizes.length,
    learnWithAllItNeedsKbGzip: tenth(named("learn-rooms-")?.all ?? 0),
    searchWordsKbGzip: tenth(named("words-")?.own ?? 0),
    journalWithAllItNeedsKbGzip: tenth(named("journal-")?.all ?? 0),
  };
};

/** What a member's phone has run before any room but Today is opened: the vault's and Today's screens. */
const FIRST_ROOM = ["unlock-", "today-"];

/** The file that knows every address. */
const ROUTES = "start-";

const kbOf = (names: readonly string[], scripts: ReadonlyMap<string, Script>): number =>
  names.reduce((sum, name) => sum + scripts.get(name)!.bytes, 0) / 1000;

function readScript(name: string, source: string): Script {
  const { module } = parseSync(name, source);
  const fileIn = (request: string): string[] => {
    const found = /([\w.-]+\.js)/.exec(request);
    return found === null ? [] : [found[1]!];
  };
  return {
    bytes: gzipSync(source, { level: 9 }).length,
    imports: [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
      ),
    ].flatMap(fileIn),
    fetches: module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) =>
      fileIn(source.slice(start, end)),
    ),
  };
}

/** What every page has before anybody goes anywhere: named in index.html, and what the first script fetches at once. */
const startOf = (html: string): string[] =>
  [...html.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(
    (match) => match[1]!,
  );

function withImports(start: readonly string[], scripts: ReadonlyMap<string, Script>): Set<string> {
  const found = new Set<string>();
  const waiting = [...start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...(scripts.get(name)?.imports ?? []));
  }
  return found;
}

/** With what it fetches late, and what that fetches; a room never fetches another by itself. */
function inTheEnd(
  name: string,
  scripts: ReadonlyMap<string, Script>,
  there: ReadonlySet<string>,
): Set<string> {
  let found = withImports([name], scripts);
  for (let before = 0; found.size > before;) {
    before = found.size;
    // What is there already knows every room.
    const ofRoom = [...found].filter((each) => !there.has(each));
    const late = ofRoom.flatMap((each) => scripts.get(each)?.fetches ?? []);
    found = withImports([...found, ...late], scripts);
  }
  return found;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
