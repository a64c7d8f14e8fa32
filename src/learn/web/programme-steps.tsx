/** A programme's exercises in order, each with why it stands there and how far the reader is with it. */
import { Link } from "wouter";
import { Icon } from "#design/icon.tsx";
import { Section } from "#design/section.tsx";
import type { Programme } from "../front-matter.ts";
import { contentHref } from "../learn-text.ts";
import { entriesNamed } from "./entry-cards.tsx";
import { words } from "./words.ts";
import style from "./learn.module.css";

/** Exercises that were begun, and among them those that were finished at least once. */
export interface ExerciseStanding {
  readonly begun: ReadonlySet<string>;
  readonly done: ReadonlySet<string>;
}

export function ProgrammeSteps(props: {
  readonly programme: Programme;
  readonly standing: ExerciseStanding;
}) {
  const { exercises } = props.programme;
  const { begun, done } = props.standing;
  const doneHere = exercises.filter(({ exercise }) => done.has(exercise)).length;
  return (
    <Section title={words.programme.steps} lead={words.programme.stepsLead}>
      {doneHere > 0 && (
        <p className={style["meta"]}>{words.programme.standing(doneHere, exercises.length)}</p>
      )}
      <ol className={style["steps"]}>
        {exercises.map(({ exercise, why }, place) => {
          const [entry] = entriesNamed([`exercises/${exercise}`]);
          const at = done.has(exercise) ? "done" : begun.has(exercise) ? "begun" : null;
          return (
            <li key={exercise} className={style["step"]} data-at={at ?? undefined}>
              <span className={style["stepPlace"]} aria-hidden="true">
                {at === "done" ? <Icon name="check" /> : place + 1}
              </span>
              <span className={style["stepText"]}>
                <Link href={contentHref(`exercises/${exercise}`)}>{entry?.title ?? exercise}</Link>
                {at !== null && <span className={style["stepAt"]}> {words.programme[at]}</span>}
                <span>{why}</span>
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
