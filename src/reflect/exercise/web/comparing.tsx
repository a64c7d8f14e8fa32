/** This time beside the time before, question by question: one below the other on a phone. */
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import type { Exercise } from "../exercise.ts";
import type { Filling } from "../filling.ts";
import { compared } from "../whole.ts";
import { AnswerText } from "./answer-text.tsx";
import { words } from "./words.ts";
import style from "./finished.module.css";

export function Comparing(props: {
  readonly exercise: Exercise;
  readonly earlier: Filling;
  readonly later: Filling;
}) {
  const { exercise, earlier, later } = props;
  const lastTime = words.done.lastTime(dayText(earlier.begunOn, "short"));
  const thisTime = words.done.thisTime(dayText(later.begunOn, "short"));
  return (
    <Section title={words.done.compared}>
      {compared(exercise, earlier, later).map((one) => (
        <div key={one.step} className={style["told"]}>
          <h3 className={style["ask"]}>{one.ask}</h3>
          <div className={style["both"]}>
            <Time name={lastTime} markdown={one.earlier} />
            <Time name={thisTime} markdown={one.later} />
          </div>
        </div>
      ))}
    </Section>
  );
}

function Time({ name, markdown }: { readonly name: string; readonly markdown: string | null }) {
  return (
    <div className={style["time"]}>
      <h4 className={style["name"]}>{name}</h4>
      {markdown === null ? (
        <p className={style["name"]}>{words.done.neither}</p>
      ) : (
        <AnswerText markdown={markdown} />
      )}
    </div>
  );
}
