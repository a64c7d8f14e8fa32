/** The comparison in words: the two middles, the verdict if there can be one, how often the later one is better. */
import { decimalsOf } from "../decimals.ts";
import { comparePeriods, type Period, type PeriodsCompared } from "../periods.ts";
import type { Series } from "../series.ts";
import { toText } from "./number-text.ts";
import { words } from "./words.ts";
import style from "./trend.module.css";

export function PeriodsTold(props: {
  readonly series: Series;
  readonly earlier: Period;
  readonly later: Period;
  readonly names: readonly [string, string];
}) {
  const { series, earlier, later, names } = props;
  const compared = comparePeriods(series, earlier, later);
  if (compared === null) return <p>{words.compare.empty}</p>;
  const show = (value: number) => toText(value, decimalsOf(series.range));
  const { by, nap } = compared;
  const [a, b] = [show(compared.earlier.median), show(compared.later.median)];
  return (
    <>
      <p>{words.compare.told(names[0], a, names[1], b, a === b ? 0 : by, show(Math.abs(by)))}</p>
      <p>{verdictText(compared, series)}</p>
      {nap === null ? (
        <p className={style["quiet"]}>{words.compare.tooFewPairs}</p>
      ) : (
        <p>
          {words.compare.pairs(
            nap.pairs,
            toText(nap.better, 1),
            `${Math.round(nap.share * 100)} %`,
          )}
        </p>
      )}
      <p className={style["quiet"]}>
        {words.compare.count(names[0], compared.earlier.count)}{" "}
        {words.compare.count(names[1], compared.later.count)} {words.compare.notBecause}
      </p>
    </>
  );
}

function verdictText({ state, threshold }: PeriodsCompared, series: Series): string {
  if (state === "not-known" || threshold === null) return words.compare.notKnown;
  const unit = 10 ** decimalsOf(series.range);
  return words.compare.verdicts[state](toText(Math.ceil(threshold * unit) / unit, 1));
}
