/**
 * The first room: one thing to do now, then the next session. It says nothing of how anybody is, because
 * it is the page that lies open when somebody walks by.
 */
import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import { Link } from "wouter";
import { Card, CardList } from "#design/card-list.tsx";
import { Icon } from "#design/icon.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { Section } from "#design/section.tsx";
import { hereZone, Time } from "#design/time.tsx";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import { readBookings, type BookingShown } from "#coaching/booking/contract.ts";
import { useAccount } from "#identity/web/door.tsx";
import { call } from "#platform/web/api.ts";
import { serverNow } from "#platform/web/clock.ts";
import { useIdeasDue } from "#reflect/exercise/web/kept-promoted.ts";
import { useCheckInsDue, useIsBegun } from "#reflect/web/kept-check-ins.ts";
import { useCollection, useSync } from "#vault/web/safe-context.tsx";
import { nextThing, type NextThing } from "../next-thing.ts";
import { useIsOffline } from "./offline.ts";
import { LogTrouble } from "./log-trouble.tsx";
import { words } from "./today-words.ts";
import style from "./today.module.css";

// Asks the server first, so there is no hurry for its code.
const VerificationCard = lazy(async () => ({
  default: (await import("./verification-card.tsx")).VerificationCard,
}));

type NextSession =
  | { readonly at: "looking" }
  | { readonly at: "none" }
  | { readonly at: "known"; readonly booking: BookingShown }
  | { readonly at: "unknown" };

export function Today() {
  const account = useAccount();
  const now = useNow();
  const session = useNextSession();
  const thing = useNextThing(session, now);
  const stepAt = FIRST_STEPS.findIndex((step) => step === thing);
  const said = thing === null ? null : words.things[thing];
  const href = thing === null ? null : hrefOf(thing, session);
  return (
    <Page
      title={words.greeting(new Date(now).getHours(), account.name)}
      lead={said?.lead ?? " "}
      action={
        said !== null && href !== null ? (
          <LinkButton kind="primary" href={href}>
            {said.text}
          </LinkButton>
        ) : undefined
      }
    >
      {stepAt >= 0 && <FirstSteps at={stepAt} />}
      {session.at === "known" && (
        <Section title={words.next}>
          <CardList label={words.next}>
            <SessionCard booking={session.booking} />
          </CardList>
        </Section>
      )}
      {session.at === "unknown" && stepAt < 0 && (
        <p className={style["quiet"]}>{words.sessionUnknown}</p>
      )}
      <div className={style["after"]}>
        {thing !== null && (
          <AfterPaint>
            <VerificationCard isNewcomer={stepAt === 0} />
          </AfterPaint>
        )}
        <LogTrouble />
        <DutyLinks roles={account.roles} />
        <p className={style["quiet"]}>
          {words.crisis.text} <Link href="/crisis">{words.crisis.link}</Link>
        </p>
        <Keeping />
      </div>
    </Page>
  );
}

/** What it holds is fetched and drawn once the page itself has been painted. */
function AfterPaint({ children }: { readonly children: ReactNode }) {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setPainted(true));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return isPainted && <Suspense fallback={null}>{children}</Suspense>;
}

const FIRST_STEPS = ["first-check-in", "find-path", "find-coach"] as const;

/** For newcomers only: what the one thing is the first of. Gone once there is nothing left of it. */
function FirstSteps({ at }: { readonly at: number }) {
  return (
    <ol className={style["steps"]} aria-label={words.stepsLabel}>
      {FIRST_STEPS.map((step, place) => (
        <li
          key={step}
          className={style["step"]}
          data-at={place < at ? "done" : place === at ? "now" : "later"}
          aria-current={place === at ? "step" : undefined}
        >
          <span className={style["place"]} aria-hidden="true">
            {place < at ? <Icon name="check" /> : place + 1}
          </span>
          <span>
            {words.steps[step]}
            {place < at && <VisuallyHidden>, {words.stepDone}</VisuallyHidden>}
          </span>
        </li>
      ))}
    </ol>
  );
}

function SessionCard({ booking }: { readonly booking: BookingShown }) {
  const { name, timeZone } = booking.with;
  return (
    <Card
      level={3}
      title={booking.side === "client" ? words.with(name) : words.asCoach(name)}
      href="/coach/sessions"
      meta={<Time at={booking.start} zone={hereZone()} otherZone={timeZone} otherName={name} />}
    />
  );
}

/** What some are here for besides: a line for each, no more. */
function DutyLinks({ roles }: { readonly roles: readonly string[] }) {
  const duties = words.duties.filter(({ role }) => roles.includes(role));
  if (duties.length === 0) return null;
  return (
    <nav aria-label={words.dutiesLabel}>
      <ul className={style["duties"]}>
        {duties.map(({ role, href, text }) => (
          <li key={role}>
            <Link href={href}>{text}</Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Silent while all that was written is safe in both places. */
function Keeping() {
  const state = useSync();
  const isOffline = useIsOffline();
  if (state === "tampered")
    return (
      <Notice kind="refusal" title={words.keeping.tamperedTitle}>
        <p>{words.keeping.tampered}</p>
      </Notice>
    );
  // Without a connection the line above the page says so already.
  const text =
    state === "saved" || (state === "offline" && isOffline) ? null : words.keeping[state];
  return (
    <p className={style["quiet"]} role="status">
      {text}
    </p>
  );
}

const NEAR_MS = 30 * 60_000;
const LOOK_EVERY_MS = 60_000;

/** The time, looked at now and then: this page may lie open for hours. */
function useNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function useNextSession(): NextSession {
  const [session, setSession] = useState<NextSession>({ at: "looking" });
  useEffect(() => {
    const leaving = new AbortController();
    void call(readBookings, { signal: leaving.signal }).then(
      (read) => setSession(read.ok ? nextOf(read.value.bookings) : { at: "unknown" }),
      () => undefined,
    );
    return () => leaving.abort();
  }, []);
  return session;
}

function nextOf(bookings: readonly BookingShown[]): NextSession {
  const booking = bookings
    .filter(({ state, end }) => state === "confirmed" && Date.parse(end) > serverNow())
    .toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start))[0];
  return booking === undefined ? { at: "none" } : { at: "known", booking };
}

/** Null for the moment in which that is not known yet. */
function useNextThing(session: NextSession, now: number): NextThing | null {
  const { checkInDue, pulseDue, today } = useCheckInsDue();
  const isCheckInBegun = useIsBegun("full");
  const hasPath = useCollection("path").length > 0;
  const isIdeaDue = useIdeasDue().length > 0;
  if (isCheckInBegun === null) return null;
  const isSessionNear = session.at === "known" && Date.parse(session.booking.start) - now < NEAR_MS;
  const hasSession = session.at === "known" ? true : session.at === "none" ? false : null;
  const thing = nextThing(
    { isSessionNear, hasSession, isCheckInBegun, checkInDue, pulseDue, hasPath, isIdeaDue },
    today,
  );
  return thing === "nothing" && session.at === "looking" ? null : thing;
}

function hrefOf(thing: NextThing, session: NextSession): string | null {
  switch (thing) {
    case "session": {
      const space = session.at === "known" ? session.booking.space : null;
      return space === null ? "/coach/sessions" : `/coach/space/${space}`;
    }
    case "go-on":
    case "first-check-in":
    case "check-in-again":
      return "/reflect/check-in";
    case "find-path":
      return "/plan/path";
    case "pulse":
      return "/reflect/pulse";
    case "idea":
      return "/reflect/ideas";
    case "find-coach":
      return "/coach";
    case "nothing":
      return null;
  }
}
