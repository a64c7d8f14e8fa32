/**
 * A measure over time. The sentence comes first, then the drawing, then every number behind a toggle.
 * What lies within the band is noise and is drawn as such. Verdicts differ in shape, not only in colour.
 */
import { useState } from "react";
import { Button } from "../button.tsx";
import { Table } from "../table.tsx";
import { dayText } from "../time.tsx";
import { markedText, markedWithin, type MarkedDay } from "./marked-days.tsx";
import { TrendDrawing } from "./trend-drawing.tsx";
import { VerdictMark } from "./verdict-mark.tsx";
import style from "./trend-chart.module.css";

export type Verdict = "improved" | "worsened" | "no-clear-change";

export interface TrendPoint {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly value: number;
  readonly verdict?: Verdict | undefined;
}

export interface TrendBand {
  readonly low: number;
  readonly high: number;
  readonly text: string;
}

/** Lines of a process chart; what lies beyond the ends of the scale is not drawn. */
export interface TrendLimits {
  readonly centre: number;
  readonly low: number;
  readonly high: number;
  readonly text: string;
}

interface TrendWords {
  readonly day: string;
  readonly value: string;
  readonly verdict: string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly showTable: string;
  readonly hideTable: string;
}

export interface TrendChartProps {
  readonly title: string;
  readonly sentence: string;
  /** Oldest first. */
  readonly points: readonly TrendPoint[];
  /** The ends of the scale, not of the data. */
  readonly range: readonly [number, number];
  readonly band?: TrendBand | undefined;
  readonly limits?: TrendLimits | undefined;
  /** In any order; those outside the points' days are left out. */
  readonly marked?: readonly MarkedDay[] | undefined;
  readonly lowText: string;
  readonly highText: string;
  readonly valueText?: ((value: number) => string) | undefined;
  readonly words: TrendWords;
}

export function TrendChart(props: TrendChartProps) {
  const { title, sentence, points, words, band, limits } = props;
  const valueText = props.valueText ?? defaultValueText;
  const [isTableShown, setIsTableShown] = useState(false);
  const marked = markedWithin(props.marked ?? [], points[0]?.day ?? "", points.at(-1)?.day ?? "");
  const verdicts = verdictOrder.filter((verdict) => points.some((p) => p.verdict === verdict));
  return (
    <figure className={style["chart"]}>
      <figcaption className={style["caption"]}>
        <span className={style["title"]}>{title}</span>
        <span className={style["sentence"]}>{sentence}</span>
      </figcaption>
      <TrendDrawing {...props} marked={marked} valueText={valueText} />
      <ul className={style["key"]}>
        {band !== undefined && (
          <li>
            <span className={style["bandSample"]} />
            {band.text}
          </li>
        )}
        {limits !== undefined && (
          <li>
            <svg className={style["limitSample"]} viewBox="0 0 24 14" aria-hidden="true">
              <path className={style["limit"]} d="M0 2H24M0 12H24" />
              <path className={style["centre"]} d="M0 7H24" />
            </svg>
            {limits.text}
          </li>
        )}
        {verdicts.map((verdict) => (
          <li key={verdict}>
            <svg className={style["markSample"]} viewBox="-8 -8 16 16" aria-hidden="true">
              <VerdictMark verdict={verdict} />
            </svg>
            {words.verdicts[verdict]}
          </li>
        ))}
        {marked.map((one, index) => (
          <li key={`${one.from} ${index}`}>
            <span className={style["badgeSample"]}>{index + 1}</span>
            {markedText(one)}
          </li>
        ))}
      </ul>
      <div>
        <Button
          kind="quiet"
          className={style["toggle"]}
          aria-expanded={isTableShown}
          onClick={() => setIsTableShown(!isTableShown)}
        >
          {isTableShown ? words.hideTable : words.showTable}
        </Button>
        <div data-print={isTableShown ? undefined : "only"}>
          <Table
            caption={title}
            hideCaption
            rows={points}
            rowKey={(point) => String(points.indexOf(point))}
            columns={[
              { key: "day", title: words.day, head: true, cell: (p) => dayText(p.day, "short") },
              { key: "value", title: words.value, numeric: true, cell: (p) => valueText(p.value) },
              {
                key: "verdict",
                title: words.verdict,
                cell: (p) => (p.verdict === undefined ? "–" : words.verdicts[p.verdict]),
              },
            ]}
          />
        </div>
      </div>
    </figure>
  );
}

const verdictOrder: readonly Verdict[] = ["improved", "worsened", "no-clear-change"];

const defaultValueText = (value: number) =>
  value.toLocaleString(undefined, { maximumFractionDigits: 1 });
