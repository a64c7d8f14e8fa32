/** Two periods of one series: picked by an event or by dates, told with what chance alone could make of them. */
import { useState } from "react";
import { SelectField, TextField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { arePeriodsApart, periodsAround, type Period } from "../periods.ts";
import type { Series } from "../series.ts";
import type { KeptEvent } from "./kept-events.ts";
import { PeriodsTold } from "./periods-told.tsx";
import { words } from "./words.ts";
import style from "./trend.module.css";

interface Dates {
  readonly from: string;
  readonly to: string;
}
const OWN = "own";
const NO_DATES: Dates = { from: "", to: "" };

export function ComparePeriods(props: {
  readonly series: Series;
  readonly events: readonly KeptEvent[];
}) {
  const { series, events } = props;
  const [picked, setPicked] = useState("");
  const [earlier, setEarlier] = useState(NO_DATES);
  const [later, setLater] = useState(NO_DATES);
  const offers = events.flatMap((event) =>
    periodsAround(event).map((pair) => ({
      ...pair,
      value: `${event.id} ${pair.when}`,
      text: words.compare[pair.when](event.text),
    })),
  );
  const offer = offers.find(({ value }) => value === picked);
  const value = offer === undefined && picked !== OWN ? "" : picked;
  return (
    <Section title={words.compare.title} lead={words.compare.lead}>
      <div data-print="never">
        <SelectField
          label={words.compare.which}
          zone={readBy.neverSent}
          emptyText={words.compare.pick}
          options={[...offers, { value: OWN, text: words.compare.own }]}
          value={value}
          onChange={setPicked}
        />
      </div>
      {value === OWN && (
        <div className={style["periods"]} data-print="never">
          <PeriodFields legend={words.compare.earlier} dates={earlier} onChange={setEarlier} />
          <PeriodFields legend={words.compare.later} dates={later} onChange={setLater} />
        </div>
      )}
      <div role="status" className={style["told"]}>
        {offer !== undefined && (
          <PeriodsTold {...offer} series={series} names={words.compare.names[offer.when]} />
        )}
        {value === OWN && <OwnPeriodsTold {...{ series, earlier, later }} />}
      </div>
    </Section>
  );
}

function OwnPeriodsTold(props: {
  readonly series: Series;
  readonly earlier: Dates;
  readonly later: Dates;
}) {
  const [earlier, later] = [props.earlier, props.later].map(datesToPeriod) as [Period, Period];
  if ([earlier.from, earlier.to, later.from, later.to].includes(null))
    return <p className={style["quiet"]}>{words.compare.needDates}</p>;
  if (!arePeriodsApart(earlier, later)) return <p>{words.compare.notApart}</p>;
  return (
    <PeriodsTold {...{ earlier, later }} series={props.series} names={words.compare.names.own} />
  );
}

const datesToPeriod = ({ from, to }: Dates): Period => ({
  from: from === "" ? null : from,
  to: to === "" ? null : to,
});

function PeriodFields(props: {
  readonly legend: string;
  readonly dates: Dates;
  readonly onChange: (dates: Dates) => void;
}) {
  const { legend, dates, onChange } = props;
  return (
    <fieldset className={style["period"]}>
      <legend>{legend}</legend>
      <TextField
        type="date"
        label={words.compare.from}
        zone={readBy.neverSent}
        value={dates.from}
        onChange={(from) => onChange({ ...dates, from })}
      />
      <TextField
        type="date"
        label={words.compare.to}
        zone={readBy.neverSent}
        value={dates.to}
        onChange={(to) => onChange({ ...dates, to })}
      />
    </fieldset>
  );
}
