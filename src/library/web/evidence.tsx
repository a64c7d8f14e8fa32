/** A claim with the study it leans on, how many took part, and what it cannot tell. Never one without the others. */
import type { Evidence } from "../prose.ts";
import { words } from "./words.ts";
import style from "./evidence.module.css";

export function EvidenceCard({ evidence }: { readonly evidence: Evidence }) {
  const { says, limits, source } = evidence;
  const named = words.source(source.study, source.year);
  return (
    <div className={style["evidence"]}>
      <p>{says}</p>
      <p className={style["limits"]}>
        <span className={style["label"]}>{words.limits}:</span> {limits}
      </p>
      <p className={style["source"]}>
        {source.url === undefined ? (
          named
        ) : (
          <a href={source.url} rel="noreferrer">
            {named}
          </a>
        )}
        {", "}
        {source.n === null ? words.unknownPeople : words.people(source.n.toLocaleString())}.
        {source.seen === "memory" && ` ${words.fromMemory}`}
      </p>
    </div>
  );
}
