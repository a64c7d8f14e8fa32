/** More for those who want it, out of the way of those who don't. Opens by itself when printed. */
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import style from "./disclosure.module.css";

export function Disclosure({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className={style["disclosure"]}>
      <summary className={style["summary"]}>
        <Icon name="down" />
        {summary}
      </summary>
      <div className={style["body"]}>{children}</div>
    </details>
  );
}
