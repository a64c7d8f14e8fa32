/**
 * Opens in the page when words or answers say that somebody may not want to live: whom to call, and that
 * nobody has been told. It asks nothing, waits for nothing, and never stands in the way.
 */
import { useId } from "react";
import { Link } from "wouter";
import lines from "virtual:content/crisis/lines";
import { linesFor } from "../crisis.ts";
import { CrisisLineCard } from "./crisis-line.tsx";
import { words } from "./crisis-words.ts";
import { useCountry } from "./home-country.ts";
import style from "./crisis.module.css";

/** `isBeforehand`: nothing called for it, it stands at the head of what may stir something up. */
export function CrisisPanel({ isBeforehand = false }: { readonly isBeforehand?: boolean }) {
  const id = useId();
  const [country] = useCountry();
  const { emergency, anyone, doctors } = linesFor(country, lines);
  const shown = [emergency[0], anyone[0], doctors[0]].filter((line) => line !== undefined);
  return (
    <section className={style["panel"]} aria-labelledby={id}>
      <h2 id={id}>{words.panel.title}</h2>
      <p>{isBeforehand ? words.panel.beforehand : words.panel.lead}</p>
      <p className={style["untold"]}>{words.panel.untold}</p>
      <ul className={style["lines"]}>
        {shown.map((line) => (
          <CrisisLineCard key={line.id} line={line} unverifiedNote={lines.unverifiedNote} brief />
        ))}
      </ul>
      <p className={style["more"]}>
        <Link href="/crisis">{words.panel.all}</Link>
      </p>
    </section>
  );
}

/** For signs that may mean something else: one quiet line with the way there. */
export function CrisisHint() {
  return (
    <p className={style["hint"]}>
      {words.hint.text} <Link href="/crisis">{words.hint.link}</Link>
    </p>
  );
}
