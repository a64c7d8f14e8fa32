/** The slope in words, with the range that fits as well; without six days it says what is missing. */
import { Disclosure } from "#design/disclosure.tsx";
import { Section } from "#design/section.tsx";
import type { Series } from "../series.ts";
import { slopeOf, type Slope } from "../slope.ts";
import { amountText } from "./number-text.ts";
import { words } from "./words.ts";

const DAYS_OF_A_MONTH = 365.25 / 12;
/** Under two months, a slope by the month would tell of time that has not passed. */
const DAYS_FOR_MONTHS = 60;

export function SlopeTold({ series }: { readonly series: Pick<Series, "readings"> }) {
  const { readings } = series;
  const slope = slopeOf(readings);
  if (slope === null) {
    const days = new Set(readings.map(({ day }) => day)).size;
    return (
      <Section title={words.slope.title}>
        <p>{words.slope.tooFew(days)}</p>
      </Section>
    );
  }
  const span = (Date.parse(readings.at(-1)!.day) - Date.parse(readings[0]!.day)) / 86_400_000;
  return (
    <Section title={words.slope.title}>
      <p>{sentenceOf(slope, span < DAYS_FOR_MONTHS ? "week" : "month")}</p>
      <Disclosure summary={words.slope.finePrint}>
        <p>{words.slope.method(slope.days, pText(slope.p), slope.isExact)}</p>
        <p>{words.slope.alike}</p>
      </Disclosure>
    </Section>
  );
}

function sentenceOf(slope: Slope, unit: "week" | "month"): string {
  const days = unit === "week" ? 7 : DAYS_OF_A_MONTH;
  const each = words.slope.each[unit];
  const [by, from, to] = [slope.perDay * days, slope.from * days, slope.to * days];
  const [near, far] = [from, to]
    .toSorted((a, b) => Math.abs(a) - Math.abs(b))
    .map((end) => amountText(end)) as [string, string];
  if (slope.leans) return words.slope.leans(by, amountText(by), each, near, far);
  if (from === 0 && to === 0) return words.slope.flat(each);
  return from <= 0 && to >= 0
    ? words.slope.unclear(amountText(from), amountText(to), each)
    : words.slope.unclearOneWay(by, near, far, each);
}

const pText = (p: number): string => (p < 0.001 ? "under 0.001" : p.toFixed(p < 0.1 ? 3 : 2));
