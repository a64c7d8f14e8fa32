/** The room while it lasts: the part of the hour and its clock, whose turn it is, who is here, and what one can do. */
import script from "virtual:content/circles/script";
import { Button, buttonLook } from "#design/button.tsx";
import { Disclosure } from "#design/disclosure.tsx";
import { Icon } from "#design/icon.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { OPENS_BEFORE_MINUTES } from "../live/meetings.ts";
import { isRound, isSelfRun, leaderOf, type Stage } from "../live/session.ts";
import { useHands } from "./hands-context.ts";
import { clockText, useNow } from "./live-clock.ts";
import type { Live, OpenLive } from "./live-state.ts";
import { FacesAsked, FacesShown } from "./live-faces.tsx";
import { LivePeople } from "./live-people.tsx";
import { LiveText } from "./live-text.tsx";
import type { Room, RoomState } from "./room-state.ts";
import { words as roomWords } from "./room-words.ts";
import { words } from "./live-words.ts";
import style from "./live.module.css";

export interface LiveViewProps {
  readonly live: Live;
  readonly state: OpenLive;
  readonly room: Room | null;
  readonly roomState: RoomState;
}

export type NameOf = (pseudonym: string) => string;

export function LiveView({ live, state, room, roomState }: LiveViewProps) {
  const members = roomState.at === "open" ? roomState.members : [];
  const nameOf: NameOf = (pseudonym) =>
    members.find((each) => each.pseudonym === pseudonym)?.name ?? roomWords.thread.gone;
  const people = state.people.length + state.away.length;
  return (
    <Page title={words.title} width="wide" zone={readBy.circle(roomWords.countOf(people))}>
      {!state.isOnline && <Notice live="polite">{words.offline}</Notice>}
      {!state.hasRelay && <Notice>{words.door.noRelay}</Notice>}
      {(state.voice === "NotAllowed" || state.voice === "NoMicrophone") && (
        <Notice live="polite">{words.voice[state.voice]}</Notice>
      )}
      <div className={style["hour"]}>
        <div className={style["now"]}>
          <PhaseShown stage={state.stage} />
          <TurnShown live={live} state={state} nameOf={nameOf} />
          <LeadShown live={live} state={state} nameOf={nameOf} />
          {state.stage.phase === "over" && state.isSmall && (
            <Notice kind="warm" title={words.small.title}>
              <p>{words.small.text}</p>
              <LinkButton href="/circles/room">{words.small.go}</LinkButton>
            </Notice>
          )}
          <Disclosure summary={words.hard}>
            <HardMoment />
          </Disclosure>
          {state.hasRelay && <FacesAsked live={live} state={state} />}
        </div>
        <div className={style["others"]}>
          <FacesShown live={live} state={state} nameOf={nameOf} />
          <LivePeople live={live} state={state} nameOf={nameOf} />
          {room !== null && roomState.at === "open" && (
            <LiveText
              room={room}
              state={roomState}
              since={state.start - OPENS_BEFORE_MINUTES}
              nameOf={nameOf}
            />
          )}
        </div>
      </div>
      <LiveBar live={live} state={state} />
    </Page>
  );
}

const phaseOf = ({ phase }: Stage) => script.phases.findIndex(({ id }) => id === phase);

function PhaseShown({ stage }: { readonly stage: Stage }) {
  const { now } = useHands();
  const at = useNow(now, 500);
  const place = phaseOf(stage);
  const phase = script.phases[place];
  const text = words.phase;
  if (phase === undefined)
    return (
      <section className={style["phase"]} aria-live="polite">
        <h2>{text.ended}</h2>
        <p>{text.endedAbout}</p>
      </section>
    );
  const left = stage.since + phase.minutes * 60_000 - at;
  const clock = clockText(left);
  return (
    <section className={style["phase"]}>
      <p className={style["step"]}>{text.step(place + 1, script.phases.length)}</p>
      <div aria-live="polite">
        <h2>{phase.name}</h2>
      </div>
      <p className={style["clock"]} data-over={left < 0} role="timer">
        {left >= 0 ? text.left(clock) : text.over(clock)}
      </p>
      <p>{phase.about}</p>
    </section>
  );
}

