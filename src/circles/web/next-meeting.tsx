/** When the circle meets next, and how long until; and an entry for a calendar, made here. */
import { useState } from "react";
import hours from "virtual:content/circles/hours";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { saveFile } from "#design/save-file.ts";
import { Section } from "#design/section.tsx";
import { Time } from "#design/time.tsx";
import { bytesToHex } from "#platform/bytes.ts";
import { meetingFile } from "../live/meeting-file.ts";
import { hoursOf, isRoomOpen, meetingsFrom, MEETING_MINUTES } from "../live/meetings.ts";
import { useHands } from "./hands-context.ts";
import { untilText, useNow } from "./live-clock.ts";
import { words } from "./live-words.ts";
import style from "./live.module.css";

const text = words.next;
const ALARM_MINUTES = 10;
/** A quarter: by then the pass has been renewed, or the seat is gone. */
const MEETINGS_IN_FILE = 12;

export function NextMeeting(props: {
  readonly block: number;
  /** Where this is the way to the room, and not the room's own page. */
  readonly isWay?: boolean;
}) {
  const { block, isWay = false } = props;
  const { country, timeZone, now } = useHands();
  const at = useNow(now, 20_000);
  const [isSaved, setIsSaved] = useState(false);
  const starts = meetingsFrom(hoursOf(hours, country), block, at, MEETINGS_IN_FILE);
  const [start, then] = starts as [number, number];
  const isOpen = isRoomOpen(start, at);
  const save = () => {
    const random = bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
    saveFile(
      text.fileName,
      "text/calendar",
      meetingFile({
        starts,
        minutes: MEETING_MINUTES,
        alarmMinutes: ALARM_MINUTES,
        now: at,
        uid: (place) => `${random}-${place}`,
      }),
    );
    setIsSaved(true);
  };
  return (
    <Section title={text.title} lead={text.lead}>
      <p className={style["when"]}>
        <Time at={instant(start)} zone={timeZone} form="full" />
      </p>
      <p className={style["quiet"]}>
        {isOpen ? text.open : text.in(untilText(start * 60_000 - at))} {!isOpen && text.opens}
      </p>
      <p className={style["quiet"]}>
        {text.after}: <Time at={instant(then)} zone={timeZone} form="short" />
      </p>
      <Actions>
        {isWay && (
          <LinkButton kind={isOpen ? "primary" : "secondary"} href="/circles/live">
            {text.go}
          </LinkButton>
        )}
        <Button onClick={save}>{text.file}</Button>
      </Actions>
      <p className={style["quiet"]} role="status">
        {isSaved ? text.saved : text.fileAbout}
      </p>
    </Section>
  );
}

const instant = (minute: number) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000);
