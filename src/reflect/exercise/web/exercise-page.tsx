/** One exercise, before it is begun: what it is for, what is known about it, what was written before. */
import { lazy, Suspense, useState } from "react";
import { Link, useParams } from "wouter";
import { Actions } from "#design/actions.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import { EvidenceCard } from "#library/web/evidence.tsx";
import { newRecordId } from "#vault/web/safe.ts";
import { CrisisPanel } from "../../web/crisis-panel.tsx";
import type { Exercise } from "../exercise.ts";
import { seriesOf } from "../series.ts";
import { useExercise } from "./exercise-content.ts";
import { backToExercises, ExerciseTrouble } from "./exercise-trouble.tsx";
import { useFillings, type KeptFilling } from "./kept-exercises.ts";
import { words } from "./words.ts";
import style from "./exercise-page.module.css";

const SeriesPicture = lazy(async () => ({
  default: (await import("./series-picture.tsx")).SeriesPicture,
}));

export function ExercisePage() {
  const { id } = useParams<{ id: string }>();
  const fetching = useExercise(id);
  return fetching.at === "open" ? (
    <OpenPage exercise={fetching.exercise} />
  ) : (
    <ExerciseTrouble fetching={fetching} />
  );
}

function OpenPage({ exercise }: { readonly exercise: Exercise }) {
  const fillings = useFillings().filter((filling) => filling.exercise === exercise.id);
  const begun = fillings.find(({ isFinished }) => !isFinished) ?? null;
  const { from, to } = exercise.minutes;
  const series = seriesOf(exercise, fillings);
  return (
    <Page
      title={exercise.title}
      lead={exercise.inOneLine}
      back={backToExercises}
      zone={readBy.onlyYou}
      action={<Ways exercise={exercise} begun={begun} isFirst={fillings.length === 0} />}
    >
      {exercise.crisis === true && <CrisisPanel isBeforehand />}
      <div className={style["about"]}>
        {exercise.about.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <p className={style["quiet"]}>
          {words.page.minutes(from, to)}, {words.page.rhythms[exercise.rhythm]}.{" "}
          {words.page.nobodyAsks}
        </p>
      </div>
      {begun !== null && <p>{words.page.kept(dayText(begun.begunOn, "short"))}</p>}
      {exercise.stop !== undefined && (
        <Section title={words.page.stop}>
          <p>{exercise.stop}</p>
        </Section>
      )}
      {series.length > 0 && (
        <Section title={words.page.moved}>
          <Suspense fallback={null}>
            {series.map((one) => (
              <SeriesPicture key={one.step} series={one} />
            ))}
          </Suspense>
        </Section>
      )}
      {fillings.length > 0 && (
        <Section title={words.page.earlier}>
          <Earlier fillings={fillings} />
        </Section>
      )}
      {exercise.evidence !== undefined && (
        <Section title={words.page.evidence}>
          {exercise.evidence.map((evidence) => (
            <EvidenceCard key={evidence.says} evidence={evidence} />
          ))}
        </Section>
      )}
    </Page>
  );
}

function Ways(props: {
  readonly exercise: Exercise;
  readonly begun: KeptFilling | null;
  readonly isFirst: boolean;
}) {
  const { exercise, begun, isFirst } = props;
  const [newId] = useState(newRecordId);
  const anew = `/reflect/exercise/${exercise.id}/${newId}`;
  if (begun === null)
    return (
      <LinkButton kind="primary" href={anew}>
        {isFirst ? words.page.begin : words.page.again}
      </LinkButton>
    );
  return (
    <Actions>
      <LinkButton kind="primary" href={`/reflect/exercise/${exercise.id}/${begun.id}`}>
        {words.page.goOn}
      </LinkButton>
      <LinkButton href={anew}>{words.page.anew}</LinkButton>
    </Actions>
  );
}

function Earlier({ fillings }: { readonly fillings: readonly KeptFilling[] }) {
  return (
    <ul className={style["earlier"]} role="list">
      {fillings.map(({ id, exercise, begunOn, isFinished }) => (
        <li key={id}>
          <Link href={`/reflect/exercise/${exercise}/${id}`} className={style["row"]}>
            <span>{dayText(begunOn, "full")}</span>
            <span className={style["quiet"]}>
              {isFinished ? words.page.finished : words.page.unfinished}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
