/** Every dimension over time. The sentence says what the picture shows; what chance can make is drawn as noise. */
import { useState } from "react";
import { Choice } from "#design/choice.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { TrendChart } from "#design/chart/trend-chart.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import { words as designWords } from "#design/words.ts";
import type { CheckIn, Dimension } from "#library/check-in.ts";
import full from "virtual:content/check-in/full";
import pulse from "virtual:content/check-in/pulse";
import results from "virtual:content/check-in/results";
import { noiseOf } from "../change.ts";
import {
  readingsOf,
  seriesOf,
  type CheckInKind,
  type FinishedCheckIn,
} from "../finished-check-in.ts";
import { trendOf } from "../trend.ts";
import { useCheckIns } from "./kept-check-ins.ts";
import { words } from "./words.ts";
import style from "./trend.module.css";

const checkInByKind: Readonly<Record<CheckInKind, CheckIn>> = { full, pulse };
const PLACES = ["burnout", "beside"] as const;

export function Trend() {
  const checkIns = useCheckIns();
  const kinds = (["full", "pulse"] as const).filter((kind) =>
    checkIns.some((kept) => kept.kind === kind),
  );
  const [picked, setPicked] = useState<CheckInKind | null>(null);
  // What can already be drawn comes first.
  const drawable = kinds.find((kind) => checkIns.filter((kept) => kept.kind === kind).length > 1);
  const kind = picked ?? drawable ?? kinds[0] ?? "full";
  const checkIn = checkInByKind[kind];
  const series = seriesOf(kind, checkIn.version, checkIns);
  const hasOlder = checkIns.some((kept) => kept.kind === kind && kept.version !== checkIn.version);
  return (
    <Page
      title={words.trend.title}
      width="wide"
      lead={words.trend.lead}
      back={{ href: "/reflect", text: words.filling.leave }}
      zone={readBy.onlyYou}
    >
      {kinds.length > 1 && (
        <Choice
          label={words.trend.which}
          zone={readBy.onlyYou}
          columns={2}
          options={kinds.map((value) => ({ value, text: words.trend[value] }))}
          value={kind}
          onChange={(value) => setPicked(value === "pulse" ? "pulse" : "full")}
        />
      )}
      {series.length === 0 && (
        <EmptyState
          text={words.trend.none}
          action={
            <LinkButton kind="primary" href="/reflect/check-in">
              {words.trend.again}
            </LinkButton>
          }
        />
      )}
      {series.length === 1 && <EmptyState text={words.trend.one} />}
      {series.length > 1 &&
        PLACES.map((place) => (
          <DimensionCharts key={place} place={place} checkIn={checkIn} series={series} />
        ))}
      {hasOlder && <p className={style["quiet"]}>{words.trend.newQuestions}</p>}
    </Page>
  );
}

function DimensionCharts(props: {
  readonly place: Dimension["place"];
  readonly checkIn: CheckIn;
  readonly series: readonly FinishedCheckIn[];
}) {
  const { place, checkIn, series } = props;
  const dimensions = results.dimensions.filter(
    (dimension) => dimension.place === place && readingsOf(series, dimension.id).length > 0,
  );
  if (dimensions.length === 0) return null;
  return (
    <Section title={words.trend[place]}>
      <div className={style["charts"]}>
        {dimensions.map((dimension) => (
          <DimensionChart key={dimension.id} {...{ dimension, checkIn, series }} />
        ))}
      </div>
    </Section>
  );
}

function DimensionChart(props: {
  readonly dimension: Dimension;
  readonly checkIn: CheckIn;
  readonly series: readonly FinishedCheckIn[];
}) {
  const { dimension, checkIn, series } = props;
  const trend = trendOf(
    dimension,
    readingsOf(series, dimension.id),
    noiseOf(checkIn, dimension.id),
    results.change,
    (day) => dayText(day, "short"),
  );
  if (trend === null) return null;
  return (
    <TrendChart
      title={dimension.name}
      sentence={trend.sentence}
      points={trend.points.map(({ day, score, verdict }) => ({
        day,
        value: score,
        verdict: verdict?.state,
      }))}
      range={[0, 100]}
      band={{ low: trend.band.from, high: trend.band.to, text: words.trend.band }}
      lowText={words.trend.little}
      highText={words.trend.much}
      valueText={(score) => words.trend.value(Math.round(score))}
      words={designWords.trend}
    />
  );
}
