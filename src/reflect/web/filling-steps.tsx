/**
 * The steps of a check-in after its opening, to the moment in which it is finished and kept. In a file of
 * their own, with all that they tell: what is read before them need not wait for it.
 */
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useToast } from "#design/toast.tsx";
import type { CheckIn } from "#library/check-in.ts";
import results from "virtual:content/check-in/results";
import { useSafe } from "#vault/web/safe-context.tsx";
import { newRecordId } from "#vault/web/safe.ts";
import { isEmpty, placeAfter, placeBefore, type Place } from "../filling-place.ts";
import { finishCheckIn } from "../finish-check-in.ts";
import { withAnswer, type CheckInDraft } from "../questionnaire.ts";
import { AfterCare } from "./after-care.tsx";
import type { Aside } from "./filling-aside.tsx";
import { DriversStep, WordsStep } from "./filling-end.tsx";
import { CHECK_INS, today, useCheckIns } from "./kept-check-ins.ts";
import { Question } from "./question.tsx";
import { words } from "./words.ts";

export interface FillingStepsProps {
  readonly checkIn: CheckIn;
  readonly draft: CheckInDraft;
  readonly place: Exclude<Place, { at: "opening" | "old" }>;
  readonly aside: Aside | undefined;
  readonly onGo: (place: Place) => void;
  readonly onKeep: (draft: CheckInDraft) => void;
  readonly onClear: () => void;
}

export function FillingSteps(props: FillingStepsProps) {
  const { checkIn, draft, place, aside, onGo, onKeep, onClear } = props;
  const finishing = useFinishing(checkIn, onClear);
  const [, navigate] = useLocation();
  useRecogniserAhead();

  const goOnWith = (next: CheckInDraft) => {
    onKeep(next);
    const after = placeAfter(checkIn, next, place);
    if (after === null) void finishing.finish(next);
    else onGo(after);
  };
  const onBack = () => {
    const before = placeBefore(checkIn, place);
    if (before === null) navigate("/reflect");
    else onGo(before);
  };

  switch (place.at) {
    case "item":
      return (
        <Question
          key={place.index}
          checkIn={checkIn}
          index={place.index}
          answers={draft.answers}
          finishing={finishing.state}
          aside={aside}
          onBack={onBack}
          onAnswer={(value) => {
            const answered = withAnswer(checkIn, draft, checkIn.items[place.index]!.id, value);
            if (answered.ok) goOnWith(answered.value);
          }}
        />
      );
    case "care":
      return (
        <AfterCare
          checkIn={checkIn}
          index={place.index}
          onBack={onBack}
          onGoOn={() => goOnWith(draft)}
        />
      );
    case "drivers":
      return (
        <DriversStep
          checkIn={checkIn}
          draft={draft}
          aside={aside}
          onChange={onKeep}
          onBack={onBack}
          onNext={() => goOnWith(draft)}
        />
      );
    case "words":
      return (
        <WordsStep
          checkIn={checkIn}
          draft={draft}
          finishing={finishing.state}
          onChange={onKeep}
          onBack={onBack}
          onFinish={() => goOnWith(draft)}
        />
      );
  }
}

export type Finishing = "not-yet" | "under-way" | "not-kept";

function useFinishing(checkIn: CheckIn, clear: () => void) {
  const safe = useSafe();
  const earlier = useCheckIns();
  const toast = useToast();
  const [, navigate] = useLocation();
  const [state, setState] = useState<Finishing>("not-yet");
  const finish = async (draft: CheckInDraft) => {
    if (state === "under-way") return;
    if (isEmpty(draft)) {
      clear();
      toast({ text: words.filling.nothing });
      navigate("/reflect", { replace: true });
      return;
    }
    setState("under-way");
    const id = newRecordId();
    try {
      await safe.write(CHECK_INS, id, finishCheckIn(checkIn, results, draft, earlier, today()));
    } catch {
      setState("not-kept");
      return;
    }
    clear();
    navigate(`/reflect/result/${id}`, { replace: true });
  };
  return { state, finish };
}

/** The recogniser is small and may be needed on the last step, perhaps without a connection by then. */
function useRecogniserAhead() {
  useEffect(() => void import("./crisis-recogniser.ts").catch(() => undefined), []);
}
