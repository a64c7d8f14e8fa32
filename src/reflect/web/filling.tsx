/**
 * Filling in a check-in, one question a screen. Every answer is kept sealed on this device as it is given,
 * so that one can stop anywhere and come back. Nothing is required, and nobody is told anything.
 */
import { lazy, startTransition, useEffect, useState } from "react";
import { Page } from "#design/page.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import type { CheckIn } from "#library/check-in.ts";
import { useDraft } from "#vault/web/safe-context.tsx";
import type { CheckInKind } from "../finished-check-in.ts";
import {
  hasOpening,
  isEmpty,
  lastPlace,
  placeAfter,
  placeToResume,
  type Place,
} from "../filling-place.ts";
import { draftFrom, emptyDraft, type CheckInDraft } from "../questionnaire.ts";
import type { Aside } from "./filling-aside.tsx";
import { OldOne, Opening } from "./filling-pauses.tsx";
import { draftKeyByKind, today } from "./kept-check-ins.ts";
import { words } from "./words.ts";

const fetchSteps = () => import("./filling-steps.tsx");
const FillingSteps = lazy(async () => ({ default: (await fetchSteps()).FillingSteps }));
/** The opening has been painted for long by then, and takes longer to read. */
const STEPS_AFTER_MS = 4_000;

/** What is kept while one is being filled in. */
interface Begun {
  /** ISO day of the first answer. */
  readonly on: string;
  readonly draft: CheckInDraft;
}

export function Filling({ checkIn }: { readonly checkIn: CheckIn }) {
  const kind: CheckInKind = checkIn.id === "pulse" ? "pulse" : "full";
  const [begun, setBegun, { ready, clear }] = useDraft<Begun | null>(draftKeyByKind[kind], null);
  useStepsAhead(hasOpening(checkIn) ? STEPS_AFTER_MS : 0);
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

  const go = (next: Place) => {
    setIsResumed(false);
    setPutAway(null);
    setPlace(next);
    scrollTo(0, 0);
  };
  // The opening stays while the steps are still on their way.
  const goToSteps = (next: Place) => startTransition(() => go(next));
  const keep = (next: CheckInDraft) => onChange({ on: begun?.on ?? today(), draft: next });
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

  if (place.at === "opening")
    return (
      <Opening
        checkIn={checkIn}
        aside={aside}
        onBegin={() => goToSteps(placeAfter(checkIn, draft, place)!)}
      />
    );
  if (place.at === "old")
    return (
      <OldOne
        on={begun?.on ?? today()}
        onAfresh={startOver}
        onGoOn={() => goToSteps(lastPlace(checkIn, draft))}
      />
    );
  return (
    <FillingSteps
      checkIn={checkIn}
      draft={draft}
      place={place}
      aside={aside}
      onGo={go}
      onKeep={keep}
      onClear={onClear}
    />
  );
}

/** What comes after may be needed without a connection by then. */
function useStepsAhead(afterMs: number) {
  useEffect(() => {
    const timer = setTimeout(() => void fetchSteps().catch(() => undefined), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
}
