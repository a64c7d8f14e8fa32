/** What another device had at this step at the same time: taken in, or put away. Nothing is lost until then. */
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import type { Step } from "../exercise.ts";
import { withOtherTakenIn, withoutOthers, type Filling, type Sitting } from "../filling.ts";
import { rulesOf, type Answer } from "../steps.ts";
import { AnswerText } from "./answer-text.tsx";
import { words } from "./words.ts";
import style from "./runner.module.css";

export function OtherAnswer(props: {
  readonly step: Step;
  readonly other: Answer;
  readonly sitting: Sitting;
  readonly onChange: (next: (filling: Filling) => Filling) => void;
}) {
  const { step, other, sitting, onChange } = props;
  const rules = rulesOf(step);
  const answer = rules.read(step, other, []);
  const markdown = answer === null ? "" : rules.toMarkdown(step, answer);
  return (
    <div className={style["other"]}>
      <p>{words.run.other}</p>
      {markdown !== "" && <AnswerText markdown={markdown} />}
      <Actions>
        <Button onClick={() => onChange((now) => withOtherTakenIn(now, step.id, other, sitting))}>
          {words.run.takeOther}
        </Button>
        <Button
          kind="quiet"
          onClick={() => onChange((now) => withoutOthers(now, step.id, sitting))}
        >
          {words.run.keepThis}
        </Button>
      </Actions>
    </div>
  );
}
