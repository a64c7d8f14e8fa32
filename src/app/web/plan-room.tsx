/** Hands Plan what was taken on in exercises: plan itself knows none. */
import { Plan } from "#plan/web/plan.tsx";
import { FromExercises } from "#reflect/exercise/web/from-exercises.tsx";

export const PlanRoom = () => <Plan taken={<FromExercises />} />;
