/**
 * The drawing inside a trend chart. One tab stop; arrow keys walk the points, and the one in focus or
 * under the finger is spelled out beneath.
 */
import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { scaleLinear } from "d3-scale";
import { curveMonotoneX, line } from "d3-shape";
import { dayText } from "../time.tsx";
import { daysShown } from "./day-ticks.ts";
import { useWidth } from "./width.ts";
import { VerdictMark } from "./verdict-mark.tsx";
import type { TrendChartProps, TrendPoint } from "./trend-chart.tsx";
import style from "./trend-chart.module.css";

type Props = TrendChartProps & { readonly valueText: (value: number) => string };

const HEIGHT = 240;
const MARGIN = { top: 14, right: 18, bottom: 34, left: 18 };

export function TrendDrawing({
  title,
  points,
  range,
  band,
  lowText,
  highText,
  valueText,
  words,
}: Props) {
  const [frame, width] = useWidth();
  const [at, setAt] = useState<number | null>(null);
  const drawing = useRef<SVGSVGElement>(null);

  const days = points.map((point) => Date.parse(point.day));
  const first = days[0] ?? 0;
  const last = days.at(-1) ?? first;
  const x = scaleLinear(
    [first, last === first ? first + 1 : last],
    [MARGIN.left, width - MARGIN.right],
  );
  const y = scaleLinear([...range], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const left = (index: number) => (points.length === 1 ? width / 2 : x(days[index] ?? first));
  const path = line<TrendPoint>(
    (_, index) => left(index),
    (point) => y(point.value),
  ).curve(curveMonotoneX)([...points]);

  const said = (point: TrendPoint) =>
    [
      dayText(point.day, "short"),
      valueText(point.value),
      point.verdict === undefined ? null : words.verdicts[point.verdict],
    ]
      .filter((part) => part !== null)
      .join(", ");
  const chosen = at === null ? undefined : points[at];

  const walk = (event: KeyboardEvent) => {
    const to = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(points.length - 1, (at ?? points.length - 1) + to));
    drawing.current?.querySelectorAll<SVGGElement>("g[role=img]")[next]?.focus();
  };
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const pointed = ((event.clientX - box.left) * width) / box.width;
    const distances = points.map((_, index) => Math.abs(left(index) - pointed));
    setAt(distances.indexOf(Math.min(...distances)));
  };

  return (
    <div ref={frame} className={style["frame"]}>
      <p className={style["end"]} aria-hidden="true">
        {highText}
      </p>
      <svg
        ref={drawing}
        className={style["drawing"]}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="group"
        aria-label={title}
        onKeyDown={walk}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setAt(null)}
      >
        {band !== undefined && (
          <rect
            className={style["band"]}
            x={0}
            width={width}
            y={y(Math.min(band.high, range[1]))}
            height={Math.max(0, y(Math.max(band.low, range[0])) - y(Math.min(band.high, range[1])))}
          />
        )}
        {y.ticks(4).map((tick) => (
          <line key={tick} className={style["grid"]} x1={0} x2={width} y1={y(tick)} y2={y(tick)} />
        ))}
        <path className={style["line"]} d={path ?? undefined} />
        {points.map((each, index) => (
          <g
            key={each.day}
            className={style["point"]}
            transform={`translate(${left(index)} ${y(each.value)})`}
            role="img"
            aria-label={said(each)}
            tabIndex={index === (at ?? points.length - 1) ? 0 : -1}
            onFocus={() => setAt(index)}
            onBlur={() => setAt(null)}
          >
            {index === at && <circle className={style["halo"]} r={11} />}
            <VerdictMark verdict={each.verdict} />
          </g>
        ))}
        {daysShown(
          points.map((each) => each.day),
          width,
        ).map((index) => (
          <text
            key={index}
            className={style["tick"]}
            x={left(index)}
            y={HEIGHT - 8}
            textAnchor={tickAnchor(index, points.length)}
          >
            {tickText(points[index])}
          </text>
        ))}
      </svg>
      <p className={style["end"]} aria-hidden="true">
        {lowText}
      </p>
      <p className={style["readout"]} aria-hidden="true">
        {chosen === undefined ? "\u00a0" : said(chosen)}
      </p>
    </div>
  );
}

const tickAnchor = (index: number, count: number) =>
  count === 1 ? "middle" : index === 0 ? "start" : index === count - 1 ? "end" : "middle";

const tickText = (point: TrendPoint | undefined) =>
  point === undefined
    ? ""
    : new Date(`${point.day}T12:00:00Z`).toLocaleDateString(undefined, {
        day: "numeric",
        month: "short",
        timeZone: "UTC",
      });
