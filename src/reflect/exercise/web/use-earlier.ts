/** Earlier answers for a review step; of another exercise once that is fetched, and none until then. */
import { useEffect, useState } from "react";
import { earlierAnswers, type EarlierAnswers } from "../earlier.ts";
import type { Exercise } from "../exercise.ts";
import type { OpenStep } from "../walk.ts";
import { fetchExercise } from "./exercise-content.ts";
import type { KeptFilling } from "./kept-exercises.ts";

const NONE: readonly EarlierAnswers[] = [];

export function useEarlier(
  { step }: OpenStep,
  exercise: Exercise,
  id: string,
  thisTime: readonly OpenStep[],
  all: readonly KeptFilling[],
): readonly EarlierAnswers[] {
  const wanted = step.kind === "review" ? (step.exercise ?? exercise.id) : null;
  const other = useOther(wanted === exercise.id ? null : wanted);
  const source = wanted === exercise.id ? exercise : other;
  if (step.kind !== "review" || source === null) return NONE;
  const others = all.filter((kept) => kept.exercise === source.id && kept.id !== id);
  return earlierAnswers(step, source, thisTime, others);
}

function useOther(id: string | null): Exercise | null {
  const [other, setOther] = useState<Exercise | null>(null);
  useEffect(() => {
    let isCurrent = true;
    if (id !== null)
      fetchExercise(id).then(
        (found) => isCurrent && setOther(found?.exercise ?? null),
        () => undefined,
      );
    return () => {
      isCurrent = false;
    };
  }, [id]);
  return other?.id === id ? other : null;
}
