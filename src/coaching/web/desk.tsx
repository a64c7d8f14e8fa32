/** The coach's desk with the next sessions on it: what the directory and booking each bring. */
import { NextSessions } from "../booking/web/sessions.tsx";
import { CoachDesk } from "../directory/web/coach-desk.tsx";

const MOST = 5;

export function Desk() {
  return <CoachDesk sessions={<NextSessions most={MOST} />} />;
}
