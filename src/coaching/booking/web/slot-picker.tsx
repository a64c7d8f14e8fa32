/** Free times over weeks, on the reader's clock: days first, then the times of one day. */
import { useEffect, useMemo, useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { dayText, momentText } from "#design/time.tsx";
import type { AnswerOf } from "#platform/contract.ts";
import type { Result } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import { serverNow } from "#platform/web/clock.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import type { SessionKind } from "../availability.ts";
import { readSlots } from "../contract.ts";
import { words } from "./words.ts";
import style from "./booking.module.css";

type Slots = AnswerOf<typeof readSlots>;

export interface Picked extends Pick<Slots, "lengthMinutes" | "cancelNoticeHours"> {
  /** Minutes since the epoch. */
  readonly start: number;
}

const DAYS = 28;
const MINUTES_A_DAY = 1440;

export interface SlotPickerProps {
  readonly coach: string;
  readonly kind: SessionKind;
  /** The reader's zone. */
  readonly zone: string;
  /** Counted up to look again, after somebody was faster. */
  readonly round: number;
  readonly busy: boolean;
  readonly onPick: (picked: Picked) => void;
}

export function SlotPicker({ coach, kind, zone, round, busy, onPick }: SlotPickerProps) {
  const [offset, setOffset] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const [chosen, setChosen] = useState<string | null>(null);
  const asked = useSlots(coach, kind, offset, round + attempt);
  const slots = asked?.ok === true ? asked.value : null;
  const days = useMemo(() => startsByDay(slots?.starts ?? [], zone), [slots, zone]);
  const day = chosen !== null && days.has(chosen) ? chosen : (days.keys().next().value ?? null);
  const text = words.book;

  if (asked === null)
    return (
      <Section title={text.choose}>
        <Skeleton label={text.looking} lines={5} />
      </Section>
    );
  if (!asked.ok)
    return (
      <Section title={text.choose}>
        <Notice kind="refusal">
          <p>{asked.refusal}</p>
          <Button onClick={() => setAttempt(attempt + 1)}>{words.sessions.retry}</Button>
        </Notice>
      </Section>
    );

  return (
    <Section title={text.choose}>
      {day === null ? (
        <EmptyState
          text={text.none}
          action={<Button onClick={() => setOffset(offset + DAYS)}>{text.noneAction}</Button>}
        />
      ) : (
        <>
          <div className={style["days"]} role="group" aria-label={text.day}>
            {[...days].map(([date, starts]) => (
              <button
                key={date}
                type="button"
                className={style["day"]}
                aria-pressed={date === day}
                onClick={() => setChosen(date)}
              >
                <span>{weekdayText(date)}</span>
                <span className={style["count"]}>{text.free(starts.length)}</span>
              </button>
            ))}
          </div>
          <div
            className={style["times"]}
            role="group"
            aria-label={text.times(dayText(day, "full"))}
          >
            {days.get(day)!.map((start) => (
              <button
                key={start}
                type="button"
                className={style["time"]}
                disabled={busy}
                onClick={() =>
                  onPick({
                    start,
                    lengthMinutes: asked.value.lengthMinutes,
                    cancelNoticeHours: asked.value.cancelNoticeHours,
                  })
                }
              >
                {momentText(Temporal.Instant.fromEpochMilliseconds(start * 60_000), zone, "time")}
              </button>
            ))}
          </div>
        </>
      )}
      <Actions>
        {offset > 0 && (
          <Button kind="quiet" onClick={() => setOffset(Math.max(0, offset - DAYS))}>
            {text.earlier}
          </Button>
        )}
        {day !== null && (
          <Button kind="quiet" onClick={() => setOffset(offset + DAYS)}>
            {text.later}
          </Button>
        )}
      </Actions>
    </Section>
  );
}

/** Null while the answer to just this question is on its way. */
function useSlots(coach: string, kind: SessionKind, offset: number, nth: number) {
  const question = `${coach} ${kind} ${offset} ${nth}`;
  const [answered, setAnswered] = useState<{
    readonly question: string;
    readonly answer: Result<Slots, string>;
  } | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const from = Math.floor(serverNow() / 60_000) + offset * MINUTES_A_DAY;
    call(readSlots, { params: { coach }, query: { kind, from, days: DAYS }, signal }).then(
      (read) => {
        const answer = read.ok ? read : { ...read, refusal: refusalToWords(read.refusal) };
        if (!signal.aborted) setAnswered({ question, answer });
      },
      (error: unknown) => {
        if (!signal.aborted) throw error;
      },
    );
    return () => leaving.abort();
  }, [coach, kind, offset, question]);
  return answered?.question === question ? answered.answer : null;
}

function startsByDay(starts: readonly number[], zone: string): Map<string, number[]> {
  const days = new Map<string, number[]>();
  for (const start of starts) {
    const date = Temporal.Instant.fromEpochMilliseconds(start * 60_000)
      .toZonedDateTimeISO(zone)
      .toPlainDate()
      .toString();
    const day = days.get(date);
    if (day) day.push(start);
    else days.set(date, [start]);
  }
  return days;
}

/** "Thu, Nov 26": people plan by weekday. */
function weekdayText(date: string): string {
  return weekdays.format(Date.parse(`${date}T12:00:00Z`));
}

const weekdays = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});
