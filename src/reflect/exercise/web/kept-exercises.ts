/** What was filled in, in the open safe. What another device wrote at the same time is taken in by itself. */
import { useEffect, useMemo } from "react";
import { isRecord } from "#platform/record.ts";
import { useCollection, useSafe } from "#vault/web/safe-context.tsx";
import type { Safe } from "#vault/web/safe.ts";
import { readFilling, type Filling } from "../filling.ts";
import { mergeFillings } from "../filling-merge.ts";
import { newestFirst } from "../whole.ts";

export const EXERCISES = "exercises";
const SET_ASIDE = "set-aside";

/** Names the draft that every keystroke is kept in, on this device. */
export const draftKey = (id: string): string => `exercise ${id}`;

export interface KeptFilling extends Filling {
  readonly id: string;
}

/** Newest first. */
export function useFillings(): readonly KeptFilling[] {
  const records = useCollection<unknown>(EXERCISES);
  useSetAsideTakenIn();
  return useMemo(
    () =>
      records
        .flatMap(({ id, content }) => {
          const filling = readFilling(content);
          return filling === null ? [] : [{ ...filling, id }];
        })
        .toSorted(newestFirst),
    [records],
  );
}

/**
 * The safe keeps ours over theirs where two devices wrote one record, and sets theirs aside whole. Here the two
 * are merged step by step instead, and what was set aside is put away.
 */
function useSetAsideTakenIn() {
  const safe = useSafe();
  const aside = useCollection<unknown>(SET_ASIDE);
  useEffect(() => {
    for (const { id, content } of aside) {
      if (isRecord(content) && content["collection"] === EXERCISES)
        void takeIn(safe, id, String(content["id"]), content["content"]).catch(() => undefined);
    }
  }, [safe, aside]);
}

async function takeIn(safe: Safe, asideId: string, id: string, content: unknown): Promise<void> {
  const theirs = readFilling(content);
  const ours = readFilling(safe.get(EXERCISES, id));
  // Removed here meanwhile: what was set aside stays aside.
  if (theirs === null || ours === null) return;
  await safe.write(EXERCISES, id, mergeFillings(ours, theirs));
  await safe.remove(SET_ASIDE, asideId);
}
