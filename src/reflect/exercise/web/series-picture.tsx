/** What an exercise measured over time. No verdict: how much of it is chance is not known of our own statements. */
import { TrendChart } from "#design/chart/trend-chart.tsx";
import { words as designWords } from "#design/words.ts";
import { useEvents } from "../../trends/web/kept-events.ts";
import type { Series } from "../series.ts";
import { words } from "./words.ts";

export function SeriesPicture({ series }: { readonly series: Series }) {
  const { name, readings } = series;
  const events = useEvents();
  const [first, last] = [Math.round(readings[0]!.score), Math.round(readings.at(-1)!.score)];
  if (readings.length === 1) return <p>{words.page.seriesOne(name, last)}</p>;
  return (
    <TrendChart
      title={name}
      sentence={words.page.series(name, first, last, readings.length)}
      points={readings.map(({ day, score }) => ({ day, value: score }))}
      range={[0, 100]}
      marked={events}
      lowText={words.page.little}
      highText={words.page.much}
      valueText={(score) => String(Math.round(score))}
      words={designWords.trend}
    />
  );
}
