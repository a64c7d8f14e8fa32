/** Hands the path finder what it may not fetch by itself: the latest check-in, and the crisis panel. */
import { PathFinder } from "#plan/web/path-finder.tsx";
import { CrisisPanel } from "#reflect/web/crisis-panel.tsx";
import { useLatestBands } from "#reflect/web/latest-bands.ts";

export function PathFinderRoom() {
  return <PathFinder checkIn={useLatestBands()} crisis={<CrisisPanel />} />;
}
