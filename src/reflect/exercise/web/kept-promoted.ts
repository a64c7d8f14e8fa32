/** What was taken on from exercises, in the open safe: trials and steps for Plan, ideas that wait for their day. */
import { useCallback, useMemo } from "react";
import { useCollection, useSafe } from "#vault/web/safe-context.tsx";
import { newRecordId, type Safe } from "#vault/web/safe.ts";
import { today } from "../../web/kept-check-ins.ts";
import {
  ideasDue,
  promotedChanges,
  readPromoted,
  type KeptPromoted,
  type Promoted,
} from "../promoted.ts";
import type { PromoteStep } from "../steps/promote/step.ts";

export const PROMOTED = "promoted";

/** Newest first. */
export function usePromoted(): readonly KeptPromoted[] {
  const records = useCollection<unknown>(PROMOTED);
  return useMemo(
    () =>
      keptIn(records).toSorted((a, b) =>
        a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? 1 : -1,
      ),
    [records],
  );
}

export function useIdeasDue(): readonly KeptPromoted[] {
  const promoted = usePromoted();
  return useMemo(() => ideasDue(promoted, today()), [promoted]);
}

/** Brings what is kept in line with an answer that went from `before` to `after`. */
export function useHandOn() {
  const safe = useSafe();
  return useCallback(
    async (
      step: PromoteStep,
      texts: { readonly before: readonly string[]; readonly after: readonly string[] },
      filling: { readonly id: string; readonly exercise: string },
    ) => {
      const kept = keptIn(safe.list(PROMOTED));
      const { write, remove } = promotedChanges(step, texts, filling, kept, today());
      await Promise.all([
        ...write.map((promoted) => safe.write(PROMOTED, newRecordId(), promoted)),
        ...remove.map((id) => safe.remove(PROMOTED, id)),
      ]);
    },
    [safe],
  );
}

export const withoutId = ({ text, to, on, again, from }: KeptPromoted): Promoted => ({
  text,
  to,
  on,
  again,
  from,
});

const keptIn = (records: ReturnType<Safe["list"]>): readonly KeptPromoted[] =>
  records.flatMap(({ id, content }) => {
    const promoted = readPromoted(content);
    return promoted === null ? [] : [{ ...promoted, id }];
  });
