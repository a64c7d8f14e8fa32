/** One value between two ends that are named. */
import { Scale } from "#design/scale.tsx";
import { readBy } from "#design/readership.ts";
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import type { ScaleAnswer, ScaleStep } from "../step.ts";
import style from "./view.module.css";

export function View({ step, answer, onChange }: StepViewProps<ScaleStep, ScaleAnswer>) {
  return (
    <div className={style["scale"]}>
      <StepQuestion ask={step.ask} hint={step.hint} />
      <Scale
        label={step.ask}
        hideLabel
        zone={readBy.onlyYou}
        from={0}
        to={step.steps - 1}
        lowText={step.low}
        highText={step.high}
        value={answer.value}
        onChange={(value) => onChange({ value })}
      />
    </div>
  );
}
