/** From draft to the directory and back: what a coach may do about being found, and the way back from it. */
import { useState } from "react";
import { Button, type ButtonKind } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
import { useToast } from "#design/toast.tsx";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { changeCoachState, type CoachState } from "../contract.ts";
import { words } from "./words.ts";
import style from "./coach-state.module.css";

export interface CoachStateActionsProps {
  readonly state: CoachState;
  /** False where the screen has another main action. */
  readonly isMain?: boolean;
  /** The state has changed, here or elsewhere: read it again. */
  readonly onChanged: () => void;
}

interface Step {
  readonly to: CoachState;
  readonly kind: ButtonKind;
  readonly text: string;
  readonly lead?: string;
}

const stepByState: Record<CoachState, Step> = {
  draft: {
    to: "submitted",
    kind: "primary",
    text: words.state.submit,
    lead: words.state.submitLead,
  },
  submitted: { to: "draft", kind: "secondary", text: words.state.takeBack },
  published: {
    to: "paused",
    kind: "secondary",
    text: words.state.pause,
    lead: words.state.pauseLead,
  },
  paused: {
    to: "published",
    kind: "primary",
    text: words.state.comeBack,
    lead: words.state.comeBackLead,
  },
};

export function CoachStateActions({ state, isMain = true, onChanged }: CoachStateActionsProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const toast = useToast();
  const step = stepByState[state];

  const go = async (to: CoachState, undoTo: CoachState | null) => {
    setIsBusy(true);
    setWhy(null);
    const changed = await call(changeCoachState, { body: { to } });
    setIsBusy(false);
    if (!changed.ok) {
      setWhy(refusalWords(changed.refusal));
      if (changed.refusal.type === "NotFromHere") onChanged();
      return;
    }
    onChanged();
    toast({
      text: words.state.told[to],
      ...(undoTo === null
        ? {}
        : { undo: { text: words.state.undo, run: () => void go(undoTo, null) } }),
    });
  };

  return (
    <div className={style["step"]}>
      {step.lead !== undefined && <p className={style["lead"]}>{step.lead}</p>}
      <Button
        kind={isMain ? step.kind : "secondary"}
        busy={isBusy}
        busyText={words.state.busy}
        onClick={() => void go(step.to, state)}
      >
        {step.text}
      </Button>
      {why !== null && <Notice kind="refusal">{why}</Notice>}
    </div>
  );
}

function refusalWords(refusal: { readonly type: string }): string {
  switch (refusal.type) {
    case "ProfileMissing":
      return words.state.profileMissing;
    case "HoursMissing":
      return words.state.hoursMissing;
    case "NotFromHere":
      return words.state.notFromHere;
    default:
      return refusalToWords(refusal);
  }
}
