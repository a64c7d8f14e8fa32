/** A part of a screen under its own heading. */
import { useId, type ReactNode } from "react";
import style from "./section.module.css";

export interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}

export function Section({ title, lead, action, children }: SectionProps) {
  const id = useId();
  return (
    <section className={style["section"]} aria-labelledby={id}>
      <div className={style["head"]}>
        <h2 id={id}>{title}</h2>
        {action}
      </div>
      {lead !== undefined && <div className={style["lead"]}>{lead}</div>}
      {children}
    </section>
  );
}
