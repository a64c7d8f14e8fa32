/**
 * Going through an exercise, a step a screen. Nothing is required, every change is kept as it is made, and one can
 * leave at any step and come back on another device.
 */
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useToast } from "#design/toast.tsx";
import type { Exercise } from "../exercise.ts";
import { asFinished, withAnswer, withPlace } from "../filling.ts";
import type { Answer } from "../steps.ts";
import {
  isUntouched,
  openSteps,
  openStepNamed,
  stepAfter,
  stepBefore,
  stepToResume,
} from "../walk.ts";
import { today } from "../../web/kept-check-ins.ts";
import { RunnerStep } from "./runner-step.tsx";
import { fetchViews } from "./step-views.ts";
import { useEarlier } from "./use-earlier.ts";
import type { OpenFilling } from "./use-filling.ts";
import { useHandedOn } from "./use-handed-on.ts";
import { words } from "./words.ts";

export function Runner(props: {
  readonly exercise: Exercise;
  readonly id: string;
  readonly open: OpenFilling;
  readonly onFinished: () => void;
  readonly onOverview: () => void;
}) {
  const { exercise, id, open, onFinished, onOverview } = props;
  const { filling, sitting, change, keep } = open;
  const steps = openSteps(exercise, filling);
  const [at, setAt] = useState(() => placeToBegin(filling.isFinished, steps, filling));
  const [isResumed, setIsResumed] = useState(at !== steps[0]!.step.id);
  const [, navigate] = useLocation();
  const toast = useToast();
  const here = openStepNamed(at, steps) ?? steps[0]!;
  const earlier = useEarlier(here, exercise, id, steps, open.all);
  const handOn = useHandedOn(exercise, id, open);
  useEffect(() => void fetchViews(exercise.steps.map(({ kind }) => kind)), [exercise]);

  const goTo = (step: string) => {
    setIsResumed(false);
    setAt(step);
    // Where nothing was said yet, looking round is not kept.
    if (!isUntouched(filling)) change((now) => withPlace(now, step));
    handOn();
    void keep();
    scrollTo(0, 0);
  };
  const leave = () => {
    if (!isUntouched(filling)) {
      handOn();
      void keep();
    }
    navigate(`/reflect/exercise/${exercise.id}`);
  };
  const finish = () => {
    if (isUntouched(filling) && exercise.steps.some(({ kind }) => kind !== "prose")) {
      toast({ text: words.run.nothingYet });
      navigate(`/reflect/exercise/${exercise.id}`);
      return;
    }
    change((now) => asFinished(withPlace(now, null), today()));
    handOn();
    void keep();
    scrollTo(0, 0);
    onFinished();
  };

  const before = stepBefore(here.step.id, steps);
  const after = stepAfter(here.step.id, steps);
  return (
    <RunnerStep
      key={here.step.id}
      exercise={exercise}
      place={steps.indexOf(here) + 1}
      count={steps.length}
      open={here}
      kept={filling.answers[here.step.id] ?? null}
      earlier={earlier}
      isResumed={isResumed}
      isKept={open.isKept}
      isLast={after === null}
      sitting={sitting}
      onAnswer={(answer: Answer) =>
        change((now) => withAnswer(now, exercise, here.step.id, answer, sitting))
      }
      onChange={change}
      onBack={() => (before === null ? leave() : goTo(before.id))}
      onNext={() => (after === null ? finish() : goTo(after.id))}
      onLeave={leave}
      onOverview={
        isUntouched(filling)
          ? null
          : () => {
              handOn();
              void keep();
              onOverview();
            }
      }
    />
  );
}

/** A finished one that is to be changed opens at its beginning. */
const placeToBegin = (
  isFinished: boolean,
  steps: ReturnType<typeof openSteps>,
  filling: OpenFilling["filling"],
): string =>
  isFinished || isUntouched(filling) ? steps[0]!.step.id : stepToResume(filling, steps).id;
