/**
 * A timed breath or routine: what is on now, how many seconds it lasts, and a circle that moves with it. With reduced
 * motion the circle stays away and the words and the count say it all.
 */
import { useEffect, useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Checkbox } from "#design/checkbox.tsx";
import { readBy } from "#design/readership.ts";
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import { placeAfter, roundMs, roundsDone, type ClockPlace } from "../clock.ts";
import type { TimedAnswer, TimedStep } from "../step.ts";
import { useFocusAfter } from "../../web/focus-after.ts";
import { buzz, canBuzz, keepBuzz, readBuzz } from "./buzz.ts";
import { Circle } from "./circle.tsx";
import { useRun, type Run } from "./run.ts";
import { useWakeLock } from "./wake-lock.ts";
import { words } from "./words.ts";
import style from "./view.module.css";

export function View({ step, answer, onChange }: StepViewProps<TimedStep, TimedAnswer>) {
  const clock = useRun(step);
  const { run, elapsed } = clock;
  const place = placeAfter(step, elapsed);
  const isUnderWay = run.at === "running" || run.at === "paused";
  const { root, focusAfter } = useFocusAfter<HTMLDivElement>(isUnderWay);
  const [isBuzzing, setIsBuzzing] = useState(readBuzz);
  useWakeLock(run.at === "running");
  useBuzz(step, run.at === "running" ? place : null, isBuzzing && canBuzz());

  const rounds = roundsDone(step, elapsed);
  useEffect(() => {
    if (rounds > answer.rounds) onChange({ rounds });
  }, [rounds, answer.rounds, onChange]);

  return (
    <div className={style["timed"]} ref={root}>
      <StepQuestion ask={step.title} hint={isUnderWay ? undefined : step.before} />
      {isUnderWay && place.at === "phase" && (
        <UnderWay step={step} run={run} place={place} elapsed={elapsed} />
      )}
      {!isUnderWay && <Phases step={step} rounds={answer.rounds} isFresh={run.at === "ready"} />}
      <p className={style["status"]} role="status">
        <Spoken step={step} run={run} place={place} rounds={rounds} />
      </p>
      <Actions>
        <Button
          kind={run.at === "running" ? "secondary" : "primary"}
          data-focus="main"
          onClick={mainWay(clock)}
        >
          {textByRun[run.at]}
        </Button>
        {isUnderWay && (
          // They go when the clock comes to its end; the focus must not go with them.
          <span
            className={style["others"]}
            onFocus={() => focusAfter("main")}
            onBlur={() => focusAfter()}
          >
            <Button onClick={clock.stop}>{words.stop}</Button>
            <Button kind="quiet" onClick={clock.skip}>
              {words.skip}
            </Button>
          </span>
        )}
      </Actions>
      {!isUnderWay && canBuzz() && step.phases.some((phase) => phase.buzz !== undefined) && (
        <Checkbox
          label={words.buzz}
          zone={readBy.thisDevice}
          checked={isBuzzing}
          onChange={(isOn) => {
            keepBuzz(isOn);
            setIsBuzzing(isOn);
            if (isOn) buzz("short");
          }}
        />
      )}
    </div>
  );
}

const textByRun: Record<Run["at"], string> = {
  ready: words.start,
  running: words.pause,
  paused: words.goOn,
  stopped: words.again,
  over: words.again,
};

/** One button throughout, so that the focus stays on it. */
function mainWay({ run, start, pause, goOn }: ReturnType<typeof useRun>): () => void {
  if (run.at === "running") return pause;
  return run.at === "paused" ? goOn : start;
}

/** Where a phase that has one begins, or is gone on with. A phase is told by its end, which no two have in common. */
function useBuzz(step: TimedStep, place: ClockPlace | null, isOn: boolean) {
  const endsAt = place?.at === "phase" ? place.endsAt : null;
  useEffect(() => {
    if (!isOn || endsAt === null) return;
    const begun = placeAfter(step, endsAt - 1);
    const kind = begun.at === "phase" ? step.phases[begun.phase]!.buzz : undefined;
    if (kind !== undefined) buzz(kind);
  }, [step, endsAt, isOn]);
}

/** Polite, and once a phase: the seconds are there to be looked at. */
function Spoken(props: {
  readonly step: TimedStep;
  readonly run: Run;
  readonly place: ClockPlace;
  readonly rounds: number;
}) {
  const { step, run, place, rounds } = props;
  const done = words.roundsDone(rounds, step.rounds);
  if (run.at === "ready") return null;
  if (run.at === "paused") return words.paused;
  if (run.at === "stopped") return `${words.stopped} ${rounds === 0 ? "" : done}`;
  if (run.at === "over" || place.at === "end") return `${words.over} ${done}`;
  const { text, seconds } = step.phases[place.phase]!;
  // Two phases may read alike; each is said.
  return (
    <span key={`${place.round} ${place.phase}`} className={style["spoken"]}>
      {words.spoken(text, seconds)}
    </span>
  );
}

function UnderWay(props: {
  readonly step: TimedStep;
  readonly run: Run;
  readonly place: ClockPlace & { readonly at: "phase" };
  readonly elapsed: number;
}) {
  const { step, run, place, elapsed } = props;
  const next = step.phases[(place.phase + 1) % step.phases.length]!;
  const isLast = placeAfter(step, place.endsAt).at === "end";
  return (
    <div className={style["underWay"]}>
      <p className={style["phase"]} aria-hidden="true">
        {step.phases[place.phase]!.text}
      </p>
      <Circle step={step} elapsed={elapsed} isMoving={run.at === "running"}>
        <span role="timer" className={style["seconds"]}>
          {words.clock(place.secondsLeft)}
        </span>
      </Circle>
      <p className={style["next"]} aria-hidden="true">
        {isLast || step.phases.length === 1 ? " " : words.next(next.text)}
      </p>
      {step.rounds > 1 && (
        <p className={style["round"]}>{words.round(place.round + 1, step.rounds)}</p>
      )}
    </div>
  );
}

function Phases(props: {
  readonly step: TimedStep;
  readonly rounds: number;
  readonly isFresh: boolean;
}) {
  const { step, rounds, isFresh } = props;
  return (
    <div className={style["phases"]}>
      <p className={style["quiet"]}>
        {words.length((step.rounds * roundMs(step)) / 1000, step.rounds)}
      </p>
      <ol className={style["list"]} role="list">
        {step.phases.map((phase, i) => (
          <li key={i} className={style["line"]}>
            <span>{phase.text}</span>
            <span className={style["quiet"]}>{words.phase(phase.seconds)}</span>
          </li>
        ))}
      </ol>
      {isFresh && rounds > 0 && (
        <p className={style["quiet"]}>{words.before(rounds, step.rounds)}</p>
      )}
    </div>
  );
}
