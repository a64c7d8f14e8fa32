/** The circle's live hour: when it is, the door with what is true of a voice, and the room. */
import { lazy, Suspense, useState } from "react";
import hours from "virtual:content/circles/hours";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Skeleton } from "#design/skeleton.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { hoursOf, isRoomOpen, meetingsFrom } from "../live/meetings.ts";
import { useHands } from "./hands-context.ts";
import { useNow } from "./live-clock.ts";
import { NextMeeting } from "./next-meeting.tsx";
import { begun } from "./use-engine.ts";
import { useLive } from "./use-live.ts";
import { usePlace, type Here } from "./use-place.ts";
import { useRoom } from "./use-room.ts";
import { words as roomWords } from "./room-words.ts";
import { words } from "./live-words.ts";
import style from "./live.module.css";

const back = { href: "/circles/room", text: words.back };

const fetchView = begun(() => import("./live-view.tsx"));
const LiveView = lazy(async () => ({ default: (await fetchView()).LiveView }));

export function CircleLive() {
  const { state } = usePlace();
  const { now, country } = useHands();
  const at = useNow(now, 10_000);
  // Who is in stays in, whatever looking again says, and until the room itself closes.
  const [entered, setEntered] = useState<{ here: Here; circle: string; start: number } | null>(
    null,
  );
  const seat = state.at === "here" ? state.place.seat : null;
  if (entered === null && state.at === "here" && seat !== null && maySit(seat.state)) {
    const [start] = meetingsFrom(hoursOf(hours, country), seat.block, at, 1);
    if (isRoomOpen(start!, at)) setEntered({ here: state, circle: seat.circle, start: start! });
  }
  if (entered !== null) return <LiveHour {...entered} />;
  return (
    <Page title={words.title} back={back}>
      {state.at === "looking" ? (
        <Skeleton label={words.entering} lines={5} />
      ) : seat !== null && maySit(seat.state) ? (
        <NextMeeting block={seat.block} />
      ) : (
        <Notice>{words.shut["NoSeat"]}</Notice>
      )}
    </Page>
  );
}

const maySit = (state: string): boolean => state === "taken" || state === "paused";

function LiveHour(props: { readonly here: Here; readonly circle: string; readonly start: number }) {
  const { here, circle, start } = props;
  const [room, roomState] = useRoom(circle, here);
  const [live, state, comeIn] = useLive(circle, start, here);

  switch (state.at) {
    case "door": {
      const members = roomState.at === "open" ? roomState.members : [];
      const here = members.filter(({ is }) => is === "here" || is === "paused").length;
      return <Door people={here} onVoice={() => comeIn(true)} onText={() => comeIn(false)} />;
    }
    case "entering":
      return <Entering />;
    case "shut": {
      const { trouble } = state;
      return (
        <Page title={words.title} back={back}>
          <Notice kind="refusal">
            <p>{words.shut[trouble.type] ?? refusalToWords(trouble)}</p>
            <Button onClick={() => comeIn(false)}>{words.retry}</Button>
          </Notice>
        </Page>
      );
    }
    case "elsewhere":
      return <Over of={words.elsewhere} again={words.elsewhere.back} onAgain={comeIn} />;
    case "left":
      return <Over of={words.left} again={words.left.again} onAgain={comeIn} />;
    case "ended":
      return <Over of={words.ended} />;
    case "open":
      return (
        <Suspense fallback={<Entering />}>
          {live && <LiveView live={live} state={state} room={room} roomState={roomState} />}
        </Suspense>
      );
  }
}

const Entering = () => (
  <Page title={words.title} back={back}>
    <Skeleton label={words.entering} lines={6} />
  </Page>
);

function Door(props: {
  /** 0 until it is known. */
  readonly people: number;
  readonly onVoice: () => void;
  readonly onText: () => void;
}) {
  const text = words.door;
  const zone = props.people === 0 ? undefined : readBy.circle(roomWords.countOf(props.people));
  return (
    <Page title={words.title} lead={text.lead} zone={zone} back={back}>
      <ul className={style["truths"]}>
        {text.true.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <Actions>
        <Button kind="primary" onClick={props.onVoice}>
          {text.voice}
        </Button>
        <Button onClick={props.onText}>{text.text}</Button>
        <LinkButton kind="quiet" href="/circles/facilitating">
          {words.facilitating.link}
        </LinkButton>
      </Actions>
    </Page>
  );
}

function Over(props: {
  readonly of: { readonly title: string; readonly text: string };
  readonly again?: string;
  readonly onAgain?: (withVoice: boolean) => void;
}) {
  const { of, again, onAgain } = props;
  return (
    <Page title={of.title} lead={of.text}>
      <Actions>
        <LinkButton kind="primary" href="/circles/room">
          {words.back}
        </LinkButton>
        {onAgain !== undefined && <Button onClick={() => onAgain(false)}>{again}</Button>}
      </Actions>
    </Page>
  );
}
