/**
 * One question and its answers, in reach of the thumb. One tap answers and goes on; so does a digit. What
 * must be known before answering stands above the question, never after it.
 */
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
import { useArrivalFocus } from "#design/page.tsx";
import type { CheckIn } from "#library/check-in.ts";
import { answerTo, itemsCallingForCare, scaleOf, type Answers } from "../questionnaire.ts";
import { hasOpening } from "../filling-place.ts";
import type { Aside } from "./filling-aside.tsx";
import { FillingStep } from "./filling-step.tsx";
import type { Finishing } from "./filling-steps.tsx";
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
  readonly aside: Aside | undefined;
}) {
  const { checkIn, index, answers, finishing, onAnswer, onBack, aside } = props;
  const item = checkIn.items[index]!;
  const { options } = scaleOf(checkIn, item);
  const [picked, pick] = usePick(onAnswer);
  const page = useDigits((digit) => {
    const option = options[digit - 1];
    if (option !== undefined) pick(option.value);
  });
  const heading = useArrivalFocus();
  const questionId = useId();
  const leadId = useId();
  const chosen = picked ?? answerTo(answers, item.id);

  return (
    <FillingStep
      checkIn={checkIn}
      at={index + 1}
      page={page}
      aside={aside}
      onBack={onBack}
      hasCare={itemsCallingForCare(checkIn, answers).some(({ id }) => id !== item.id)}
      onGoOn={
        <Button kind="quiet" onClick={() => onAnswer(null)}>
          {words.filling.skip}
        </Button>
      }
    >
      {!hasOpening(checkIn) && index === 0 && <p className={style["before"]}>{checkIn.before}</p>}
      {item.lead !== undefined && (
        <p id={leadId} className={style["lead"]}>
          {item.lead}
        </p>
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
      {finishing === "not-kept" && (
        <Notice kind="refusal">
          <p>{words.filling.notKept}</p>
        </Notice>
      )}
      <ul className={style["answers"]} aria-labelledby={questionId}>
        {options.map((option, place) => (
          <li key={option.value}>
            <button
              type="button"
              className={style["answer"]}
              aria-pressed={option.value === chosen}
              onClick={() => pick(option.value)}
            >
              <span>{option.text}</span>
              <kbd aria-hidden="true">{place + 1}</kbd>
            </button>
          </li>
        ))}
      </ul>
    </FillingStep>
  );
}

/** The pick is shown for a moment and then given; what is tapped meanwhile is a slip of the thumb. */
function usePick(give: (value: number) => void): [number | null, (value: number) => void] {
  const [picked, setPicked] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const pick = (value: number) => {
    if (picked !== null) return;
    setPicked(value);
    timer.current = setTimeout(() => {
      setPicked(null);
      give(value);
    }, SEEN_MS);
  };
  return [picked, pick];
}

/** Digits answer while the focus is on this page, and only then (WCAG 2.1.4). */
function useDigits(onDigit: (digit: number) => void) {
  const page = useRef<HTMLElement>(null);
  const onDigitNow = useRef(onDigit);
  useEffect(() => {
    onDigitNow.current = onDigit;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (/^[1-9]$/.test(event.key)) onDigitNow.current(Number(event.key));
    };
    const main = page.current;
    main?.addEventListener("keydown", listen);
    return () => main?.removeEventListener("keydown", listen);
  }, []);
  return page;
}
