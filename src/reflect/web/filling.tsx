/**
 * Filling in a check-in, one question a screen. Every answer is kept sealed on this device as it is given,
 * so that one can stop anywhere and come back. Nothing is required, and nobody is told anything.
 */
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { Page } from "#design/page.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { useToast } from "#design/toast.tsx";
import type { CheckIn } from "#library/check-in.ts";
import results from "virtual:content/check-in/results";
import { useDraft, useSafe } from "#vault/web/safe-context.tsx";
import { newRecordId } from "#vault/web/safe.ts";
import { finishCheckIn, type CheckInKind } from "../finished-check-in.ts";
import { draftFrom, emptyDraft, withAnswer, type CheckInDraft } from "../questionnaire.ts";
import { AfterCare, Opening, OldOne } from "./filling-pauses.tsx";
import type { Aside } from "./filling-aside.tsx";
import { DriversStep, WordsStep } from "./filling-end.tsx";
import {
  isEmpty,
  lastPlace,
  placeAfter,
  placeBefore,
  placeToResume,
  type Place,
} from "../filling-place.ts";
import { CHECK_INS, draftKeyByKind, today, useCheckIns } from "./kept-check-ins.ts";
import { Question } from "./question.tsx";
import { words } from "./words.ts";

/** What is kept while one is being filled in. */
interface Begun {
  /** ISO day of the first answer. */
  readonly on: string;
  readonly draft: CheckInDraft;
}

export function Filling({ checkIn }: { readonly checkIn: CheckIn }) {
  const kind: CheckInKind = checkIn.id === "pulse" ? "pulse" : "full";
  const [begun, setBegun, { ready, clear }] = useDraft<Begun | null>(draftKeyByKind[kind], null);
  if (!ready)
    return (
      <Page title={checkIn.title}>
        <Skeleton label={words.loading} lines={5} />
      </Page>
    );
  return <OpenFilling checkIn={checkIn} begun={begun} onChange={setBegun} onClear={clear} />;
}

function OpenFilling(props: {
  readonly checkIn: CheckIn;
  readonly begun: Begun | null;
  readonly onChange: (begun: Begun | null) => void;
  readonly onClear: () => void;
}) {
  const { checkIn, begun, onChange, onClear } = props;
  const draft = draftFrom(checkIn, begun?.draft);
  const [place, setPlace] = useState<Place>(() =>
    placeToResume(checkIn, draft, begun?.on ?? null, today()),
  );
  const [isResumed, setIsResumed] = useState(place.at !== "opening" && !isEmpty(draft));
  const [putAway, setPutAway] = useState<{ begun: Begun; place: Place } | null>(null);
  const finishing = useFinishing(checkIn, onClear);
  const [, navigate] = useLocation();
  useRecogniserAhead();

  const go = (next: Place) => {
    setIsResumed(false);
    setPutAway(null);
    setPlace(next);
    scrollTo(0, 0);
  };
  const keep = (next: CheckInDraft) => onChange({ on: begun?.on ?? today(), draft: next });
  const goOnWith = (next: CheckInDraft, from: Place) => {
    keep(next);
    const after = placeAfter(checkIn, next, from);
    if (after === null) void finishing.finish(next);
    else go(after);
  };
  const startOver = () => {
    onChange(null);
    onClear();
    go(placeToResume(checkIn, emptyDraft(checkIn), null, today()));
    if (begun !== null) setPutAway({ begun, place });
  };
  const aside: Aside | undefined = isResumed
    ? { text: words.filling.resumed, action: words.filling.startOver, onAct: startOver }
    : putAway !== null
      ? {
          text: words.filling.startedOver,
          action: words.filling.putBack,
          onAct: () => {
            onChange(putAway.begun);
            go(putAway.place);
          },
        }
      : undefined;
  const onBack = () => {
    const before = placeBefore(checkIn, place);
    if (before === null) navigate("/reflect");
    else go(before);
  };

  switch (place.at) {
    case "opening":
      return (
        <Opening
          checkIn={checkIn}
          aside={aside}
          onBegin={() => go(placeAfter(checkIn, draft, place)!)}
        />
      );
    case "old":
      return (
        <OldOne
          on={begun?.on ?? today()}
          onAfresh={startOver}
          onGoOn={() => go(lastPlace(checkIn, draft))}
        />
      );
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
            if (answered.ok) goOnWith(answered.value, place);
          }}
        />
      );
    case "care":
      return (
        <AfterCare
          checkIn={checkIn}
          index={place.index}
          onBack={onBack}
          onGoOn={() => goOnWith(draft, place)}
        />
      );
    case "drivers":
      return (
        <DriversStep
          checkIn={checkIn}
          draft={draft}
          aside={aside}
          onChange={keep}
          onBack={onBack}
          onNext={() => goOnWith(draft, place)}
        />
      );
    case "words":
      return (
        <WordsStep
          checkIn={checkIn}
          draft={draft}
          finishing={finishing.state}
          onChange={keep}
          onBack={onBack}
          onFinish={() => goOnWith(draft, place)}
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
