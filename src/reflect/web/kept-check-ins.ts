/** The check-ins in the open safe, and whether one was begun on this device. */
import { useEffect, useMemo, useState } from "react";
import { useCollection, useSafe } from "#vault/web/safe-context.tsx";
import type { Safe } from "#vault/web/safe.ts";
import {
  dayDue,
  isFinishedCheckIn,
  type CheckInKind,
  type FinishedCheckIn,
} from "../finished-check-in.ts";

export const CHECK_INS = "check-in";

/** Names the drafts that a check-in of each kind is kept under. */
export const draftKeyByKind = { full: "check-in", pulse: "pulse" } as const satisfies Record<
  CheckInKind,
  string
>;

export interface KeptCheckIn extends FinishedCheckIn {
  readonly id: string;
}

/** Newest first. */
export function useCheckIns(): readonly KeptCheckIn[] {
  const records = useCollection(CHECK_INS);
  return useMemo(
    () =>
      records
        .flatMap(({ id, content }) => (isFinishedCheckIn(content) ? [{ ...content, id }] : []))
        .toSorted((a, b) => (a.on === b.on ? b.nth - a.nth : a.on < b.on ? 1 : -1)),
    [records],
  );
}

/** When the next ones tell something new: ISO days, null where there was none yet. */
export function useCheckInsDue() {
  const checkIns = useCheckIns();
  return {
    checkInDue: dayDue("full", checkIns),
    pulseDue: dayDue("pulse", checkIns),
    today: today(),
  };
}

/** Whether something is kept that was begun on this device; null while looking, where there may be something. */
export function useIsBegun(kind: CheckInKind): boolean | null {
  const safe = useSafe();
  const [isBegun, setIsBegun] = useState<boolean | null>(() => mayBeBegun(safe, kind));
  useEffect(() => {
    let isCurrent = true;
    void safe.readDraft(draftKeyByKind[kind]).then((draft) => {
      if (isCurrent) setIsBegun(draft !== null);
    });
    return () => {
      isCurrent = false;
    };
  }, [safe, kind]);
  return isBegun;
}

/** Most have begun nothing: they are shown what there is to do at once, and not a moment later. */
const mayBeBegun = (safe: Safe, kind: CheckInKind): null | false =>
  safe.isDraftKept(draftKeyByKind[kind]) ? null : false;

/** ISO day, here and now. */
export const today = (): string => Temporal.Now.plainDateISO().toString();
