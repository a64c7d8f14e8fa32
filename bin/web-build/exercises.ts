/**
 * `virtual:content/exercises`: the line of every exercise, and how each is fetched in each language it is written
 * in. The exercises themselves are modules of their own, so that none is in the first bundle.
 */
import { readFile } from "node:fs/promises";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Exercise } from "../../src/reflect/exercise/exercise.ts";
import { readExercise } from "../../src/reflect/exercise/exercise-file.ts";
import { lineOf } from "../../src/reflect/exercise/exercise-index.ts";

export const EXERCISES = "exercises";

/** The code of the index, and the files it was made of. */
export async function exerciseIndex(
  folder: string,
): Promise<{ readonly code: string; readonly files: readonly string[] }> {
  const read = await Promise.all(
    namesIn(folder).map(async (name) => {
      const file = join(folder, EXERCISES, `${name}.yaml`);
      const exercise = readExercise(parse(await readFile(file, "utf8")));
      if (!exercise.ok) throw new Error(`${file} is no exercise; run: bin/callroom content check`);
      return { name, file, exercise: exercise.value };
    }),
  );
  const originals = read.filter(({ name, exercise }) => name === exercise.id);
  const fetches = originals.map(({ exercise: { id } }) => {
    const languages = read
      .filter(({ exercise }) => exercise.id === id)
      .map(
        ({ name, exercise }) =>
          `${JSON.stringify(exercise.language)}: () => import("virtual:content/${EXERCISES}/${name}")`,
      );
    return `${JSON.stringify(id)}: { ${languages.join(", ")} }`;
  });
  const lines = originals.map(({ exercise }) => lineOf(exercise));
  return {
    code:
      `export const lines = JSON.parse(${JSON.stringify(JSON.stringify(lines))});\n` +
      `export const fetches = { ${fetches.join(",\n")} };`,
    files: read.map(({ file }) => file),
  };
}

/** With the language where it is a translation: `want-should`, `want-should.de`. */
const namesIn = (folder: string): readonly string[] =>
  readdirSync(join(folder, EXERCISES))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.replace(/\.yaml$/, ""))
    .toSorted();

/**
 * Which file of the build an exercise lies in: one a shelf. Every file stands with its fingerprint in the first
 * page, so sixty of them would cost each visit more than one shelf costs who opens it.
 */
export function shelfFileOf(folder: string, module: string): string | null {
  const name = /virtual:content\/exercises\/([a-z0-9.-]+)$/i.exec(module)?.[1];
  if (name === undefined) return null;
  const { shelf, language } = parse(
    readFileSync(join(folder, EXERCISES, `${name}.yaml`), "utf8"),
  ) as Exercise;
  return language === "en" ? `exercises-${shelf}` : `exercises-${shelf}-${language.toLowerCase()}`;
}

/** Titles of what an exercise names as next, by that name; what is not there is left out. */
export function titlesOf(folder: string, exercise: Exercise): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (exercise.after.next ?? []).flatMap((name) => {
      const title = titleOf(folder, name);
      return title === null ? [] : [[name, title]];
    }),
  );
}

function titleOf(folder: string, name: string): string | null {
  const file = [".yaml", ".md"].map((ending) => join(folder, name + ending)).find(existsSync);
  if (file === undefined) return null;
  const text = readFileSync(file, "utf8");
  const front = file.endsWith(".md") ? (text.split(/^---$/m)[1] ?? "") : text;
  const { title, name: said } = parse(front) as { title?: string; name?: string };
  return title ?? said ?? null;
}
