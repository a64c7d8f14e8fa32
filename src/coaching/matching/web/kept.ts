/**
 * The member's search on this device and every other of theirs: one sealed record. Whom they must not meet is
 * kept away also where two devices wrote at once.
 */
import { useCallback, useMemo } from "react";
import * as v from "valibot";
import { useAccount } from "#identity/web/door.tsx";
import { base64urlToBytes, bytesToHex } from "#platform/bytes.ts";
import { collectionTag } from "#vault/web/keys.ts";
import { useCollection, useSafe } from "#vault/web/safe-context.tsx";
import type { Safe } from "#vault/web/safe.ts";
import type { Coach } from "../../directory/coach.ts";
import { useCoaches, type CoachIndexState } from "../../directory/web/coach-index.ts";
import { employerForms, isInConflict, worksAt } from "../conflict.ts";
import {
  keptApart,
  keptMatchSchema,
  NOTHING_KEPT,
  withApartOf,
  type KeptMatch,
} from "../kept-match.ts";

const COLLECTION = "match";

/** A record that a newer one was written over; see `safe.ts`. */
interface SetAside {
  readonly collection: string;
  readonly content: unknown;
}

export interface Match {
  readonly kept: KeptMatch;
  /** Resolves when it is kept on this device. */
  readonly put: (next: KeptMatch) => Promise<void>;
}

export function useMatch(): Match {
  const safe = useSafe();
  const records = useCollection<unknown>(COLLECTION);
  const setAside = useCollection<SetAside>("set-aside");
  const kept = useMemo(
    () =>
      [
        ...records.map(({ content }) => content),
        ...setAside
          .map(({ content }) => content)
          .filter(isOfMatch)
          .map(({ content }) => content),
      ]
        .map(readKept)
        .reduce<KeptMatch | null>(
          (ours, theirs) => (ours ? withApartOf(ours, theirs) : theirs),
          null,
        ) ?? NOTHING_KEPT,
    [records, setAside],
  );
  const put = useCallback(
    async (next: KeptMatch) => {
      await safe.write(COLLECTION, records[0]?.id ?? (await recordId(safe)), next);
      // What they held is in the record now, so that it can be taken off the list again.
      for (const { id, content } of setAside)
        if (isOfMatch(content)) await safe.remove("set-aside", id);
    },
    [safe, records, setAside],
  );
  return { kept, put };
}

/** All coaches but the member; a coach looks for somebody else. */
export function useOtherCoaches(): [CoachIndexState, () => Promise<void>] {
  const { id } = useAccount();
  const [index, load] = useCoaches();
  const others = useMemo(
    () =>
      index.at === "shown"
        ? { ...index, coaches: index.coaches.filter((coach) => coach.id !== id) }
        : index,
    [index, id],
  );
  return [others, load];
}

/** Whether a coach is on the member's list, by card, name or place of work. */
export function useIsKeptApart(kept: KeptMatch): (coach: Coach) => boolean {
  return useMemo(() => {
    const { conflicts, ownEmployers } = keptApart(kept);
    const forms = employerForms();
    const isListed = isInConflict(conflicts, forms);
    const isColleague = worksAt(ownEmployers, forms);
    return (coach) => isListed(coach) || isColleague(coach);
  }, [kept]);
}

const isOfMatch = ({ collection }: SetAside): boolean => collection === COLLECTION;

/** Never taken for an empty one: whoever is on the list would be offered. */
function readKept(content: unknown): KeptMatch {
  const parsed = v.safeParse(keptMatchSchema, content);
  if (!parsed.success) throw new Error("The search was kept by a newer version of the app");
  return parsed.output;
}

/** The same on every device of the member, and to the server as good as random. */
async function recordId(safe: Safe): Promise<string> {
  return bytesToHex(base64urlToBytes(await collectionTag(safe.open, "match record"))!);
}
