/**
 * What happened in the time that a chart shows: a numbered line for a day, a numbered strip for a span. The names
 * stand in the key beneath, so that they have room and are read aloud.
 */
import { dayText } from "../time.tsx";
import style from "./trend-chart.module.css";

export interface MarkedDay {
  /** YYYY-MM-DD; `to` is null for a single day. */
  readonly from: string;
  readonly to: string | null;
  readonly text: string;
}

interface Props {
  /** Oldest first. */
  readonly marked: readonly MarkedDay[];
  /** Where a day stands, within the drawing. */
  readonly left: (day: string) => number;
  readonly top: number;
  readonly foot: number;
  readonly width: number;
}

const BADGE = 10;

export function MarkedDays({ marked, left, top, foot, width }: Props) {
  const badges = badgePlaces(
    marked.map(({ from }) => left(from)),
    width,
  );
  return (
    <g aria-hidden="true">
      {marked.map(({ from, to }, index) => (
        <g key={`${from} ${index}`}>
          {to !== null && (
            <rect
              className={style["span"]}
              x={left(from)}
              width={Math.max(2, left(to) - left(from))}
              y={top}
              height={foot - top}
            />
          )}
          <path
            className={style["event"]}
            d={`M${badges[index]!} ${2 * BADGE + 2}L${left(from)} ${top - 2}V${foot}`}
          />
          <circle className={style["badge"]} cx={badges[index]} cy={BADGE + 1} r={BADGE} />
          <text className={style["badgeText"]} x={badges[index]} y={BADGE + 5.5}>
            {index + 1}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Each at its own line where there is room, else pushed along: first to the right, then back from the edge. */
function badgePlaces(lines: readonly number[], width: number): number[] {
  const room = Math.min(2 * BADGE + 2, width / Math.max(1, lines.length));
  const places: number[] = [];
  for (const line of lines) places.push(Math.max(line, BADGE + 1, (places.at(-1) ?? -room) + room));
  for (
    let i = places.length - 1, edge = width - BADGE - 1;
    i >= 0;
    i--, edge = places[i + 1]! - room
  )
    places[i] = Math.min(places[i]!, edge);
  return places;
}

export const markedText = ({ from, to, text }: MarkedDay): string =>
  to === null
    ? `${text} · ${dayText(from, "short")}`
    : `${text} · ${dayText(from, "short")} – ${dayText(to, "short")}`;

/** Those of which some day lies between the first and the last point, cut to them. */
export function markedWithin(
  marked: readonly MarkedDay[],
  first: string,
  last: string,
): readonly MarkedDay[] {
  return marked
    .filter(({ from, to }) => from <= last && (to ?? from) >= first)
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}
