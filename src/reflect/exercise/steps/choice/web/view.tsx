/** One of several, or some of several. What an option has to say is said once it is picked. */
import { Choice } from "#design/choice.tsx";
import { Choices } from "#design/choices.tsx";
import { TextField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import type { ChoiceAnswer, ChoiceStep } from "../step.ts";
import style from "./view.module.css";

export function View(props: StepViewProps<ChoiceStep, ChoiceAnswer>) {
  const { step, answer, onChange } = props;
  const options = step.options.map(({ id, text, says }) => ({
    value: id,
    text,
    note: answer.picked.includes(id) ? says : undefined,
  }));
  const frame = { label: step.ask, hideLabel: true, zone: readBy.onlyYou, options };
  return (
    <div className={style["choice"]}>
      <StepQuestion ask={step.ask} hint={step.hint} />
      {step.many === undefined ? (
        <Choice
          {...frame}
          value={answer.picked[0] ?? null}
          onChange={(id) => onChange({ ...answer, picked: [id] })}
        />
      ) : (
        <Choices
          {...frame}
          most={step.many.atMost < step.options.length ? step.many.atMost : undefined}
          values={answer.picked}
          onChange={(picked) => onChange({ ...answer, picked })}
        />
      )}
      {step.own !== undefined && (
        <TextField
          label={step.own}
          zone={readBy.onlyYou}
          maxLength={300}
          autoComplete="off"
          value={answer.own}
          onChange={(own) => onChange({ ...answer, own })}
        />
      )}
    </div>
  );
}
