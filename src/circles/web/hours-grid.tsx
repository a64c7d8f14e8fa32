/** The hours of a week to choose among, a row a day: each a tile for a thumb, each reached by Tab and Space. */
import { BareInput } from "#design/bare-input.tsx";
import { readBy } from "#design/readership.ts";
import { momentText } from "#design/time.tsx";
import { GroupFrame } from "#design/field-frame.tsx";
import { MOST_BLOCKS } from "../waiting.ts";
import { weekdayText } from "./week-text.ts";
import type { WeekHour } from "./circle-week.ts";
import { words } from "./words.ts";
import style from "./circles.module.css";

export function HoursGrid(props: {
  readonly week: readonly (readonly WeekHour[])[];
  readonly zone: string;
  readonly chosen: readonly number[];
  readonly error: string | null;
  readonly onChange: (chosen: readonly number[]) => void;
}) {
  const { week, zone, chosen, error, onChange } = props;
  const text = words.form;
  const isFull = chosen.length >= MOST_BLOCKS;
  return (
    <GroupFrame
      label={text.hours}
      hint={text.hoursHint(zone.replaceAll("_", " "))}
      zone={readBy.namelessly}
      error={error}
    >
      <div className={style["week"]}>
        {week.map((day, at) => (
          <div
            key={at}
            className={style["day"]}
            role="group"
            aria-label={weekdayText(at + 1, "long")}
          >
            <span className={style["weekday"]} aria-hidden="true">
              {weekdayText(at + 1, "short")}
            </span>
            {day.map(({ block, at: moment }) => {
              const time = momentText(moment, zone, "time");
              const isChosen = chosen.includes(block);
              return (
                <label key={block} className={style["hour"]}>
                  <BareInput
                    type="checkbox"
                    className={style["tick"]}
                    zone={readBy.namelessly}
                    aria-label={`${weekdayText(at + 1, "long")}, ${time}`}
                    checked={isChosen}
                    disabled={isFull && !isChosen}
                    onChange={() =>
                      onChange(
                        isChosen ? chosen.filter((each) => each !== block) : [...chosen, block],
                      )
                    }
                  />
                  <span>{time}</span>
                </label>
              );
            })}
          </div>
        ))}
      </div>
      <p className={style["count"]} aria-live="polite">
        {text.hoursChosen(chosen.length, MOST_BLOCKS)}
      </p>
    </GroupFrame>
  );
}
