/** What stands where nothing is yet: one sentence that teaches and one thing to do. */
import type { ReactNode } from "react";
import style from "./empty-state.module.css";

export function EmptyState(props: {
  title?: string | undefined;
  text: string;
  action?: ReactNode;
}) {
  return (
    <div className={style["empty"]}>
      {props.title !== undefined && <h2>{props.title}</h2>}
      <p>{props.text}</p>
      {props.action}
    </div>
  );
}
