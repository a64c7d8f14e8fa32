/** Exercises as modules: bin/web-build/exercises.ts makes the index, bin/web-build/content.ts the rest. */
declare module "virtual:content/exercises" {
  import type { Exercise } from "#reflect/exercise/exercise.ts";
  import type { ExerciseLine } from "#reflect/exercise/exercise-index.ts";
  interface ExerciseModule {
    readonly default: Exercise;
    /** Of what `after.next` names, by that name. */
    readonly titles: Readonly<Record<string, string>>;
  }
  export const lines: readonly ExerciseLine[];
  /** By id, then by language; the original's comes first. */
  export const fetches: Readonly<
    Record<string, Readonly<Record<string, () => Promise<ExerciseModule>>>>
  >;
}
