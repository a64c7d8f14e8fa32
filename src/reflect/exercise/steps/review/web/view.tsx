/** Earlier answers, each with its day, newest first; and a place for what one makes of them. */
import { Disclosure } from "#design/disclosure.tsx";
import { TextArea } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { Day } from "#design/time.tsx";
import type { EarlierAnswer, EarlierAnswers } from "../../../earlier.ts";
import { AnswerText } from "../../../web/answer-text.tsx";
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import type { ReviewAnswer, ReviewStep } from "../step.ts";
import { words } from "./words.ts";
import style from "./view.module.css";

/** As many as one reads at a glance; the others are one tap away. */
const AT_ONCE = 3;

export function View({ step, answer, earlier, onChange }: StepViewProps<ReviewStep, ReviewAnswer>) {
  const times = earlier.filter(({ shown }) => shown.length > 0);
  const older = times.slice(AT_ONCE);
  return (
    <div className={style["review"]}>
      <StepQuestion ask={step.ask} hint={step.hint} />
      {times.length === 0 && <p className={style["none"]}>{words.none[step.of]}</p>}
      {times.slice(0, AT_ONCE).map((each, i) => (
        <Time key={i} step={step} earlier={each} />
      ))}
      {older.length > 0 && (
        <Disclosure summary={words.more(older.length)}>
          <div className={style["review"]}>
            {older.map((each, i) => (
              <Time key={i} step={step} earlier={each} />
            ))}
          </div>
        </Disclosure>
      )}
      {step.reply !== undefined && (
        <TextArea
          label={step.reply}
          zone={readBy.onlyYou}
          maxLength={6000}
          value={answer.reply}
          onChange={(reply) => onChange({ reply })}
        />
      )}
    </div>
  );
}

function Time(props: { readonly step: ReviewStep; readonly earlier: EarlierAnswers }) {
  const { on, shown } = props.earlier;
  const hasParts = props.step.shows.some(({ part }) => part !== undefined);
  return (
    <section className={style["time"]}>
      <h2 className={style["day"]}>{on === null ? words.thisTime : <Day on={on} />}</h2>
      {shown.map((each, i) => (
        <div key={i} className={style["one"]}>
          <h3 className={style["ask"]}>{each.ask}</h3>
          <Said answer={each} hasParts={hasParts} />
        </div>
      ))}
    </section>
  );
}

/** Where a part is pointed at, the rest of that answer is not what is looked back at. */
function Said({
  answer,
  hasParts,
}: {
  readonly answer: EarlierAnswer;
  readonly hasParts: boolean;
}) {
  if (!hasParts || answer.entries.length === 0) return <AnswerText markdown={answer.markdown} />;
  return (
    <ul className={style["entries"]}>
      {answer.entries.map((entry, i) => (
        <li key={i}>{entry}</li>
      ))}
    </ul>
  );
}
