/** A filling to be read again: what it holds, beside last time's, printed, saved, removed; and what may come next. */
import { useState } from "react";
import { Link } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { Icon } from "#design/icon.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { saveFile } from "#design/save-file.ts";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import { CrisisHint, CrisisPanel } from "../../web/crisis-panel.tsx";
import { useCrisisWatch } from "../../web/crisis-watch.ts";
import { callsForCareIn, openSteps, typedIn } from "../walk.ts";
import { theOneBefore, toldOf, toMarkdown } from "../whole.ts";
import { AnswerText } from "./answer-text.tsx";
import { Comparing } from "./comparing.tsx";
import { hrefOf, type FetchedExercise } from "./exercise-content.ts";
import { backToExercises } from "./exercise-trouble.tsx";
import { RemoveFilling } from "./remove-filling.tsx";
import type { OpenFilling } from "./use-filling.ts";
import { words } from "./words.ts";
import style from "./finished.module.css";

export function Finished(props: {
  readonly fetched: FetchedExercise;
  readonly id: string;
  readonly open: OpenFilling;
  readonly onChange: () => void;
}) {
  const { fetched, id, open, onChange } = props;
  const { exercise } = fetched;
  const { filling } = open;
  const told = toldOf(exercise, filling);
  const before = theOneBefore({ ...filling, id }, open.all);
  const [isComparing, setIsComparing] = useState(false);
  const said = openSteps(exercise, filling);
  const heard = useCrisisWatch(...typedIn(said));
  const level = callsForCareIn(said) ? "explicit" : heard;
  const day = dayText(filling.begunOn, "full");
  const save = () => {
    const on = words.markdown.on(day);
    const text = toMarkdown(exercise, filling, { on, unfinished: words.markdown.unfinished });
    saveFile(words.done.fileName(exercise.id, filling.begunOn), "text/markdown", text);
  };
  return (
    <Page
      title={exercise.title}
      lead={filling.isFinished ? words.done.on(day) : words.done.unfinished}
      back={backToExercises}
      zone={readBy.onlyYou}
    >
      {(level === "explicit" || exercise.crisis === true) && (
        <CrisisPanel isBeforehand={level !== "explicit"} />
      )}
      {level === "possible" && exercise.crisis !== true && <CrisisHint />}
      <div className={style["says"]} data-print="never">
        {filling.isFinished &&
          exercise.after.says.map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
        <HandedOn open={open} exercise={exercise} />
      </div>
      {isComparing && before !== null ? (
        <Comparing exercise={exercise} earlier={before} later={filling} />
      ) : (
        <Section title={words.done.answers}>
          {told.length === 0 && <EmptyState text={words.done.nothing} />}
          {told.map(({ step, ask, markdown }) => (
            <div key={step} className={style["told"]}>
              <h3 className={style["ask"]}>{ask}</h3>
              <AnswerText markdown={markdown} />
            </div>
          ))}
        </Section>
      )}
      <div data-print="never" className={style["acts"]}>
        <Actions>
          {before !== null && (
            <Button aria-expanded={isComparing} onClick={() => setIsComparing(!isComparing)}>
              {isComparing ? words.done.noCompare : words.done.compare}
            </Button>
          )}
          <Button kind={filling.isFinished ? "secondary" : "primary"} onClick={onChange}>
            {filling.isFinished ? words.done.change : words.done.goOn}
          </Button>
          <Button icon={<Icon name="print" />} onClick={() => print()}>
            {words.done.print}
          </Button>
          <Button onClick={save}>{words.done.save}</Button>
        </Actions>
        <RemoveFilling exercise={exercise} id={id} open={open} />
      </div>
      <Next fetched={fetched} />
    </Page>
  );
}

function Next({ fetched: { exercise, titles } }: { readonly fetched: FetchedExercise }) {
  const next = (exercise.after.next ?? []).filter((name) => Object.hasOwn(titles, name));
  if (next.length === 0) return null;
  return (
    <div data-print="never">
      <Section title={words.done.next}>
        <ul className={style["next"]} role="list">
          {next.map((name) => (
            <li key={name}>
              <Link href={hrefOf(name)}>{titles[name]}</Link>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

/** Where what was taken on will be found. */
function HandedOn(props: {
  readonly open: OpenFilling;
  readonly exercise: FetchedExercise["exercise"];
}) {
  const to = props.exercise.steps.flatMap((step) =>
    step.kind === "promote" && (props.open.filling.promoted[step.id] ?? []).length > 0
      ? [step.to]
      : [],
  );
  return (
    <>
      {to.some((one) => one !== "ideas") && <p>{words.done.handedOn}</p>}
      {to.includes("ideas") && <p>{words.done.putBy}</p>}
    </>
  );
}
