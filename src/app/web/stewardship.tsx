/** The stewards' first page, with coaches and reports that wait: stewardship itself knows neither. */
import { CoachesWaiting } from "#coaching/directory/web/coach-decisions.tsx";
import { ReportsWaiting } from "#circles/web/reports-waiting.tsx";
import { StewardshipHome } from "#stewardship/web/stewardship-home.tsx";

export function Stewardship() {
  return (
    <StewardshipHome>
      <CoachesWaiting />
      <ReportsWaiting />
    </StewardshipHome>
  );
}
