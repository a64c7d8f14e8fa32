/** The coach's desk with the next sessions on it: what the directory and booking each bring. */
import { NextSessions } from "../booking/web/sessions.tsx";
import { words } from "../booking/web/words.ts";
import { CoachDesk } from "../directory/web/coach-desk.tsx";

const MOST = 5;

export function Desk() {
  return <CoachDesk sessions={<NextSessions title={words.sessions.upcoming} most={MOST} />} />;
}
