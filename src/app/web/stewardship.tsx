/** The stewards' first page, with the coaches who wait: stewardship itself does not know coaching. */
import { CoachesWaiting } from "#coaching/directory/web/coach-decisions.tsx";
import { StewardshipHome } from "#stewardship/web/stewardship-home.tsx";

export function Stewardship() {
  return (
    <StewardshipHome>
      <CoachesWaiting />
    </StewardshipHome>
  );
}
