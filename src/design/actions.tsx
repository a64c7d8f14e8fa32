/** Buttons side by side; under one another where there is no room. */
import type { ReactNode } from "react";
import style from "./actions.module.css";

export function Actions({ children }: { children: ReactNode }) {
  return <div className={style["actions"]}>{children}</div>;
}
