/** The shapes of the three verdicts, about 12 units wide round the origin: diamond, ring in a square, dot. */
import type { Verdict } from "./trend-chart.tsx";
import style from "./trend-chart.module.css";

export function VerdictMark({ verdict }: { verdict: Verdict | undefined }) {
  switch (verdict) {
    case "improved":
      return <path className={style["solid"]} d="M0-7 7 0 0 7-7 0Z" />;
    case "worsened":
      return <rect className={style["hollow"]} x={-5.5} y={-5.5} width={11} height={11} />;
    case "no-clear-change":
    case undefined:
      return <circle className={style["solid"]} r={5} />;
  }
}
