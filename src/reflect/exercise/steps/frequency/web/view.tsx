/**
 * Several statements, one open at a time: a tap answers it and opens the next that is not answered. What was
 * answered stays in sight and can be opened again.
 */
import { useId, useState } from "react";
import { useFocusAfter } from "../../web/focus-after.ts";
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import type { FrequencyAnswer, FrequencyStep } from "../step.ts";
import { words } from "./words.ts";
import style from "./view.module.css";

type Statement = FrequencyStep["statements"][number];

export function View(props: StepViewProps<FrequencyStep, FrequencyAnswer>) {
  const { step, answer, onChange } = props;
  const { given } = answer;
  const [open, setOpen] = useState<string | null>(() => nextOpen(step, given, null));
  const { root, focusAfter } = useFocusAfter<HTMLDivElement>(open);
  const goOn = (from: string, now: FrequencyAnswer["given"]) => {
    const next = nextOpen(step, now, from);
    focusAfter(next ?? from);
    setOpen(next);
  };
  const pick = (id: string, place: number | null) => {
    const { [id]: _, ...others } = given;
    const now = place === null ? others : { ...others, [id]: place };
    onChange({ given: now });
    // Left out: on to the next one all the same.
    goOn(id, place === null ? { ...now, [id]: 0 } : now);
  };
  const count = step.statements.filter(({ id }) => Object.hasOwn(given, id)).length;
  return (
    <div className={style["frequency"]} ref={root}>
      <StepQuestion ask={step.ask} hint={step.hint} />
      <p className={style["count"]} role="status">
        {words.answered(count, step.statements.length)}
      </p>
      <ol className={style["statements"]} role="list">
        {step.statements.map((statement) => (
          <StatementRow
            key={statement.id}
            statement={statement}
            options={step.options}
            place={given[statement.id] ?? null}
            isOpen={open === statement.id}
            onOpen={() => setOpen(open === statement.id ? null : statement.id)}
            onPick={(place) => pick(statement.id, place)}
          />
        ))}
      </ol>
      {step.measure !== undefined && <p className={style["count"]}>{words.own}</p>}
    </div>
  );
}

function StatementRow(props: {
  readonly statement: Statement;
  readonly options: readonly string[];
  readonly place: number | null;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onPick: (place: number | null) => void;
}) {
  const { statement, options, place, isOpen, onOpen, onPick } = props;
  const id = useId();
  return (
    <li className={style["statement"]} data-open={isOpen ? "" : undefined}>
      <button
        type="button"
        id={id}
        className={style["text"]}
        aria-expanded={isOpen}
        data-focus={statement.id}
        onClick={onOpen}
      >
        <span>{statement.text}</span>
        {!isOpen && (
          <span className={style["picked"]} data-none={place === null ? "" : undefined}>
            {place === null ? words.notYet : options[place]}
          </span>
        )}
      </button>
      {isOpen && (
        <ul className={style["options"]} aria-labelledby={id} role="list">
          {options.map((option, at) => (
            <li key={option}>
              <button
                type="button"
                className={style["option"]}
                aria-pressed={at === place}
                onClick={() => onPick(at)}
              >
                {option}
              </button>
            </li>
          ))}
          <li>
            <button type="button" className={style["leave"]} onClick={() => onPick(null)}>
              {words.leaveOut}
            </button>
          </li>
        </ul>
      )}
    </li>
  );
}

/** The next one that is not answered, after `from` first; null when all are. */
function nextOpen(
  { statements }: FrequencyStep,
  given: FrequencyAnswer["given"],
  from: string | null,
): string | null {
  const at = statements.findIndex(({ id }) => id === from);
  const inTurn = [...statements.slice(at + 1), ...statements.slice(0, Math.max(0, at))];
  return inTurn.find(({ id }) => !Object.hasOwn(given, id))?.id ?? null;
}
