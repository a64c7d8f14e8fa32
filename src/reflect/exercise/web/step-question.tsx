/** What a step asks, as the screen's heading, which takes the focus on arrival; and the hint below it. */
import { useArrivalFocus } from "#design/page.tsx";
import style from "./step-question.module.css";

export function StepQuestion(props: {
  /** The control is labelled by it. */
  readonly id?: string | undefined;
  readonly hintId?: string | undefined;
  readonly ask: string;
  readonly hint?: string | undefined;
}) {
  const heading = useArrivalFocus();
  return (
    <div className={style["question"]}>
      <h1 ref={heading} tabIndex={-1} id={props.id} className={style["ask"]}>
        {props.ask}
      </h1>
      {props.hint !== undefined && (
        <p id={props.hintId} className={style["hint"]}>
          {props.hint}
        </p>
      )}
    </div>
  );
}
