/** Every address of the app and the screen that answers it. The first match counts. */
import { lazy, type ComponentType } from "react";
import { Landing } from "./landing.tsx";
import { lazyScreen } from "./lazy-screen.ts";
import type { Frame } from "./shell.tsx";

export interface AppRoute {
  /** wouter's pattern: `/coach/:id`. */
  readonly path: string;
  /** `rooms` has the navigation of those who are signed in; `open` needs no sign-in. */
  readonly frame: Frame;
  readonly screen: ComponentType;
}

export const SignInScreen = lazyScreen(() => import("#identity/web/sign-in.tsx"), "SignIn");
export const UnlockScreen = lazy(async () => ({
  default: (await import("#identity/web/unlock.tsx")).Unlock,
}));

const open = (path: string, screen: ComponentType): AppRoute => ({ path, frame: "open", screen });
const room = (path: string, screen: ComponentType): AppRoute => ({ path, frame: "rooms", screen });
const late = lazyScreen;

// One address a line reads as the list it is.
// prettier-ignore
export const routes: readonly AppRoute[] = [
  open("/", Landing),
  open("/promises", late(() => import("./promises.tsx"), "Promises")),
  open("/crisis", late(() => import("#reflect/web/crisis.tsx"), "Crisis")),
  open("/set-up", late(() => import("#identity/web/set-up.tsx"), "SetUp")),
  open("/join", late(() => import("#identity/web/join.tsx"), "Join")),
  open("/sign-in", SignInScreen),
  open("/letter", late(() => import("#identity/web/letter-end.tsx"), "LetterEnd")),
  open("/recover", late(() => import("#identity/web/recover.tsx"), "Recover")),

  room("/today", late(() => import("./today.tsx"), "Today")),
  room("/account", late(() => import("./account-room.tsx"), "AccountRoom")),
  room("/account/verification", late(() => import("#identity/web/verification.tsx"), "Verification")),
  room("/account/verification/by/:way", late(() => import("./verification-rooms.tsx"), "VerificationWayRoom")),
  room("/account/vouch", late(() => import("#identity/web/verification-vouch.tsx"), "VouchForColleague")),
  room("/account/decisions", late(() => import("#stewardship/web/decisions.tsx"), "Decisions")),

  room("/reflect", late(() => import("#reflect/web/reflect.tsx"), "Reflect")),
  room("/reflect/check-in", late(() => import("#reflect/web/check-in.tsx"), "CheckIn")),
  room("/reflect/pulse", late(() => import("#reflect/web/pulse.tsx"), "Pulse")),
  room("/reflect/result/:id", late(() => import("#reflect/web/result.tsx"), "Result")),
  room("/reflect/trend", late(() => import("#reflect/trends/web/trend.tsx"), "Trend")),
  room("/reflect/instrument/:id", late(() => import("#reflect/instrument/web/instrument.tsx"), "InstrumentPage")),
  room("/reflect/instrument/:id/:record", late(() => import("#reflect/instrument/web/instrument-result.tsx"), "InstrumentResult")),

  room("/reflect/exercises", late(() => import("#reflect/exercise/web/exercises.tsx"), "Exercises")),
  room("/reflect/exercise/:id", late(() => import("#reflect/exercise/web/exercise-page.tsx"), "ExercisePage")),
  room("/reflect/exercise/:id/:record", late(() => import("#reflect/exercise/web/filling-room.tsx"), "FillingRoom")),
  room("/reflect/ideas", late(() => import("#reflect/exercise/web/ideas.tsx"), "Ideas")),
  room("/reflect/journal", late(() => import("#reflect/journal/web/journal.tsx"), "Journal")),
  room("/reflect/journal/:id", late(() => import("#reflect/journal/web/entry-page.tsx"), "EntryPage")),

  room("/plan", late(() => import("./plan-room.tsx"), "PlanRoom")),
  room("/plan/path", late(() => import("./path-finder-room.tsx"), "PathFinderRoom")),
  room("/plan/path/:id", late(() => import("#plan/web/path.tsx"), "PathPage")),

  room("/learn", late(() => import("./learn-rooms.tsx"), "LearnHomeRoom")),
  room("/learn/courses", late(() => import("#learn/web/courses.tsx"), "Courses")),
  room("/learn/licence-forms", late(() => import("#learn/web/licence-forms.tsx"), "LicenceForms")),
  room("/learn/:shelf/:id", late(() => import("./learn-rooms.tsx"), "LearnTextRoom")),

  room("/coach", late(() => import("#coaching/web/coach-home.tsx"), "CoachHome")),
  room("/coach/match", late(() => import("#coaching/matching/web/match.tsx"), "Match")),
  room("/coach/all", late(() => import("#coaching/directory/web/directory.tsx"), "Directory")),
  room("/coach/with/:id", late(() => import("#coaching/directory/web/coach-page.tsx"), "CoachPage")),
  room("/coach/book/:id", late(() => import("#coaching/booking/web/book.tsx"), "Book")),
  room("/coach/sessions", late(() => import("#coaching/booking/web/sessions.tsx"), "Sessions")),
  room("/coach/space/:id", late(() => import("#coaching/space/web/space.tsx"), "Space")),

  room("/circles", late(() => import("./circles-room.tsx"), "CirclesRoom")),
  room("/circles/room", late(() => import("./circle-room-room.tsx"), "CircleRoomRoom")),
  room("/circles/facilitating", late(() => import("./facilitating-room.tsx"), "FacilitatingRoom")),
  room("/circles/live", late(() => import("./circle-live-room.tsx"), "CircleLiveRoom")),

  room("/desk", late(() => import("#coaching/web/desk.tsx"), "Desk")),
  room("/desk/profile", late(() => import("#coaching/directory/web/profile-editor.tsx"), "ProfileEditor")),
  room("/desk/hours", late(() => import("#coaching/booking/web/hours-editor.tsx"), "HoursEditor")),
  room("/desk/calendars", late(() => import("#coaching/booking/web/calendars.tsx"), "Calendars")),

  room("/stewardship", late(() => import("./stewardship.tsx"), "Stewardship")),
  room("/stewardship/invitations", late(() => import("#stewardship/web/invitations.tsx"), "Invitations")),
  room("/stewardship/rosters", late(() => import("#stewardship/web/rosters.tsx"), "Rosters")),
  room("/stewardship/verifications", late(() => import("#stewardship/web/verification-queue.tsx"), "VerificationQueue")),
  room("/stewardship/verified", late(() => import("#stewardship/web/verified-members.tsx"), "VerifiedMembers")),
  room("/stewardship/institutions", late(() => import("#stewardship/web/institutions.tsx"), "Institutions")),
  room("/stewardship/courses", late(() => import("#learn/web/stewards-courses.tsx"), "StewardsCourses")),
  room("/stewardship/instruments", late(() => import("#reflect/instrument/web/stewards-instruments.tsx"), "StewardsInstruments")),
  room("/stewardship/key", late(() => import("#stewardship/web/steward-key-page.tsx"), "StewardKeyPage")),
  room("/stewardship/reports", late(() => import("./reports-room.tsx"), "ReportsRoom")),
  room("/stewardship/failed-jobs", late(() => import("#stewardship/web/failed-jobs.tsx"), "FailedJobs")),
  room("/stewardship/coaches", late(() => import("#coaching/directory/web/coach-decisions.tsx"), "CoachDecisions")),
  room("/stewardship/coaches/:id", late(() => import("#coaching/directory/web/coach-decision.tsx"), "CoachDecision")),
];
