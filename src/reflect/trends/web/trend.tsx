/** Everything that repeats, over time: one picture, the plain sentence first, and what chance can make is called noise. */
import { useMemo, useState } from "react";
import { EmptyState } from "#design/empty-state.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { dayText } from "#design/time.tsx";
import results from "virtual:content/check-in/results";
import type { Series } from "../series.ts";
import { trendOf, type Trend as SeriesTrend } from "../trend.ts";
import { ComparePeriods } from "./compare-periods.tsx";
import { Events } from "./events.tsx";
import { useEvents } from "./kept-events.ts";
import { useKeptSeries } from "./kept-series.ts";
import { PickSeries } from "./pick-series.tsx";
import { SeriesTold } from "./series-told.tsx";
import { TakeAlong } from "./take-along.tsx";
import { words } from "./words.ts";
import style from "./trend.module.css";

export interface ToldSeries extends Series {
  /** Null where nothing is known of its noise. */
  readonly trend: SeriesTrend | null;
}

export function Trend() {
  const { all, hasOlder, isFetching, isMissing } = useKeptSeries();
  const events = useEvents();
  const [picked, setPicked] = useState<string | null>(null);
  const told = useMemo(() => all.map(toTold), [all]);
  const series = told.find(({ id }) => id === picked) ?? firstToShow(told);
  return (
    <Page
      title={words.title}
      width="wide"
      lead={words.lead}
      back={{ href: "/reflect", text: words.back }}
      zone={readBy.onlyYou}
    >
      {series === undefined && !isFetching && (
        <EmptyState
          text={words.none}
          action={
            <LinkButton kind="primary" href="/reflect/check-in">
              {words.checkIn}
            </LinkButton>
          }
        />
      )}
      {series !== undefined && (
        <>
          <Moved told={told} />
          <PickSeries all={all} picked={series} onPick={setPicked} />
          <SeriesTold series={series} events={events} />
          <Events events={events} />
          {series.readings.length > 1 && <ComparePeriods series={series} events={events} />}
          <TakeAlong all={all} events={events} />
        </>
      )}
      {hasOlder && <p className={style["quiet"]}>{words.older}</p>}
      {isMissing && (
        <p className={style["quiet"]} role="status">
          {words.missing}
        </p>
      )}
    </Page>
  );
}

function toTold(series: Series): ToldSeries {
  const { noise, readings } = series;
  const showDay = (day: string) => dayText(day, "short");
  const trend = noise && trendOf(series, readings, noise, results.change, showDay);
  return { ...series, trend };
}

/** What moved comes first; else what can already be drawn. */
const firstToShow = (told: readonly ToldSeries[]): ToldSeries | undefined =>
  told.find(hasMoved) ?? told.find(({ readings }) => readings.length > 1) ?? told[0];

/** Over all of the time that is shown, not only at its end. */
const hasMoved = ({ trend }: ToldSeries): boolean =>
  trend !== null &&
  (trend.drift !== null ||
    trend.settled !== null ||
    (trend.latest !== null && trend.latest.state !== "no-clear-change"));

function Moved({ told }: { readonly told: readonly ToldSeries[] }) {
  const comparable = told.filter(({ trend }) => trend !== null && trend.latest !== null);
  if (comparable.length === 0) return null;
  const names = comparable.filter(hasMoved).map(({ name, within }) => words.within(name, within));
  return <p>{names.length === 0 ? words.stayed : words.moved(names.join(", "))}</p>;
}
