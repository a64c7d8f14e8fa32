/**
 * What every step has round it: how far along one is and who can read it above, the ways on and back within reach
 * of the thumb below, and the crisis lines in the page as soon as words have called for them.
 */
import { Suspense, useEffect, useState } from "react";
import { Link } from "wouter";
import { Button } from "#design/button.tsx";
import { Icon } from "#design/icon.tsx";
import { Notice } from "#design/notice.tsx";
import { tellHeight } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Skeleton } from "#design/skeleton.tsx";
import { Steps } from "#design/steps.tsx";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import { ZoneMark, ZoneSaid } from "#design/zone-mark.tsx";
import { CrisisHint, CrisisPanel } from "../../web/crisis-panel.tsx";
import { useCrisisWatch } from "../../web/crisis-watch.ts";
import { words as crisisWords } from "../../web/crisis-words.ts";
import type { EarlierAnswers } from "../earlier.ts";
import type { Exercise } from "../exercise.ts";
import type { Filling, KeptAnswer, Sitting } from "../filling.ts";
import { rulesOf, type Answer } from "../steps.ts";
import type { OpenStep } from "../walk.ts";
import { OtherAnswer } from "./other-answer.tsx";
import { StepBoundary } from "./step-boundary.tsx";
import { viewByKind } from "./step-views.ts";
import { words } from "./words.ts";
import frame from "../../web/filling.module.css";
import style from "./runner.module.css";

export interface RunnerStepProps {
  readonly exercise: Exercise;
  /** 1 for the first. */
  readonly place: number;
  readonly count: number;
  readonly open: OpenStep;
  readonly kept: KeptAnswer | null;
  readonly earlier: readonly EarlierAnswers[];
  readonly isResumed: boolean;
  readonly isKept: boolean;
  readonly isLast: boolean;
  readonly sitting: Sitting;
  readonly onAnswer: (answer: Answer) => void;
  readonly onChange: (next: (filling: Filling) => Filling) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
  readonly onLeave: () => void;
  /** Null while there is nothing to see. */
  readonly onOverview: (() => void) | null;
}

export function RunnerStep(props: RunnerStepProps) {
  const { exercise, open, isLast } = props;
  const { step, answer, carried, isAnswered } = open;
  const View = viewByKind[step.kind];
  const rules = rulesOf(step);
  const heard = useCrisisWatch(...rules.typed(step, answer));
  const level = rules.callsForCare?.(step, answer) === true ? "explicit" : heard;
  const isDark = level === "explicit" || exercise.crisis === true;
  // Nothing is skipped there by saying nothing: an order may be right as it came.
  const isRead = ["prose", "review", "timed", "ranking"].includes(step.kind);
  useRecogniserAhead();
  return (
    <main id="main" tabIndex={-1} className={frame["step"]}>
      <div className={frame["head"]}>
        <Steps at={props.place} of={props.count} text={exercise.title} />
        <div className={style["standing"]}>
          <ZoneMark of={readBy.onlyYou} />
          <span className={style["exits"]}>
            {props.onOverview !== null && (
              <button type="button" className={style["leave"]} onClick={props.onOverview}>
                {words.run.overview}
              </button>
            )}
            <button type="button" className={style["leave"]} onClick={props.onLeave}>
              {words.run.leave}
            </button>
          </span>
        </div>
        <div role="status">
          {props.isResumed && <p className={frame["aside"]}>{words.run.resumed}</p>}
        </div>
      </div>
      {(props.kept?.others ?? []).map((other, i) => (
        <OtherAnswer
          key={i}
          step={step}
          other={other}
          sitting={props.sitting}
          onChange={props.onChange}
        />
      ))}
      <ZoneSaid zone={readBy.onlyYou}>
        <StepBoundary>
          <Suspense fallback={<Skeleton label={words.fetching} lines={4} />}>
            <View
              step={step}
              answer={answer}
              carried={carried}
              earlier={props.earlier}
              onChange={props.onAnswer}
            />
          </Suspense>
        </StepBoundary>
      </ZoneSaid>
      <div role="status">
        {level === "explicit" && <VisuallyHidden>{crisisWords.panel.opened}</VisuallyHidden>}
        {level === "possible" && <CrisisHint />}
      </div>
      {level === "explicit" && <CrisisPanel />}
      {!props.isKept && (
        <Notice kind="refusal">
          <p>{words.run.notKept}</p>
        </Notice>
      )}
      <div className={frame["ways"]} data-long="" ref={tellHeight}>
        <Button kind="quiet" icon={<Icon name="back" />} onClick={props.onBack}>
          {words.run.back}
        </Button>
        {isDark && (
          <Link href="/crisis" className={frame["reminder"]}>
            {words.run.lines}
          </Link>
        )}
        <Button kind="primary" onClick={props.onNext}>
          {isLast ? words.run.finish : isAnswered || isRead ? words.run.next : words.run.skip}
        </Button>
      </div>
    </main>
  );
}

/** May be needed on any step, perhaps without a connection by then. */
function useRecogniserAhead() {
  const [isWanted, setIsWanted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsWanted(true), 1_500);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (isWanted) void import("../../web/crisis-recogniser.ts").catch(() => undefined);
  }, [isWanted]);
}
