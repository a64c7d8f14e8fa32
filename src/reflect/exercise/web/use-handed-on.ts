/** Hands what was taken on in an exercise over to Plan, or to its day, whenever a step is left. */
import type { Exercise } from "../exercise.ts";
import { withPromoted } from "../filling.ts";
import { rulesOf } from "../steps.ts";
import { openSteps } from "../walk.ts";
import { useHandOn } from "./kept-promoted.ts";
import type { OpenFilling } from "./use-filling.ts";

export function useHandedOn(exercise: Exercise, id: string, open: OpenFilling): () => void {
  const handOn = useHandOn();
  return () => {
    for (const { step, answer } of openSteps(exercise, open.filling)) {
      if (step.kind !== "promote") continue;
      const before = open.filling.promoted[step.id] ?? [];
      const after = rulesOf(step).entries(step, answer);
      if (before.join("\n") === after.join("\n")) continue;
      open.change((now) => withPromoted(now, step.id, after));
      void handOn(step, { before, after }, { id, exercise: exercise.id }).catch(() => undefined);
    }
  };
}
