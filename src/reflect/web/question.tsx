/**
 * One question and its answers, in reach of the thumb. One tap answers and goes on; so does a digit. What
 * must be known before answering stands above the question, never after it.
 */
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "#design/button.tsx";
import { Icon } from "#design/icon.tsx";
import { Notice } from "#design/notice.tsx";
import { useArrivalFocus } from "#design/page.tsx";
import type { CheckIn } from "#library/check-in.ts";
import { answerTo, itemsCallingForCare, scaleOf, type Answers } from "../questionnaire.ts";
import { CareReminder, FillingHead } from "./filling-head.tsx";
import { hasOpening } from "./filling-place.ts";
import type { Finishing } from "./filling.tsx";
import { words } from "./words.ts";
import style from "./filling.module.css";

/** Long enough to see what was picked, short enough not to be waited for. */
const SEEN_MS = 130;

export function Question(props: {
  readonly checkIn: CheckIn;
  readonly index: number;
  readonly answers: Answers;
  readonly finishing: Finishing;
  readonly onAnswer: (value: number | null) => void;
  readonly onBack: () => void;
  readonly onStartOver: (() => void) | undefined;
}) {
  const { checkIn, index, answers, finishing, onAnswer, onBack } = props;
  const item = checkIn.items[index]!;
  const { options } = scaleOf(checkIn, item);
  const [picked, setPicked] = useState<number | null>(null);
  const heading = useArrivalFocus();
  const questionId = useId();
  const leadId = useId();
  const calledForCare = itemsCallingForCare(checkIn, answers).some(({ id }) => id !== item.id);

  useEffect(() => {
    if (picked === null) return undefined;
    const timer = setTimeout(() => onAnswer(picked), SEEN_MS);
    return () => clearTimeout(timer);
    // Once per pick: a new render of the page above must not begin the wait again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [picked]);

  const pickDigit = (key: string) => {
    const option = /^[1-9]$/.test(key) ? options[Number(key) - 1] : undefined;
    if (option !== undefined && picked === null) setPicked(option.value);
  };
  const page = useDigits(pickDigit);
  const chosen = picked ?? answerTo(answers, item.id);

  return (
    <main id="main" tabIndex={-1} className={style["step"]} ref={page}>
      <FillingHead
        checkIn={checkIn}
        at={index + 1}
        text={checkIn.title}
        onStartOver={props.onStartOver}
      />
      {!hasOpening(checkIn) && index === 0 && <p className={style["before"]}>{checkIn.before}</p>}
      {item.lead !== undefined && (
        <div id={leadId}>
          <Notice kind="warm">
            <p>{item.lead}</p>
          </Notice>
        </div>
      )}
      <div className={style["question"]}>
        <p className={style["window"]}>{checkIn.window}</p>
        <h1
          ref={heading}
          tabIndex={-1}
          id={questionId}
          aria-describedby={item.lead === undefined ? undefined : leadId}
          className={style["statement"]}
        >
          {item.text}
        </h1>
      </div>
      <div className={style["reach"]}>
        {finishing === "not-kept" && <Notice kind="refusal">{words.filling.notKept}</Notice>}
        <ul className={style["answers"]} aria-labelledby={questionId}>
          {options.map((option, place) => (
            <li key={option.value}>
              <button
                type="button"
                className={style["answer"]}
                aria-pressed={option.value === chosen}
                onClick={() => {
                  if (picked === null || finishing === "not-kept") setPicked(option.value);
                }}
              >
                <span>{option.text}</span>
                <kbd aria-hidden="true">{place + 1}</kbd>
              </button>
            </li>
          ))}
        </ul>
        <div className={style["ways"]}>
          <Button kind="quiet" icon={<Icon name="back" />} onClick={onBack}>
            {words.filling.back}
          </Button>
          {calledForCare && <CareReminder />}
          <Button kind="quiet" onClick={() => onAnswer(null)}>
            {words.filling.skip}
          </Button>
        </div>
      </div>
    </main>
  );
}

/** Digits answer while the focus is on this page, and only then: a dictated number stays a number. */
function useDigits(pick: (key: string) => void) {
  const page = useRef<HTMLElement>(null);
  const pickNow = useRef(pick);
  useEffect(() => {
    pickNow.current = pick;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      pickNow.current(event.key);
    };
    const main = page.current;
    main?.addEventListener("keydown", listen);
    return () => main?.removeEventListener("keydown", listen);
  }, []);
  return page;
}
