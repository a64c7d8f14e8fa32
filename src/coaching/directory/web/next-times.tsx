/** The first few free times of a coach, on the reader's clock: enough to see whether it is worth choosing one. */
import { useCallback } from "react";
import { Section } from "#design/section.tsx";
import { hereZone, Time } from "#design/time.tsx";
import { ok } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import { useAsked } from "#platform/web/asked.ts";
import { serverNow } from "#platform/web/clock.ts";
import { Skeleton } from "#design/skeleton.tsx";
import type { SessionKind } from "../../booking/availability.ts";
import { readSlots } from "../../booking/contract.ts";
import type { Coach } from "../coach.ts";
import { words } from "./directory-words.ts";
import style from "./coach-page.module.css";

const SHOWN = 3;
const DAYS = 28;

export function NextTimes({ coach }: { readonly coach: Coach }) {
  const { id, price } = coach;
  const hasFreeCall = price.freeChemistryCall;
  const ask = useCallback(
    async (signal: AbortSignal) => {
      const from = Math.floor(serverNow() / 60_000);
      const startsFor = async (kind: SessionKind) => {
        const query = { kind, from, days: DAYS };
        const read = await call(readSlots, { params: { coach: id }, query, signal });
        return read.ok ? ok({ kind, starts: read.value.starts }) : read;
      };
      const first = await startsFor(hasFreeCall ? "chemistry" : "session");
      // Whoever had the first call is offered none any more.
      return hasFreeCall && first.ok && first.value.starts.length === 0
        ? startsFor("session")
        : first;
    },
    [id, hasFreeCall],
  );
  const { asked } = useAsked(ask);
  const text = words.page;
  const shownKind =
    asked.state === "here" ? asked.answer.kind : hasFreeCall ? "chemistry" : "session";
  return (
    <Section title={text.times} lead={text.timesFor[shownKind]}>
      {asked.state === "asking" && <Skeleton label={text.timesLoading} lines={SHOWN} />}
      {asked.state === "refused" && <p className={style["quiet"]}>{text.timesFailed}</p>}
      {asked.state === "here" && (
        <Starts
          starts={firstOfDays(asked.answer.starts)}
          of={asked.answer.starts.length}
          coach={coach}
        />
      )}
    </Section>
  );
}

function Starts(props: {
  readonly starts: readonly number[];
  readonly of: number;
  readonly coach: Coach;
}) {
  const { starts, of, coach } = props;
  const text = words.page;
  if (starts.length === 0) return <p className={style["quiet"]}>{text.timesNone}</p>;
  return (
    <ul className={style["times"]} role="list">
      {starts.map((start) => (
        <li key={start}>
          <Time
            at={Temporal.Instant.fromEpochMilliseconds(start * 60_000)}
            zone={hereZone()}
            otherZone={coach.timeZone}
            otherName={coach.name}
            form="short"
          />
        </li>
      ))}
      {of > starts.length && (
        <li className={style["quiet"]}>{text.timesMore(of - starts.length)}</li>
      )}
    </ul>
  );
}

/** The first of each day: three quarters of an hour apart would say less. */
function firstOfDays(starts: readonly number[]): readonly number[] {
  const zone = hereZone();
  const days = new Set<string>();
  const firsts = starts.filter((start) => {
    const day = Temporal.Instant.fromEpochMilliseconds(start * 60_000)
      .toZonedDateTimeISO(zone)
      .toPlainDate()
      .toString();
    return !days.has(day) && days.add(day);
  });
  return firsts.slice(0, SHOWN);
}
