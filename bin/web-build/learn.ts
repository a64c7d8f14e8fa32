/**
 * Turns content/learn into modules: `virtual:learn/index` tells of everything that can be opened, `virtual:learn/shelves`
 * fetches texts some at a time, `virtual:learn/words` is what search knows. Texts lie together in files of some
 * forty kilobytes: one each would be a hundred fingerprints in the first page, and all in one too long a wait.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "vite";
import * as v from "valibot";
import { parse } from "yaml";
import { coursesSchema, licenceFormsSchema } from "../../src/learn/catalogue.ts";
import { plainTexts } from "../../src/learn/document.ts";
import { textToEntry, type ContentEntry, type LearnText } from "../../src/learn/learn-text.ts";
import { packWords } from "../../src/learn/search-words.ts";
import { readLearn } from "../../src/learn/server/read-learn.ts";

const PREFIX = "virtual:learn/";
const RESOLVED = `\0${PREFIX}`;
const MOST_CHARACTERS = 48_000;

const TABLES = { courses: coursesSchema, "licence-forms": licenceFormsSchema } as const;

export function learn({ folder }: { folder: string }): Plugin {
  let reading: ReturnType<typeof readLibrary> | null = null;
  const library = () => (reading ??= readLibrary(folder));
  return {
    name: "callroom-learn",
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    watchChange: (file) => {
      if (file.startsWith(folder)) reading = null;
    },
    async load(id) {
      if (!id.startsWith(RESOLVED)) return null;
      const wanted = id.slice(RESOLVED.length);
      if (wanted in TABLES) {
        const file = join(folder, `learn/${wanted}.yaml`);
        this.addWatchFile(file);
        const raw: unknown = parse(await readFile(file, "utf8"));
        return asModule(v.parse(TABLES[wanted as keyof typeof TABLES], raw));
      }
      const { texts, others, files } = await library();
      for (const file of files) this.addWatchFile(file);
      const bundles = bundlesOf(texts);
      if (wanted === "index")
        return asModule([...texts.map(textToEntry), ...others.map(({ entry }) => entry)]);
      if (wanted === "words") return asModule(packWords(wordsByName(texts, others)));
      if (wanted === "shelves") return shelvesModule(bundles);
      const bundle = bundles.get(wanted);
      if (bundle === undefined) throw new Error(`There is no ${wanted} in Learn`);
      return asModule(Object.fromEntries(bundle.map((text) => [text.name, text])));
    },
  };
}

interface OtherContent {
  readonly entry: ContentEntry;
  readonly words: string;
}

async function readLibrary(folder: string) {
  const names = (await readdir(folder, { recursive: true }))
    .map((name) => name.replaceAll("\\", "/"))
    .toSorted();
  const textFiles = names.filter((name) => /^learn\/[a-z-]+\/[a-z0-9-]+\.md$/.test(name));
  const otherFiles = names.filter((name) => /^(?:exercises|paths)\/[a-z0-9-]+\.yaml$/.test(name));
  const texts = await Promise.all(
    textFiles.map(async (file): Promise<LearnText> => {
      const { text, faults } = readLearn(
        file.replace(/\.md$/, ""),
        await readFile(join(folder, file), "utf8"),
      );
      if (text === null || faults.length > 0)
        throw new Error(faults.map(({ line, message }) => `${file}:${line} ${message}`).join("\n"));
      return text;
    }),
  );
  const others = await Promise.all(
    otherFiles.map(async (file) =>
      otherContent(file, parse(await readFile(join(folder, file), "utf8"))),
    ),
  );
  const files = [...textFiles, ...otherFiles].map((file) => join(folder, file));
  return { texts, others: others.filter((other) => other !== null), files };
}

/** What other slices own and check; here only its name, its line and its words are read. */
function otherContent(file: string, raw: unknown): OtherContent | null {
  if (typeof raw !== "object" || raw === null || !("inOneLine" in raw)) return null;
  const { inOneLine, title, name, tags, minutes } = raw as Record<string, unknown>;
  return {
    entry: {
      name: file.replace(/\.yaml$/, ""),
      title: String(title ?? name),
      inOneLine: String(inOneLine),
      tags: Array.isArray(tags) ? tags.map(String) : [],
      minutes: (minutes as { from?: number } | undefined)?.from ?? null,
      stages: [],
      path: null,
    },
    words: stringsIn(raw).join(" "),
  };
}

function wordsByName(texts: readonly LearnText[], others: readonly OtherContent[]) {
  return new Map([
    ...texts.map(
      (text) =>
        [text.name, [...stringsIn(text.front), ...plainTexts(text.body)].join(" ")] as const,
    ),
    ...others.map(({ entry, words }) => [entry.name, words] as const),
  ]);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** By shelf, in the order of their names: `topics-1`, `topics-2`. */
function bundlesOf(texts: readonly LearnText[]): ReadonlyMap<string, readonly LearnText[]> {
  const bundles = new Map<string, LearnText[]>();
  let size = 0;
  let last = "";
  let count = 0;
  for (const text of texts) {
    const shelf = text.name.split("/")[1]!;
    const length = JSON.stringify(text).length;
    if (shelf !== last) count = 0;
    if (shelf !== last || size + length > MOST_CHARACTERS) {
      count += 1;
      size = 0;
    }
    last = shelf;
    size += length;
    const name = `${shelf}-${count}`;
    bundles.set(name, [...(bundles.get(name) ?? []), text]);
  }
  return bundles;
}

function shelvesModule(bundles: ReadonlyMap<string, readonly LearnText[]>): string {
  const fetches = [...bundles.keys()].map(
    (bundle) => `${JSON.stringify(bundle)}: () => import(${JSON.stringify(PREFIX + bundle)})`,
  );
  const bundleByName = Object.fromEntries(
    [...bundles].flatMap(([bundle, texts]) => texts.map(({ name }) => [name, bundle])),
  );
  return [
    `export const fetches = {${fetches.join(", ")}};`,
    `export const bundleByName = JSON.parse(${JSON.stringify(JSON.stringify(bundleByName))});`,
  ].join("\n");
}

// JSON is read faster than the same written as code, and it is only data.
const asModule = (value: unknown): string =>
  `export default JSON.parse(${JSON.stringify(JSON.stringify(value))});`;
