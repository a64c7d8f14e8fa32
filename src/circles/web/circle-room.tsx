/** A circle's room: who may go in, what everybody has agreed to, and then the thread. */
import { useEffect, useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Skeleton } from "#design/skeleton.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useWallet } from "#pass/web/wallet-context.tsx";
import { useHands } from "./hands-context.ts";
import { NextPass } from "./next-pass.tsx";
import { acceptedNorms, Norms, NORMS, normsVersion } from "./norms.tsx";
import { toStanding } from "./own-badge.ts";
import { OpenRoomView } from "./room-view.tsx";
import { MergedNotice } from "./merged-notice.tsx";
import { MergingOffer } from "./merging-offer.tsx";
import { words as mergingWords } from "./merging-words.ts";
import { words } from "./room-words.ts";
import { STANDING, usePlace, type Here, type Place } from "./use-place.ts";
import { useRoom } from "./use-room.ts";
import type { Wrong } from "./room-log.ts";
import style from "./room.module.css";

const back = { href: "/circles", text: words.back };
const merging = mergingWords.merged;

export function CircleRoom() {
  const { state, look } = usePlace();
  // A room that was gone into stays open, whatever looking again says.
  const [here, setHere] = useState<Here | null>(null);
  if (here === null && state.at === "here") setHere(state);
  if (here === null)
    return (
      <Page title={words.title} back={back}>
        {state.at === "looking" ? (
          <Skeleton label={words.entering} lines={6} />
        ) : (
          <Notice kind="refusal">
            <p>{state.at === "refused" ? shutText(state.trouble) : words.shut["NoSeat"]}</p>
            <Button onClick={() => void look()}>{words.retry}</Button>
          </Notice>
        )}
      </Page>
    );
  const { seat } = here.place;
  if (seat === null || seat.state === "left" || seat.state === "removed")
    return (
      <Page title={words.title} back={back}>
        <Notice>{words.shut["NoSeat"]}</Notice>
      </Page>
    );
  return (
    <WithNorms>
      <EnteredRoom
        here={here}
        circle={seat.circle}
        place={state.at === "here" ? state.place : here.place}
        look={look}
      />
    </WithNorms>
  );
}

function WithNorms({ children }: { readonly children: React.ReactNode }) {
  const { keeping } = useHands();
  const [accepted, setAccepted] = useState<number | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void keeping.read(NORMS).then((kept) => {
      if (isCurrent) setAccepted(acceptedNorms(kept));
    });
    return () => {
      isCurrent = false;
    };
  }, [keeping]);
  if (accepted === null)
    return (
      <Page title={words.title} back={back}>
        <Skeleton label={words.entering} lines={6} />
      </Page>
    );
  if (accepted >= normsVersion) return children;
  return (
    <Page
      title={words.norms.title}
      lead={accepted === 0 ? words.norms.lead : words.norms.changed}
      back={back}
      action={
        <Button
          kind="primary"
          onClick={() => {
            keeping.keepLater(NORMS, { version: normsVersion });
            setAccepted(normsVersion);
          }}
        >
          {words.norms.accept}
        </Button>
      }
    >
      <Norms />
    </Page>
  );
}

function EnteredRoom(props: {
  readonly here: Here;
  readonly circle: string;
  /** As it is now. */
  readonly place: Place;
  readonly look: () => Promise<void>;
}) {
  const { here, circle, place, look } = props;
  const [room, state] = useRoom(circle, here);
  const { keeping } = useHands();
  const wallet = useWallet();
  const { bornIn } = here.own;
  const isOut = state.at === "left";
  useEffect(() => {
    if (!isOut) return;
    keeping.keepLater(STANDING, toStanding(bornIn, true));
    void wallet.letGo(bornIn);
  }, [isOut, keeping, wallet, bornIn]);

  if (room === null || state.at === "entering")
    return (
      <Page title={words.title} back={back}>
        <Skeleton label={words.entering} lines={6} />
      </Page>
    );
  switch (state.at) {
    case "shut":
      if (state.trouble.type === "Merged")
        return (
          <Page title={merging.title} lead={words.shut["Merged"]}>
            <Actions>
              <LinkButton kind="primary" href="/circles">
                {merging.go}
              </LinkButton>
            </Actions>
          </Page>
        );
      return (
        <Page title={words.shut["title"]!} back={back}>
          <Notice kind="refusal">
            <p>{shutText(state.trouble)}</p>
            {state.trouble.type === "Offline" && <p>{words.shut["waits"]}</p>}
            <Button onClick={room.wake}>{words.retry}</Button>
          </Notice>
        </Page>
      );
    case "left":
      return (
        <Page title={words.left.title} lead={words.left.text}>
          <NextPass here={here} />
          <Actions>
            <LinkButton kind="primary" href="/circles">
              {words.left.done}
            </LinkButton>
          </Actions>
        </Page>
      );
    case "wrong":
      return <WrongShown wrong={state.wrong} />;
    case "open":
      return (
        <OpenRoomView
          room={room}
          state={state}
          notice={
            <>
              <MergedNotice here={here} />
              <MergingOffer here={{ ...here, place }} circle={circle} look={look} />
            </>
          }
        />
      );
  }
}

const shutText = (trouble: Parameters<typeof refusalToWords>[0]): string =>
  words.shut[trouble.type] ?? refusalToWords(trouble);

function WrongShown({ wrong }: { readonly wrong: Wrong }) {
  const text = words.wrong;
  return (
    <Page title={text.title} lead={text.lead} zone={readBy.namelessly} back={back}>
      <Notice kind="refusal" title={text.seen}>
        <p className={style["seen"]}>{text.what[wrong.what]("at" in wrong ? wrong.at : 0)}</p>
      </Notice>
      <p>{text.todo}</p>
    </Page>
  );
}
