/** What comes first for somebody: the programme of their path and stage, then topics and lessons that speak to their stage. */
import type { ContentEntry } from "./learn-text.ts";

const MOST = 3;
/** Studies and jobs are looked up, not offered. */
const SHELVES = ["learn/topics/", "learn/lessons/"] as const;

/** `path` and `stage` are null where they are not known. */
export function fittingEntries(
  entries: readonly ContentEntry[],
  path: string | null,
  stage: string | null,
): readonly ContentEntry[] {
  if (stage === null && path === null) return [];
  const isProgramme = (entry: ContentEntry) => entry.path !== null;
  const programmes = entries.filter(
    (entry) =>
      isProgramme(entry) && entry.path === path && (stage === null || entry.stages.includes(stage)),
  );
  const texts = SHELVES.flatMap((shelf) =>
    entries.filter(
      ({ name, stages }) => name.startsWith(shelf) && stage !== null && stages.includes(stage),
    ),
  );
  return [...programmes, ...texts].slice(0, MOST);
}
