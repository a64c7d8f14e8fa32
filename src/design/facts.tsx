/** Names of things and what they are, side by side. */
import type { ReactNode } from "react";
import style from "./facts.module.css";

export interface Fact {
  readonly term: string;
  readonly value: ReactNode;
}

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={style["facts"]}>
      {facts.map(({ term, value }) => (
        <div key={term} className={style["fact"]}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
