/**
 * An ordinary week in thirty-five tiles. Its heads mark a whole day or the same part of every day; with the
 * keyboard it is one stop, in which the arrows move.
 */
import { useId, useState, type KeyboardEvent } from "react";
import { BareInput } from "#design/bare-input.tsx";
import { GroupFrame } from "#design/field-frame.tsx";
import { Icon } from "#design/icon.tsx";
import { readBy } from "#design/readership.ts";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import { weekdayName, weekdays } from "../../booking/web/week-text.ts";
import { DAY_PARTS, HOURS_BY_PART, markedPart, type MarkedPart } from "../day-part.ts";
import { words } from "./words.ts";
import style from "./free-times.module.css";

export interface FreeTimesProps {
  readonly marked: readonly string[];
  readonly error: string | null;
  readonly onChange: (marked: readonly string[]) => void;
}

/** Row 0 and column 0 are the heads. */
type Place = readonly [row: number, column: number];

const STEP_BY_KEY: Readonly<Record<string, Place>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function FreeTimes({ marked, error, onChange }: FreeTimesProps) {
  const text = words.wishes;
  const id = useId();
  const [[atRow, atColumn], setAt] = useState<Place>([1, 1]);
  const stop = (row: number, column: number) => ({
    "data-place": `${row} ${column}`,
    tabIndex: row === atRow && column === atColumn ? 0 : -1,
    onFocus: () => setAt([row, column]),
  });

  /** All of them, or none if all are marked already. */
  const toggle = (parts: readonly MarkedPart[]) => {
    const others = marked.filter((each) => !parts.includes(each as MarkedPart));
    const isAll = parts.every((part) => marked.includes(part));
    onChange(isAll ? others : [...others, ...parts]);
  };

  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    const step = STEP_BY_KEY[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const sideways = getComputedStyle(event.currentTarget).direction === "rtl" ? -step[1] : step[1];
    const place = `${atRow + step[0]} ${atColumn + sideways}`;
    event.currentTarget.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus();
  };

  return (
    <GroupFrame
      label={text.grid}
      zone={readBy.onlyYou}
      hint={
        <>
          {hoursText} {text.gridHint} <span className={style["keys"]}>{text.gridKeys}</span>
        </>
      }
      error={error}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- ARIA's grid pattern: one stop, arrows within */}
      <table role="grid" className={style["week"]} aria-label={text.grid} onKeyDown={move}>
        <thead>
          <tr>
            <th scope="col">
              <VisuallyHidden>{text.day}</VisuallyHidden>
            </th>
            {DAY_PARTS.map((part, column) => (
              <th key={part} scope="col">
                <button
                  type="button"
                  className={style["head"]}
                  aria-label={text.allOfPart(text.parts[part])}
                  {...stop(0, column + 1)}
                  onClick={() => toggle(weekdays.map((day) => markedPart(day, part)))}
                >
                  {text.parts[part]}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((day, row) => (
            <tr key={day}>
              <th scope="row">
                <button
                  type="button"
                  className={style["head"]}
                  aria-label={text.allOfDay(weekdayName(day, "short"))}
                  {...stop(row + 1, 0)}
                  onClick={() => toggle(DAY_PARTS.map((part) => markedPart(day, part)))}
                >
                  {weekdayName(day, "short")}
                </button>
              </th>
              {DAY_PARTS.map((part, column) => (
                <td key={part}>
                  <label className={style["tile"]} htmlFor={`${id}-${markedPart(day, part)}`}>
                    <BareInput
                      id={`${id}-${markedPart(day, part)}`}
                      type="checkbox"
                      zone={readBy.onlyYou}
                      className={style["box"]}
                      aria-label={text.cell(weekdayName(day, "long"), text.parts[part])}
                      checked={marked.includes(markedPart(day, part))}
                      {...stop(row + 1, column + 1)}
                      onChange={() => toggle([markedPart(day, part)])}
                    />
                    <Icon name="check" />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </GroupFrame>
  );
}

/** "5 PM" or "17", as the reader writes a whole hour. */
function hourText(hour: number): string {
  const format = new Intl.DateTimeFormat(undefined, { hour: "numeric", timeZone: "UTC" });
  return format.format((hour % 24) * 3_600_000);
}

const hoursText = words.wishes.listed(
  DAY_PARTS.map((part) => {
    const [from, to] = HOURS_BY_PART[part];
    return words.wishes.partHours(
      words.wishes.parts[part],
      words.wishes.span(hourText(from), hourText(to)),
    );
  }),
);
