/** The shelves: what was begun first, then eight shelves that open on a tap. Searching looks through all of them. */
import { useState } from "react";
import { Link } from "wouter";
import { Disclosure } from "#design/disclosure.tsx";
import { TextField } from "#design/field.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import { SHELVES } from "../exercise.ts";
import { linesMatching, type ExerciseLine } from "../exercise-index.ts";
import { exerciseLines, lineNamed } from "./exercise-content.ts";
import { useFillings, type KeptFilling } from "./kept-exercises.ts";
import { words } from "./words.ts";
import style from "./exercises.module.css";

const backToReflect = { href: "/reflect", text: words.reflect };

export function Exercises() {
  const [wanted, setWanted] = useState("");
  const isSearching = wanted.trim() !== "";
  const found = isSearching ? linesMatching(exerciseLines, wanted) : [];
  return (
    <Page title={words.shelf.title} lead={words.shelf.lead} back={backToReflect}>
      <div role="search">
        <TextField
          type="search"
          label={words.shelf.search}
          zone={readBy.neverSent}
          autoComplete="off"
          value={wanted}
          onChange={setWanted}
        />
      </div>
      <div role="status" className={style["found"]}>
        {isSearching && <p>{words.shelf.found(found.length)}</p>}
      </div>
      {isSearching ? <Lines lines={found} /> : <Shelves />}
    </Page>
  );
}

function Shelves() {
  const begun = useFillings().filter(({ isFinished }) => !isFinished);
  return (
    <>
      {begun.length > 0 && (
        <Section title={words.shelf.begun}>
          <Begun fillings={begun} />
        </Section>
      )}
      <div className={style["shelves"]}>
        {SHELVES.map((shelf) => {
          const lines = exerciseLines.filter((line) => line.shelf === shelf);
          const { name, about } = words.shelf.shelves[shelf];
          return (
            lines.length > 0 && (
              <Disclosure key={shelf} summary={name}>
                <p className={style["about"]}>{about}</p>
                <Lines lines={lines} />
              </Disclosure>
            )
          );
        })}
      </div>
    </>
  );
}

function Begun({ fillings }: { readonly fillings: readonly KeptFilling[] }) {
  return (
    <ul className={style["lines"]} role="list">
      {fillings.flatMap(({ id, exercise, begunOn }) => {
        const line = lineNamed(exercise);
        return line === null
          ? []
          : [
              <li key={id}>
                <Link href={`/reflect/exercise/${exercise}/${id}`} className={style["line"]}>
                  <span className={style["title"]}>{line.title}</span>
                  <span className={style["meta"]}>
                    {words.shelf.begunOn(dayText(begunOn, "short"))}
                  </span>
                </Link>
              </li>,
            ];
      })}
    </ul>
  );
}

function Lines({ lines }: { readonly lines: readonly ExerciseLine[] }) {
  return (
    <ul className={style["lines"]} role="list">
      {lines.map(({ id, title, inOneLine, minutes }) => (
        <li key={id}>
          <Link href={`/reflect/exercise/${id}`} className={style["line"]}>
            <span className={style["title"]}>{title}</span>
            <span className={style["meta"]}>{words.shelf.minutes(minutes.from, minutes.to)}</span>
            <span className={style["says"]}>{inOneLine}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
