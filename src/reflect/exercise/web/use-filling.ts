/**
 * One filling, open. Every keystroke is kept sealed on this device; the safe, and with it the other devices, gets
 * it at the first change, when a step or the page is left, and every few seconds while somebody types.
 */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useDraft, useSafe } from "#vault/web/safe-context.tsx";
import { newRecordId } from "#vault/web/safe.ts";
import type { Exercise } from "../exercise.ts";
import { emptyFilling, readFilling, type Filling, type Sitting } from "../filling.ts";
import { isSameFilling, mergeFillings } from "../filling-merge.ts";
import { isUntouched } from "../walk.ts";
import { draftKey, EXERCISES, useFillings, type KeptFilling } from "./kept-exercises.ts";
import { today } from "../../web/kept-check-ins.ts";

const WRITE_EVERY_MS = 4_000;

export interface OpenFilling {
  readonly filling: Filling;
  readonly sitting: Sitting;
  /** Of every exercise, newest first. */
  readonly all: readonly KeptFilling[];
  readonly change: (next: (filling: Filling) => Filling) => void;
  /** Takes it to the safe now; what nothing was said to is not kept. */
  readonly keep: () => Promise<boolean>;
  /** After it was removed: nothing of it stays on this device. */
  readonly forget: () => void;
  /** False where this device could not keep it. */
  readonly isKept: boolean;
}

/** Null while what was begun on this device is being looked for. */
export function useFilling(exercise: Exercise, id: string): OpenFilling | null {
  const safe = useSafe();
  const all = useFillings();
  const stored = useMemo(() => withoutId(all.find((kept) => kept.id === id)), [all, id]);
  const [draft, setDraft, { ready, clear }] = useDraft<unknown>(draftKey(id), null);
  const [isKept, setIsKept] = useState(true);
  const [sitting] = useState<Sitting>(() => ({ id: newRecordId().slice(0, 8), today: today() }));
  const isForgotten = useRef(false);

  const filling = useMemo(
    () => joined(readFilling(draft), stored) ?? emptyFilling(exercise, sitting.today, all),
    [draft, stored, exercise, sitting, all],
  );
  const latest = useRef(filling);
  useLayoutEffect(() => {
    latest.current = filling;
  }, [filling]);

  const keep = useCallback(async () => {
    if (isForgotten.current) return true;
    const kept = readFilling(safe.get(EXERCISES, id));
    const now = joined(latest.current, kept)!;
    if (isUntouched(now) || (kept !== null && isSameFilling(now, kept))) return true;
    try {
      await safe.write(EXERCISES, id, now);
      setIsKept(true);
      return true;
    } catch {
      setIsKept(false);
      return false;
    }
  }, [safe, id]);
  const keepSoon = useThrottled(keep, WRITE_EVERY_MS);
  useKeptWhenLeft(keep, clear);

  if (!ready) return null;
  return {
    filling,
    sitting,
    all,
    change: (next) => {
      latest.current = next(latest.current);
      setDraft(latest.current);
      keepSoon();
    },
    keep,
    forget: () => {
      isForgotten.current = true;
      clear();
    },
    isKept,
  };
}

const joined = (one: Filling | null, other: Filling | null): Filling | null =>
  one !== null && other !== null ? mergeFillings(one, other) : (one ?? other);

function withoutId(kept: KeptFilling | undefined): Filling | null {
  if (kept === undefined) return null;
  const { id: _, ...filling } = kept;
  return filling;
}

/** At once, then at most once every `ms`; what comes meanwhile is done at the end of it. */
function useThrottled(act: () => Promise<unknown>, ms: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isWanted = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    const run = () => {
      isWanted.current = false;
      // A moment later, so that what was changed just now is in it.
      setTimeout(() => void act(), 0);
      timer.current = setTimeout(() => {
        timer.current = undefined;
        if (isWanted.current) run();
      }, ms);
    };
    if (timer.current === undefined) run();
    else isWanted.current = true;
  }, [act, ms]);
}

/** When the page is hidden, and when the screen is left; then the draft has done its work. */
function useKeptWhenLeft(keep: () => Promise<boolean>, clear: () => void) {
  useEffect(() => {
    const onHidden = () => {
      if (document.visibilityState === "hidden") void keep();
    };
    const onPageHide = () => void keep();
    document.addEventListener("visibilitychange", onHidden);
    addEventListener("pagehide", onPageHide);
    return () => {
      document.removeEventListener("visibilitychange", onHidden);
      removeEventListener("pagehide", onPageHide);
      void keep().then((isKept) => isKept && clear());
    };
  }, [keep, clear]);
}
