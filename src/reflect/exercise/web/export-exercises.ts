/** For the full export: every filling as it reads, question by question. What can't be read stays in the JSON as it is. */
import { dayText } from "#design/time.tsx";
import type { Safe } from "#vault/web/safe.ts";
import { readFilling } from "../filling.ts";
import { newestFirst, toMarkdown } from "../whole.ts";
import { fetchExercise } from "./exercise-content.ts";
import { EXERCISES } from "./kept-exercises.ts";
import { words } from "./words.ts";

/** Markdown of all fillings, oldest first, with headings from the second level down. */
export async function exportExercises(safe: Safe): Promise<string> {
  const fillings = safe
    .list<unknown>(EXERCISES)
    .flatMap(({ id, content }) => {
      const filling = readFilling(content);
      return filling === null ? [] : [{ ...filling, id }];
    })
    .toSorted((a, b) => newestFirst(b, a));
  const texts: string[] = [];
  for (const filling of fillings) {
    const fetched = await fetchExercise(filling.exercise).catch(() => null);
    if (fetched === null) continue;
    const on = words.markdown.on(dayText(filling.begunOn, "full"));
    const text = toMarkdown(fetched.exercise, filling, {
      on,
      unfinished: words.markdown.unfinished,
    });
    texts.push(text.replaceAll(/^(?=#{1,2} )/gm, "#"));
  }
  return texts.join("\n");
}
