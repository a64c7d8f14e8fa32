/** The zone that the hours are in, with its clock beside it: the quickest way to see that it is the right one. */
import { SelectField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { hereZone } from "#design/time.tsx";
import { isTimeZone } from "../zone.ts";
import { words } from "./desk-words.ts";
import { timeOfDayText } from "./week-text.ts";
import style from "./hours-editor.module.css";

export function ZoneField(props: {
  readonly timeZone: string;
  readonly isWrong: boolean;
  readonly onChange: (timeZone: string) => void;
}) {
  const { timeZone, isWrong, onChange } = props;
  const here = hereZone();
  const zones = [...new Set([timeZone, here, ...Intl.supportedValuesOf("timeZone")])].toSorted();
  return (
    <div className={style["zone"]}>
      <SelectField
        label={words.zone.label}
        zone={readBy.community}
        hint={isTimeZone(timeZone) ? words.zone.hint(clockIn(timeZone)) : undefined}
        error={isWrong ? words.zone.fault : null}
        value={timeZone}
        options={zones.map((zone) => ({ value: zone, text: zoneText(zone) }))}
        onChange={onChange}
      />
      {isTimeZone(timeZone) && isElsewhere(timeZone, here) && (
        <p className={style["quiet"]}>{words.zone.elsewhere(zoneText(here))}</p>
      )}
    </div>
  );
}

const zoneText = (zone: string) => zone.replaceAll("_", " ");

function clockIn(timeZone: string): string {
  const { hour, minute } = Temporal.Now.zonedDateTimeISO(timeZone);
  return timeOfDayText(hour * 60 + minute);
}

function isElsewhere(timeZone: string, here: string): boolean {
  const now = Temporal.Now.instant();
  const offset = (zone: string) => now.toZonedDateTimeISO(zone).offsetNanoseconds;
  return offset(timeZone) !== offset(here);
}
