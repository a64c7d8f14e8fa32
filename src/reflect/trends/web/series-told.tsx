/** One series: its picture with events and, by choice, the usual range; then its slope in words. */
import { useState } from "react";
import { Checkbox } from "#design/checkbox.tsx";
import { TrendChart } from "#design/chart/trend-chart.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import { words as designWords } from "#design/words.ts";
import { decimalsOf } from "../decimals.ts";
import type { MarkedEvent } from "../event.ts";
import { processChartOf } from "../process-chart.ts";
import type { Trend } from "../trend.ts";
import { LimitsTold } from "./limits-told.tsx";
import { SlopeTold } from "./slope-told.tsx";
import { toText } from "./number-text.ts";
import type { ToldSeries } from "./trend.tsx";
import { words } from "./words.ts";
import style from "./trend.module.css";

export function SeriesTold(props: {
  readonly series: ToldSeries;
  readonly events: readonly MarkedEvent[];
}) {
  const { series, events } = props;
  const { name, readings, range, trend, noise } = series;
  const [hasLimits, setHasLimits] = useState(false);
  const show = (score: number) => toText(score, decimalsOf(range));
  const first = show(readings[0]!.score);
  if (readings.length === 1) return <EmptyState text={words.one(name, first)} />;
  const chart = hasLimits ? processChartOf(readings.map(({ score }) => score)) : null;
  const last = show(readings.at(-1)!.score);
  return (
    <>
      <TrendChart
        key={series.id}
        title={name}
        sentence={
          trend === null
            ? words.noNoise(name, first, last, readings.length)
            : `${trend.sentence} ${settledText(trend)}`.trim()
        }
        points={readings.map(({ day, score }, index) => ({
          day,
          value: score,
          verdict: trend?.points[index]?.verdict?.state,
        }))}
        range={range}
        band={trend === null ? undefined : { ...bandOf(trend.band), text: words.band }}
        limits={chart === null ? undefined : { ...chart, text: words.limits.key }}
        marked={events}
        lowText={words.little}
        highText={words.much}
        valueText={(score) => words.value(show(score), show(range[1]))}
        words={designWords.trend}
      />
      <p className={style["quiet"]}>
        {series.better === "lower" ? words.lowerIsBetter : words.higherIsBetter}
        {noise !== null && ` ${words.noiseSource(noise.source)}`}
      </p>
      <SlopeTold series={series} />
      <Section title={words.limits.title}>
        <div data-print="never">
          <Checkbox
            label={words.limits.show}
            hint={words.limits.hint}
            zone={readBy.neverSent}
            checked={hasLimits}
            onChange={setHasLimits}
          />
        </div>
        {hasLimits && <LimitsTold series={series} chart={chart} />}
      </Section>
    </>
  );
}

/** Where nothing is new at the end, what changed before it. */
function settledText({ settled, latest }: Trend): string {
  if (settled === null || latest?.state !== "no-clear-change") return "";
  if (settled.state === "no-clear-change") return "";
  return words.settledBefore[settled.state](dayText(settled.on, "short"));
}

const bandOf = ({ from, to }: { readonly from: number; readonly to: number }) => ({
  low: from,
  high: to,
});
