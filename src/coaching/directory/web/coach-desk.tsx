/** A coach's desk: whether members can find them, what is still needed, and the ways to all that is set here. */
import type { ReactNode } from "react";
import { Awaited } from "#design/awaited.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { Icon } from "#design/icon.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { Section } from "#design/section.tsx";
import { Link } from "wouter";
import { ok } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import { useAsked } from "#platform/web/asked.ts";
import { readCalendars, readHours } from "../../booking/contract.ts";
import { weekText } from "../../booking/web/week-text.ts";
import { readProfile } from "../contract.ts";
import { deskNotes, isNeeded, type DeskNote } from "../desk-note.ts";
import { CoachStateActions } from "./coach-state.tsx";
import { words } from "./words.ts";
import style from "./coach-desk.module.css";

export interface CoachDeskProps {
  /** The next sessions, from the booking screens. */
  readonly sessions?: ReactNode;
}

async function askDesk(signal: AbortSignal) {
  const [profile, hours, calendars] = await Promise.all([
    call(readProfile, { signal }),
    call(readHours, { signal }),
    call(readCalendars, { signal }),
  ]);
  if (!profile.ok) return profile;
  if (!hours.ok) return hours;
  if (!calendars.ok) return calendars;
  return ok({ ...profile.value, hours: hours.value, calendars: calendars.value.calendars });
}

export function CoachDesk({ sessions }: CoachDeskProps) {
  const asking = useAsked(askDesk);
  const desk = asking.asked.state === "here" ? asking.asked.answer : null;
  const text = words.desk;
  const notes = desk === null ? [] : deskNotes(desk, Temporal.Now.plainDateISO().toString());
  const canChange = desk !== null && !(desk.state === "draft" && notes.some(isNeeded));
  // The step that is due stands first; the way out of what is well stands last.
  const isWaitingForCoach = canChange && (desk.state === "draft" || desk.state === "paused");
  return (
    <Page title={text.title} lead={desk === null ? undefined : text.leads[desk.state]}>
      <Awaited asking={asking} label={text.loading} />
      {desk !== null && (
        <>
          {desk.returnedBecause !== null && desk.state === "draft" && (
            <Notice kind="warm" title={text.returned}>
              <p className={style["reason"]}>{desk.returnedBecause}</p>
              <p>{text.returnedThen}</p>
            </Notice>
          )}
          <Notes title={text.needed} notes={notes.filter(isNeeded)} />
          {isWaitingForCoach && <CoachStateActions state={desk.state} onChanged={asking.again} />}
        </>
      )}
      {sessions !== undefined && <Section title={text.sessions}>{sessions}</Section>}
      {desk !== null && (
        <>
          <Notes title={text.wise} notes={notes.filter((note) => !isNeeded(note))} />
          <Section title={text.rooms}>
            <CardList>
              <Card level={3} href="/desk/profile" title={text.profile} meta={text.profileMeta} />
              <Card
                level={3}
                href="/desk/hours"
                title={text.hours}
                meta={weekText(desk.hours.weekly) || text.hoursMeta}
              />
              <Card
                level={3}
                href="/desk/calendars"
                title={text.calendars}
                meta={text.calendarsMeta}
              />
            </CardList>
          </Section>
          {canChange && !isWaitingForCoach && (
            <Section title={words.state.title}>
              <CoachStateActions state={desk.state} onChanged={asking.again} />
            </Section>
          )}
        </>
      )}
    </Page>
  );
}

function Notes({ title, notes }: { title: string; notes: readonly DeskNote[] }) {
  if (notes.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={style["notes"]}>
        {notes.map((note) => (
          <li key={note}>
            <Link href={hrefByNote[note]} className={style["note"]}>
              <span>{words.desk.notes[note]}</span>
              <Icon name="forward" />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const hrefByNote: Record<DeskNote, string> = {
  "profile-needed": "/desk/profile",
  "hours-needed": "/desk/hours",
  "credential-needed": "/desk/profile",
  "credential-unchecked": "/desk/profile",
  "credential-expired": "/desk/profile",
  "credential-expires-soon": "/desk/profile",
  "calendar-broken": "/desk/calendars",
  "calendar-wise": "/desk/calendars",
};
