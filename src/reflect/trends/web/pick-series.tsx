/** Where a measure comes from, and then which one: only sources that have something are offered. */
import { Choice } from "#design/choice.tsx";
import { SelectField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import type { Series } from "../series.ts";
import { words } from "./words.ts";
import style from "./trend.module.css";

type Source = keyof typeof words.sources;

export function PickSeries(props: {
  readonly all: readonly Series[];
  readonly picked: Series;
  readonly onPick: (id: string) => void;
}) {
  const { all, picked, onPick } = props;
  const bySource = Map.groupBy(all, sourceOf);
  const source = sourceOf(picked);
  const measures = bySource.get(source) ?? [];
  const first = (value: string) => bySource.get(value as Source)?.[0]?.id;
  return (
    <div className={style["pick"]} data-print="never">
      {bySource.size > 1 && (
        <Choice
          label={words.which}
          zone={readBy.onlyYou}
          columns={2}
          options={[...bySource.keys()].map((value) => ({ value, text: words.sources[value] }))}
          value={source}
          onChange={(value) => onPick(first(value) ?? picked.id)}
        />
      )}
      <SelectField
        label={words.measure}
        zone={readBy.onlyYou}
        options={measures.map(({ id, name, within }) => ({
          value: id,
          text: source === "full" || source === "pulse" ? name : words.within(name, within),
        }))}
        value={picked.id}
        onChange={onPick}
      />
    </div>
  );
}

/** Check-ins and pulses ask different questions, so they are chosen apart. */
const sourceOf = ({ source, id }: Series): Source =>
  source !== "check-in" ? source : id.startsWith("check-in pulse ") ? "pulse" : "full";
