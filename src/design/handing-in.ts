/**
 * How a form is handed in: looked over first, then sent once, whatever is tapped meanwhile. What was refused is told,
 * and what was typed stays.
 */
import { useState, type SubmitEvent } from "react";
import { focusFirstFault } from "./first-fault.ts";

export interface HandingIn {
  /** From the first try on faults are shown, until it was taken. */
  readonly isLookedAt: boolean;
  readonly busy: boolean;
  /** Why it was not taken, in words. */
  readonly trouble: string | null;
  readonly forgetTrouble: () => void;
  readonly onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
}

/** `hand` gives null once it was taken, else why not; it is not called while something is amiss. */
export function useHandingIn(isGood: boolean, hand: () => Promise<string | null>): HandingIn {
  const [isLookedAt, setIsLookedAt] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  const send = async () => {
    setBusy(true);
    setTrouble(null);
    const refused = await hand();
    setBusy(false);
    setTrouble(refused);
    if (refused === null) setIsLookedAt(false);
  };
  return {
    isLookedAt,
    busy,
    trouble,
    forgetTrouble: () => setTrouble(null),
    onSubmit: (event) => {
      event.preventDefault();
      if (busy) return;
      setIsLookedAt(true);
      if (isGood) void send();
      else focusFirstFault(event.currentTarget);
    },
  };
}
