/** Something to read, and nothing to do but to go on. */
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import type { ProseStep } from "../step.ts";
import style from "./view.module.css";

export function View({ step }: StepViewProps<ProseStep, null>) {
  return (
    <div className={style["prose"]}>
      <StepQuestion ask={step.title} />
      {step.text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {step.points !== undefined && (
        <ul className={style["points"]}>
          {step.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
