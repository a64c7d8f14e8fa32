/** In the room of a small circle: that two such can become one, how many agree, and taking back. */
import { useEffect, useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { readAttended, type Attended } from "../live/attendance.ts";
import { isSmallCircle } from "../merging.ts";
import { disagreeToMerge } from "../merging-contract.ts";
import { useHands } from "./hands-context.ts";
import { attendedId } from "./kept-of-circle.ts";
import { MergingDialog } from "./merging-dialog.tsx";
import { words } from "./merging-words.ts";
import type { Here, Place } from "./use-place.ts";

export type Merging = NonNullable<Place["merging"]>;

export function MergingOffer(props: {
  readonly here: Here;
  readonly circle: string;
  readonly look: () => Promise<void>;
}) {
  const { here, circle, look } = props;
  const { merging } = here.place;
  const attended = useAttended(circle);
  const [isAsking, setIsAsking] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  if (merging === null) return null;
  const { agreed, members, blocks } = merging;
  // Somebody else may have counted what this device wasn't there for.
  if (agreed === 0 && !isSmallCircle(members, attended)) return null;

  const takeBack = async () => {
    setIsBusy(true);
    const taken = await here.visit.call(disagreeToMerge, {});
    if (taken.ok) await look();
    setIsBusy(false);
    setTrouble(taken.ok ? null : refusalToWords(taken.refusal));
  };

  return (
    <>
      {blocks === null ? (
        <Notice kind="warm" title={words.offer.title} live="polite">
          <p>
            {words.offer.text} {words.offer.agreed(agreed, members)}
          </p>
          <Actions>
            <Button onClick={() => setIsAsking(true)}>{words.offer.open}</Button>
          </Actions>
        </Notice>
      ) : (
        <Notice kind="warm" title={words.own.title} live="polite">
          <OwnStanding merging={merging} />
          {trouble !== null && <p>{trouble}</p>}
          <Actions>
            <Button onClick={() => setIsAsking(true)}>{words.own.change}</Button>
            <Button kind="quiet" busy={isBusy} onClick={() => void takeBack()}>
              {words.own.takeBack}
            </Button>
          </Actions>
        </Notice>
      )}
      {isAsking && (
        <MergingDialog
          here={here}
          circle={circle}
          merging={merging}
          onClose={() => setIsAsking(false)}
          onAgreed={async () => {
            await look();
            setIsAsking(false);
          }}
        />
      )}
    </>
  );
}

function OwnStanding({ merging: { agreed, members, isAlone } }: { readonly merging: Merging }) {
  if (agreed < members) return <p>{words.own.waiting(agreed, members)}</p>;
  return (
    <>
      <p>{words.own.all}</p>
      <p>{isAlone ? words.own.alone : words.own.noHour}</p>
    </>
  );
}

function useAttended(circle: string): readonly Attended[] {
  const { keeping } = useHands();
  const [attended, setAttended] = useState<readonly Attended[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void keeping.read(attendedId(circle)).then((kept) => {
      if (isCurrent) setAttended(readAttended(kept));
    });
    return () => {
      isCurrent = false;
    };
  }, [keeping, circle]);
  return attended;
}
