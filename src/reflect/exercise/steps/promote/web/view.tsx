/** Entries of an earlier step, to take on as they are or in better words; and where they will be found then. */
import { useRef } from "react";
import { Checkbox } from "#design/checkbox.tsx";
import { TextField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { ZoneGroup } from "#design/zone-mark.tsx";
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import { words as allWords } from "../../web/words.ts";
import {
  isFull,
  withReworded,
  withToggled,
  type PromoteAnswer,
  type PromoteStep,
} from "../step.ts";
import { words } from "./words.ts";
import style from "./view.module.css";

export function View(props: StepViewProps<PromoteStep, PromoteAnswer>) {
  const { step, answer, carried, onChange } = props;
  /** So that what was put back by a slip of the thumb has its words again when it is taken on again. */
  const wordings = useRef(new Map<string, string>());
  const toggle = (from: string) => {
    for (const each of answer.taken) wordings.current.set(each.from, each.text);
    const next = withToggled(step, answer, from);
    onChange(withReworded(next, from, wordings.current.get(from) ?? from));
  };
  const offered = [...new Set([...carried, ...answer.taken.map(({ from }) => from)])];
  const found =
    step.to === "ideas" ? words.found.ideas(step.againInDays ?? 1) : words.found[step.to]();
  if (offered.length === 0)
    return (
      <div className={style["promote"]}>
        <StepQuestion ask={step.ask} hint={step.hint} />
        <p>{allWords.nothingCarried}</p>
      </div>
    );
  return (
    <div className={style["promote"]}>
      <StepQuestion ask={step.ask} hint={step.hint} />
      <p className={style["quiet"]} role="status">
        {isFull(step, answer) && step.atMost > 1
          ? words.full(step.atMost)
          : step.atMost < offered.length && words.atMost(step.atMost)}
      </p>
      <ZoneGroup zone={readBy.onlyYou} label={step.ask} className={style["offered"]}>
        {() =>
          offered.map((from) => (
            <Offered
              key={from}
              from={from}
              taken={answer.taken.find((each) => each.from === from)}
              isOff={isFull(step, answer) && step.atMost > 1}
              onToggle={() => toggle(from)}
              onReword={(text) => onChange(withReworded(answer, from, text))}
            />
          ))
        }
      </ZoneGroup>
      <p className={style["quiet"]}>{found}</p>
    </div>
  );
}

function Offered(props: {
  readonly from: string;
  readonly taken: PromoteAnswer["taken"][number] | undefined;
  /** No further one can be taken on. */
  readonly isOff: boolean;
  readonly onToggle: () => void;
  readonly onReword: (text: string) => void;
}) {
  const { from, taken, isOff, onToggle, onReword } = props;
  return (
    <div className={style["one"]} data-taken={taken === undefined ? undefined : ""}>
      <Checkbox
        label={from}
        zone={readBy.onlyYou}
        checked={taken !== undefined}
        disabled={isOff && taken === undefined}
        onChange={onToggle}
      />
      {taken !== undefined && (
        <TextField
          label={words.reword}
          hint={words.rewordHint}
          zone={readBy.onlyYou}
          maxLength={300}
          value={taken.text}
          onChange={onReword}
        />
      )}
    </div>
  );
}
