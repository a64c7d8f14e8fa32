/** What the process chart shows, in words: the usual range, and what stands out from it. */
import { dayText } from "#design/time.tsx";
import { decimalsOf } from "../decimals.ts";
import { READINGS_FOR_LIMITS, type ProcessChart, type Signal } from "../process-chart.ts";
import type { Series } from "../series.ts";
import { toText } from "./number-text.ts";
import { words } from "./words.ts";
import style from "./trend.module.css";

export function LimitsTold(props: {
  readonly series: Series;
  readonly chart: ProcessChart | null;
}) {
  const { series, chart } = props;
  const { readings, range } = series;
  if (readings.length < READINGS_FOR_LIMITS) return <p>{words.limits.tooFew(readings.length)}</p>;
  if (chart === null) return <p>{words.limits.flat}</p>;
  const show = (value: number) =>
    toText(Math.min(range[1], Math.max(range[0], value)), decimalsOf(range));
  const [low, high] = [show(chart.low), show(chart.high)];
  if (chart.signals.length === 0) return <p role="status">{words.limits.inside(low, high)}</p>;
  return (
    <div role="status" className={style["signs"]}>
      <p>{words.limits.signs(low, high)}</p>
      <ul>
        {chart.signals.map((signal) => (
          <li key={`${signal.kind} ${signal.from}`}>{signalText(signal, series)}</li>
        ))}
      </ul>
      <p>{words.limits.reason}</p>
    </div>
  );
}

function signalText({ kind, direction, from, to }: Signal, { readings }: Series): string {
  const [first, last] = [readings[from]!.day, readings[to]!.day].map((day) =>
    dayText(day, "short"),
  ) as [string, string];
  return words.limits[kind](to - from + 1, direction === "up", words.days(first, last));
}
