/**
 * Turns `virtual:content/<folder>/<name>` into a module with what content/<folder>/<name>.yaml holds. A
 * file that does not fit its schema stops the build, so a browser never meets a broken one.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "vite";
import { parse } from "yaml";
import { ok, type Result } from "../../src/platform/result.ts";
import { readContent, type ContentRefusal } from "../../src/library/content-file.ts";
import { readExercise } from "../../src/reflect/exercise/exercise-file.ts";
import type { Exercise } from "../../src/reflect/exercise/exercise.ts";
import { exerciseIndex, EXERCISES, titlesOf } from "./exercises.ts";

const PREFIX = "virtual:content/";
/** A language may follow: `exercises/want-should.de`. No name climbs out of the folder. */
const NAME = /^[a-z0-9/-]+(\.[A-Za-z0-9-]+)?$/;
const RESOLVED = `\0${PREFIX}`;

const READ_ELSEWHERE = new Set<unknown>([
  "specialties",
  "lived-experiences",
  "coaching-styles",
  "languages",
  "circle-names",
]);

/** Kinds that slices above the library read. */
const READERS: Readonly<Record<string, (raw: unknown) => Result<unknown, ContentRefusal>>> = {
  exercise: readExercise,
};

export function content({ folder }: { folder: string }): Plugin {
  return {
    name: "callroom-content",
    resolveId: (id) =>
      id.startsWith(PREFIX) && NAME.test(id.slice(PREFIX.length)) ? `\0${id}` : null,
    async load(id) {
      if (!id.startsWith(RESOLVED)) return null;
      const name = id.slice(RESOLVED.length);
      if (name === EXERCISES) {
        const { code, files } = await exerciseIndex(folder);
        for (const file of files) this.addWatchFile(file);
        return code;
      }
      const file = join(folder, `${name}.yaml`);
      this.addWatchFile(file);
      const raw = parse(await readFile(file, "utf8")) as { kind?: unknown } | null;
      const read = readAny(raw);
      if (!read.ok) throw new Error(`${file}: ${refusalToWords(read.refusal)}`);
      return `export default ${asCode(read.value)};${alsoOf(folder, read.value)}`;
    },
  };
}

/** Coaching reads its own lists, strictly, where it imports them. */
function readAny(raw: { kind?: unknown } | null): Result<unknown, ContentRefusal> {
  if (READ_ELSEWHERE.has(raw?.kind)) return ok(raw);
  return (READERS[String(raw?.kind)] ?? readContent)(raw);
}

/** JSON is read faster than the same written as code, and it is only data. */
const asCode = (value: unknown): string => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;

/** An exercise says what may come next by name; a screen needs the titles of those. */
const alsoOf = (folder: string, value: unknown): string =>
  isExercise(value) ? `\nexport const titles = ${asCode(titlesOf(folder, value))};` : "";

const isExercise = (value: unknown): value is Exercise =>
  (value as { kind?: unknown } | null)?.kind === "exercise";

const refusalToWords = (refusal: ContentRefusal): string =>
  refusal.type === "UnknownKind"
    ? "is of no kind we know"
    : refusal.faults.map((fault) => `${fault.at.join(".")}: ${fault.message}`).join("; ");
