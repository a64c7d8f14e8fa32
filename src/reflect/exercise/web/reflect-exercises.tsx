/** Cards for Reflect's first page: exercises that were begun, and ideas that are due. Nothing where there are none. */
import { Card } from "#design/card-list.tsx";
import { dayText } from "#design/time.tsx";
import { lineNamed } from "./exercise-content.ts";
import { useFillings } from "./kept-exercises.ts";
import { useIdeasDue } from "./kept-promoted.ts";
import { words } from "./words.ts";

const MOST_BEGUN = 2;

export function ReflectExercises() {
  const ideas = useIdeasDue();
  const begun = useFillings()
    .filter(({ isFinished }) => !isFinished)
    .slice(0, MOST_BEGUN);
  return (
    <>
      {begun.flatMap(({ id, exercise, begunOn }) => {
        const line = lineNamed(exercise);
        return line === null
          ? []
          : [
              <Card
                key={id}
                title={words.home.goOn(line.title)}
                href={`/reflect/exercise/${exercise}/${id}`}
                meta={words.shelf.begunOn(dayText(begunOn, "short"))}
              />,
            ];
      })}
      {ideas.length > 0 && (
        <Card
          title={words.home.ideas(ideas.length)}
          href="/reflect/ideas"
          meta={words.home.ideasMeta}
        />
      )}
    </>
  );
}
