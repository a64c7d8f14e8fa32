/** The stewards' first page, with coaches and reports that wait, and the courses: stewardship itself knows none of them. */
import { CoachesWaiting } from "#coaching/directory/web/coach-decisions.tsx";
import { ReportsWaiting } from "#circles/web/reports-waiting.tsx";
import { Card } from "#design/card-list.tsx";
import { words as courseWords } from "#learn/web/stewards-words.ts";
import { words as instrumentWords } from "#reflect/instrument/web/steward-words.ts";
import { StewardshipHome } from "#stewardship/web/stewardship-home.tsx";

export function Stewardship() {
  return (
    <StewardshipHome>
      <CoachesWaiting />
      <ReportsWaiting />
      <Card title={courseWords.card} href="/stewardship/courses" meta={courseWords.cardAbout} />
      <Card
        title={instrumentWords.card}
        href="/stewardship/instruments"
        meta={instrumentWords.cardAbout}
      />
    </StewardshipHome>
  );
}
