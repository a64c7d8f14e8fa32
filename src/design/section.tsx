/** A part of a screen under its own heading. */
import { useId, type ReactNode } from "react";
import type { Readership } from "./readership.ts";
import { ZoneNote, ZoneSaid } from "./zone-mark.tsx";
import style from "./section.module.css";

export interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly action?: ReactNode;
  /** Who can read what is typed in this part, where that is another answer than the page's. */
  readonly zone?: Readership | undefined;
  readonly children?: ReactNode;
}

export function Section({ title, lead, action, zone, children }: SectionProps) {
  const id = useId();
  return (
    <section className={style["section"]} aria-labelledby={id}>
      <div className={style["head"]}>
        <h2 id={id}>{title}</h2>
        {zone !== undefined && <ZoneNote of={zone} id={`${id}-zone`} />}
        {action}
      </div>
      {lead !== undefined && <div className={style["lead"]}>{lead}</div>}
      <ZoneSaid zone={zone}>{children}</ZoneSaid>
    </section>
  );
}
