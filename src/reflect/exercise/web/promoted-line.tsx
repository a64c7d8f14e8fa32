/** One thing that was taken on: its words, where it came from, and what can be done with it. */
import type { ReactNode } from "react";
import { dayText } from "#design/time.tsx";
import type { KeptPromoted } from "../promoted.ts";
import { lineNamed } from "./exercise-content.ts";
import style from "./promoted.module.css";

export function PromotedLine(props: {
  readonly promoted: KeptPromoted;
  readonly from: (title: string, day: string) => string;
  readonly fromUnknown: (day: string) => string;
  readonly mark?: string | undefined;
  readonly children: ReactNode;
}) {
  const { promoted, mark } = props;
  const title = lineNamed(promoted.from.exercise)?.title;
  const day = dayText(promoted.on, "short");
  return (
    <li className={style["line"]}>
      <p className={style["text"]}>
        {mark !== undefined && <span className={style["mark"]}>{mark}</span>} {promoted.text}
      </p>
      <p className={style["from"]}>
        {title === undefined ? props.fromUnknown(day) : props.from(title, day)}
      </p>
      <div className={style["acts"]}>{props.children}</div>
    </li>
  );
}