interface Told {
  readonly live: Live;
  readonly state: OpenLive;
  readonly nameOf: NameOf;
}

function TurnShown({ live, state, nameOf }: Told) {
  const { stage, me, order, mayHandOn, mayLead, hands } = state;
  const text = words.turn;
  const { turn } = stage;
  if (stage.phase === "arrival" || stage.phase === "over") return null;
  const next = isRound(stage)
    ? order.inOrder.find(
        (each) => each !== turn && order.present.has(each) && !stage.heard.includes(each),
      )
    : hands[0];
  return (
    <section className={style["turn"]} data-own={turn === me}>
      <p className={style["whose"]} aria-live="polite">
        {turn === null ? text.free : turn === me ? text.own : text.of(nameOf(turn))}
      </p>
      {turn !== null && next !== undefined && (
        <p className={style["quiet"]}>{text.next(nameOf(next))}</p>
      )}
      {turn !== null && mayHandOn && (
        <Button kind={turn === me ? "primary" : "secondary"} onClick={live.handOn}>
          {turn === me ? text.done : isRound(stage) ? text.pass(nameOf(turn)) : text.back}
        </Button>
      )}
      {mayLead && !isRound(stage) && hands[0] !== undefined && hands[0] !== turn && (
        <Button onClick={() => live.giveWord(hands[0]!)}>{text.give(nameOf(hands[0]))}</Button>
      )}
    </section>
  );
}

function LeadShown({ live, state, nameOf }: Told) {
  const { stage, order, mayLead } = state;
  const text = words.lead;
  const place = phaseOf(stage);
  const phase = script.phases[place];
  const leader = leaderOf(order);
  if (phase === undefined) return null;
  if (!mayLead)
    return <p className={style["quiet"]}>{leader !== null && text.by(nameOf(leader))}</p>;
  const next = script.phases[place + 1];
  return (
    <section className={style["lead"]}>
      <h3>{isSelfRun(stage) ? text.selfRun : text.title}</h3>
      <p className={style["quiet"]}>{text.says}</p>
      <ul>
        {phase.says.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <Button kind="primary" icon={<Icon name="forward" />} onClick={live.moveOn}>
        {next === undefined ? text.end : text.on(next.name)}
      </Button>
    </section>
  );
}

function HardMoment() {
  const { about, steps } = script.hardMoment;
  return (
    <>
      <p>{about}</p>
      <ol className={style["truths"]}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </>
  );
}

function LiveBar({ live, state }: { readonly live: Live; readonly state: OpenLive }) {
  const text = words.bar;
  const { voice, hasRelay } = state;
  const hasHand = state.people.some(({ isOwn, hand }) => isOwn && hand !== null);
  return (
    <div className={style["bar"]}>
      {hasRelay && (voice === "on" || voice === "muted") && (
        <Button
          kind={voice === "on" ? "secondary" : "primary"}
          onClick={() => live.mute(voice === "on")}
        >
          {voice === "on" ? text.mute : text.unmute}
        </Button>
      )}
      {hasRelay && voice !== "on" && voice !== "muted" && (
        <Button busy={voice === "asking"} busyText={text.asking} onClick={() => void live.speak()}>
          {text.speak}
        </Button>
      )}
      {state.stage.turn !== state.me && (
        <Button onClick={() => live.raiseHand(!hasHand)}>
          {hasHand ? text.handDown : text.hand}
        </Button>
      )}
      <a
        className={buttonLook({ kind: "quiet" })}
        href="/crisis"
        target="_blank"
        rel="noopener noreferrer"
      >
        <span>{text.crisis}</span>
      </a>
      <Button kind="quiet" onClick={live.leave}>
        {text.leave}
      </Button>
    </div>
  );
}
