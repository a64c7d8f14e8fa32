/** What a later check-in says beside the earlier ones. A move that chance could make is called no change. */
import { Link } from "wouter";
import { VerdictMark } from "#design/chart/verdict-mark.tsx";
import { Section } from "#design/section.tsx";
import type { DimensionTold } from "../result.ts";
import { words } from "./words.ts";
import style from "./result.module.css";

export function ResultChange({ told }: { readonly told: readonly DimensionTold[] }) {
  const later = told.filter(({ trend }) => trend.latest !== null);
  const moved = later.filter(isWorthASentence);
  const unclear = later.filter((one) => !isWorthASentence(one));
  return (
    <Section title={words.result.since}>
      {moved.length === 0 ? (
        <p>{words.result.sinceUnclear}</p>
      ) : (
        <ul className={style["moved"]}>
          {moved.map(({ dimension, trend }) => (
            <li key={dimension.id}>
              <svg className={style["mark"]} viewBox="-9 -9 18 18" aria-hidden="true">
                <VerdictMark verdict={trend.latest?.state} />
              </svg>
              <span>{trend.sentence}</span>
            </li>
          ))}
          {unclear.length > 0 && (
            <li>
              <svg className={style["mark"]} viewBox="-9 -9 18 18" aria-hidden="true">
                <VerdictMark verdict="no-clear-change" />
              </svg>
              <span>
                {words.result.restUnclear(
                  unclear.map(({ dimension }) => dimension.name).join(", "),
                )}
              </span>
            </li>
          )}
        </ul>
      )}
      <p>
        <Link href="/reflect/trend" className={style["link"]}>
          {words.result.overTime}
        </Link>
      </p>
    </Section>
  );
}

/** A change, or a slow drift that no single step shows. */
const isWorthASentence = ({ trend }: DimensionTold): boolean =>
  trend.latest !== null && (trend.latest.state !== "no-clear-change" || trend.drift !== null);
