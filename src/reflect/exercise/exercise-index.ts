/** What the shelves show of an exercise, so that no text of it is fetched before it is opened. */
import type { Exercise } from "./exercise.ts";

export interface ExerciseLine extends Pick<
  Exercise,
  "id" | "title" | "inOneLine" | "shelf" | "minutes" | "rhythm" | "tags"
> {
  readonly crisis: boolean;
}

export const lineOf = (exercise: Exercise): ExerciseLine => {
  const { id, title, inOneLine, shelf, minutes, rhythm, tags } = exercise;
  return { id, title, inOneLine, shelf, minutes, rhythm, tags, crisis: exercise.crisis ?? false };
};

/** Every word that is looked for begins a word of the title, the line or the tags. */
export function linesMatching(
  lines: readonly ExerciseLine[],
  wanted: string,
): readonly ExerciseLine[] {
  const looked = wordsOf(wanted);
  return lines.filter(({ title, inOneLine, tags }) => {
    const there = wordsOf([title, inOneLine, ...tags].join(" "));
    return looked.every((word) => there.some((other) => other.startsWith(word)));
  });
}

const wordsOf = (text: string): readonly string[] =>
  text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
