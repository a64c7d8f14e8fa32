/** How far along a form of several screens is: a quiet line, not a count-down. */
import { words } from "./words.ts";
import style from "./steps.module.css";

export function Steps({ at, of, text }: { at: number; of: number; text: string }) {
  return (
    <div className={style["steps"]}>
      <p className={style["text"]}>
        <span>{text}</span>
        <span className={style["count"]}>{words.stepOf(at, of)}</span>
      </p>
      <div className={style["track"]} aria-hidden="true">
        <div className={style["done"]} style={{ inlineSize: `${(100 * at) / of}%` }} />
      </div>
    </div>
  );
}
