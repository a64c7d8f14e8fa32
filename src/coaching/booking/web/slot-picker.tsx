/** Free times over weeks, on the reader's clock: days first, then the times of one day. */
import { useEffect, useMemo, useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { Notice } from "#design/notice.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { dayText, momentText } from "#design/time.tsx";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import type { AnswerOf } from "#platform/contract.ts";
import type { SessionKind } from "../availability.ts";
import { readSlots } from "../contract.ts";
import { words } from "./words.ts";
import style from "./booking.module.css";

type Slots = AnswerOf<typeof readSlots>;
type State =
  | { readonly at: "loading" }
  | { readonly at: "shown"; readonly slots: Slots }
  | { readonly at: "failed"; readonly why: string };

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
  readonly onPick: (start: number, slots: Slots) => void;
}

export function SlotPicker({ coach, kind, zone, round, busy, onPick }: SlotPickerProps) {
  const [offset, setOffset] = useState(0);
  const [state, setState] = useState<State>({ at: "loading" });
  const [chosen, setChosen] = useState<string | null>(null);

  useEffect(() => {
    let current = true;
    setState({ at: "loading" });
    const from = Math.floor(Date.now() / 60_000) + offset * MINUTES_A_DAY;
    void call(readSlots, { params: { coach }, query: { kind, from, days: DAYS } }).then((read) => {
      if (!current) return;
      setState(
        read.ok
          ? { at: "shown", slots: read.value }
          : { at: "failed", why: refusalToWords(read.refusal) },
      );
    });
    return () => {
      current = false;
    };
  }, [coach, kind, offset, round]);

  const days = useMemo(
    () =>
      state.at === "shown" ? startsByDay(state.slots.starts, zone) : new Map<string, number[]>(),
    [state, zone],
  );
  const day = chosen !== null && days.has(chosen) ? chosen : (days.keys().next().value ?? null);

  if (state.at === "loading") return <Skeleton label={words.book.looking} lines={5} />;
  if (state.at === "failed") return <Notice kind="refusal">{state.why}</Notice>;

  return (
    <div className={style["picker"]}>
      {day === null ? (
        <EmptyState
          text={words.book.none}
          action={<Button onClick={() => setOffset(offset + DAYS)}>{words.book.noneAction}</Button>}
        />
      ) : (
        <>
          <div className={style["days"]} role="group" aria-label={words.book.day}>
            {[...days].map(([date, starts]) => (
              <button
                key={date}
                type="button"
                className={style["day"]}
                aria-pressed={date === day}
                onClick={() => setChosen(date)}
              >
                <span>{dayText(date, "short")}</span>
                <span className={style["count"]}>{words.book.free(starts.length)}</span>
              </button>
            ))}
          </div>
          <div
            className={style["times"]}
            role="group"
            aria-label={words.book.times(dayText(day, "full"))}
          >
            {days.get(day)!.map((start) => (
              <button
                key={start}
                type="button"
                className={style["time"]}
                disabled={busy}
                onClick={() => onPick(start, state.slots)}
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
            {words.book.earlier}
          </Button>
        )}
        {day !== null && (
          <Button kind="quiet" onClick={() => setOffset(offset + DAYS)}>
            {words.book.later}
          </Button>
        )}
      </Actions>
    </div>
  );
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
