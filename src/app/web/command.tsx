/** A line to type into a terminal. */
import style from "./command.module.css";

export function Command({ text }: { text: string }) {
  return (
    <code className={style["command"]}>
      <span aria-hidden="true" className={style["prompt"]} />
      {text}
    </code>
  );
}
