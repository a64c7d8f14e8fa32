/** Free text. What may help to begin is there for whoever opens it. */
import { Disclosure } from "#design/disclosure.tsx";
import { TextArea, TextField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import type { WordsAnswer, WordsStep } from "../step.ts";
import { words } from "./words.ts";
import style from "./view.module.css";

const ROWS = { paragraph: 5, page: 12 };
const LONGEST = 20_000;
const LONGEST_LINE = 300;

export function View({ step, answer, onChange }: StepViewProps<WordsStep, WordsAnswer>) {
  const field = {
    label: words.field,
    zone: readBy.onlyYou,
    value: answer.text,
    onChange: (text: string) => onChange({ text }),
  };
  return (
    <div className={style["words"]}>
      <StepQuestion ask={step.ask} hint={step.hint} />
      {step.size === "line" ? (
        <TextField {...field} maxLength={LONGEST_LINE} autoComplete="off" />
      ) : (
        <TextArea {...field} rows={ROWS[step.size]} maxLength={LONGEST} />
      )}
      {step.prompts !== undefined && (
        <Disclosure summary={words.prompts}>
          <ul className={style["prompts"]}>
            {step.prompts.map((prompt) => (
              <li key={prompt}>{prompt}</li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}
