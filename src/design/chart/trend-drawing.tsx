/**
 * The drawing inside a trend chart. One tab stop; arrow keys walk the points, and the one in focus or
 * under the finger is spelled out beside it. Points are joined by straight lines: nobody knows what lay
 * between them.
 */
import { useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from "react";
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { dayText } from "../time.tsx";
import { daysShown } from "./day-ticks.ts";
import { useWidth } from "./width.ts";
import { MarkedDays, type MarkedDay } from "./marked-days.tsx";
import { VerdictMark } from "./verdict-mark.tsx";
import type { TrendBand, TrendChartProps, TrendLimits, TrendPoint } from "./trend-chart.tsx";
import style from "./trend-chart.module.css";

type Props = TrendChartProps & {
  readonly marked: readonly MarkedDay[];
  readonly valueText: (value: number) => string;
};
type Heights = (value: number) => number;

const HEIGHT = 264;
const TOP = 34;
const FOOT = HEIGHT - 58;
const SIDE = 14;
/** Room above for the numbers of what happened. */
const BADGES = 28;

export function TrendDrawing(props: Props) {
  const { title, points, range, band, limits, marked, lowText, highText } = props;
  const [frame, width] = useWidth();
  const [at, setAt] = useState<number | null>(null);
  const drawing = useRef<SVGSVGElement>(null);

  const lift = marked.length > 0 ? BADGES : 0;
  const [top, foot] = [TOP + lift, FOOT + lift];
  const left = lefts(points, width);
  const y = scaleLinear([...range], [foot, top]);
  const chosen = at === null ? undefined : points[at];

  const walk = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(points.length - 1, (at ?? points.length - 1) + by));
    drawing.current?.querySelectorAll<SVGGElement>("g[role=img]")[next]?.focus();
  };
  const follow = (event: PointerEvent<SVGSVGElement>) => {
    if (points.length === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const pointed = ((event.clientX - box.left) * width) / box.width;
    const distances = points.map((_, index) => Math.abs(left(index) - pointed));
    setAt(distances.indexOf(Math.min(...distances)));
  };

  return (
    <div ref={frame} className={style["frame"]}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- A finger on the drawing is told nothing that the points and the table do not tell. */}
      <svg
        ref={drawing}
        className={style["drawing"]}
        viewBox={`0 0 ${width} ${HEIGHT + lift}`}
        role="group"
        aria-label={title}
        onKeyDown={walk}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={() => setAt(null)}
      >
        {band !== undefined && <Band band={band} range={range} y={y} width={width} />}
        {y.ticks(4).map((tick) => (
          <line key={tick} className={style["grid"]} x1={0} x2={width} y1={y(tick)} y2={y(tick)} />
        ))}
        {limits !== undefined && <Limits limits={limits} range={range} y={y} width={width} />}
        {marked.length > 0 && (
          <MarkedDays {...{ marked, top, foot, width }} left={leftOfDay(points, width)} />
        )}
        <text className={style["end"]} y={top - 12} aria-hidden="true">
          {highText}
        </text>
        <text className={style["end"]} y={foot + 20} aria-hidden="true">
          {lowText}
        </text>
        <path className={style["line"]} d={linePath(points, left, y)} />
        {points.map((point, index) => (
          <g
            key={`${point.day} ${index}`}
            className={style["point"]}
            transform={`translate(${left(index)} ${y(point.value)})`}
            role="img"
            aria-label={pointText(point, props)}
            tabIndex={index === (at ?? points.length - 1) ? 0 : -1}
            onFocus={() => setAt(index)}
            onBlur={() => setAt(null)}
          >
            {index === at && <circle className={style["halo"]} r={12} />}
            <VerdictMark verdict={point.verdict} />
          </g>
        ))}
        <DayLabels points={points} left={left} width={width} foot={HEIGHT + lift - 8} />
      </svg>
      {chosen !== undefined && at !== null && (
        <p
          className={style["readout"]}
          style={{ "--left": `${left(at)}px`, "--top": `${y(chosen.value)}px` } as CSSProperties}
          aria-hidden="true"
        >
          {pointText(chosen, props)}
        </p>
      )}
    </div>
  );
}

/** A single point stands in the middle; more are spread by their dates. */
function lefts(points: readonly TrendPoint[], width: number): (index: number) => number {
  const days = points.map((point) => Date.parse(point.day));
  const first = days[0] ?? 0;
  const last = days.at(-1) ?? first;
  if (last === first) return () => width / 2;
  const x = scaleLinear([first, last], [SIDE, width - SIDE]);
  return (index) => x(days[index] ?? first);
}

/** Where any day stands, no further out than the first and the last point. */
function leftOfDay(points: readonly TrendPoint[], width: number): (day: string) => number {
  const first = Date.parse(points[0]!.day);
  const last = Date.parse(points.at(-1)!.day);
  if (last === first) return () => width / 2;
  const x = scaleLinear([first, last], [SIDE, width - SIDE]).clamp(true);
  return (day) => x(Date.parse(day));
}

function Limits(props: {
  readonly limits: TrendLimits;
  readonly range: readonly [number, number];
  readonly y: Heights;
  readonly width: number;
}) {
  const { limits, range, y, width } = props;
  const isWithin = (value: number) => value >= range[0] && value <= range[1];
  return (
    <g aria-hidden="true">
      <line className={style["centre"]} x2={width} y1={y(limits.centre)} y2={y(limits.centre)} />
      {[limits.low, limits.high].filter(isWithin).map((limit) => (
        <line key={limit} className={style["limit"]} x2={width} y1={y(limit)} y2={y(limit)} />
      ))}
    </g>
  );
}

function Band(props: {
  readonly band: TrendBand;
  readonly range: readonly [number, number];
  readonly y: Heights;
  readonly width: number;
}) {
  const { band, range, y, width } = props;
  const top = y(Math.min(band.high, range[1]));
  const foot = y(Math.max(band.low, range[0]));
  return <rect className={style["band"]} width={width} y={top} height={Math.max(0, foot - top)} />;
}

function linePath(points: readonly TrendPoint[], left: (index: number) => number, y: Heights) {
  const draw = line<TrendPoint>(
    (_, index) => left(index),
    (point) => y(point.value),
  );
  return draw([...points]) ?? undefined;
}

function pointText(point: TrendPoint, { valueText, words }: Props): string {
  const verdict = point.verdict === undefined ? [] : [words.verdicts[point.verdict]];
  return [dayText(point.day, "short"), valueText(point.value), ...verdict].join(" · ");
}

function DayLabels(props: {
  readonly points: readonly TrendPoint[];
  readonly left: (index: number) => number;
  readonly width: number;
  readonly foot: number;
}) {
  const { points, left, width, foot } = props;
  const days = points.map((point) => point.day);
  const last = points.length - 1;
  const anchor = (index: number) =>
    last === 0 ? "middle" : index === 0 ? "start" : index === last ? "end" : "middle";
  return daysShown(days, width).map((index) => (
    <text
      key={index}
      className={style["tick"]}
      x={left(index) + (index === 0 && last > 0 ? -SIDE : index === last && last > 0 ? SIDE : 0)}
      y={foot}
      textAnchor={anchor(index)}
      aria-hidden="true"
    >
      {dayText(days[index]!, "tick")}
    </text>
  ));
}
