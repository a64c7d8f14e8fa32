/** How `content check` reads exercises: schema, pointers, links to other content, and translations beside them. */
import type { ContentFault } from "#library/content-file.ts";
import type { ContentReader } from "#library/server/content-check.ts";
import type { Exercise } from "../exercise.ts";
import { exerciseFaults, translationFaults } from "../exercise-faults.ts";
import { readExercise } from "../exercise-file.ts";

export const exerciseReader: ContentReader = {
  read: readExercise,
  faults: ({ name, content }, { names, alike }) => {
    const exercise = content as Exercise;
    const named = (id: string) => (alike.get(`exercises/${id}`) as Exercise | undefined) ?? null;
    const original = named(exercise.id);
    const isTranslation = name === `exercises/${exercise.id}.${exercise.language}`;
    return [
      ...(name === `exercises/${exercise.id}` || isTranslation
        ? []
        : [{ at: ["id"], message: "differs from the file's name" }]),
      ...(isTranslation && original === null
        ? [{ at: ["id"], message: "is the translation of nothing" }]
        : []),
      ...(isTranslation && original !== null ? translationFaults(exercise, original) : []),
      ...exerciseFaults(exercise, named),
      ...nextFaults(exercise, names),
    ];
  },
};

const nextFaults = ({ after }: Exercise, names: ReadonlySet<string>): readonly ContentFault[] =>
  (after.next ?? []).flatMap((next, i) =>
    names.has(next) ? [] : [{ at: ["after", "next", i], message: `${next} leads nowhere` }],
  );
