/** One filling of an exercise: its steps while it is filled in, and what it holds once it is finished. */
import { useState } from "react";
import { useParams } from "wouter";
import { PageSkeleton } from "#design/skeleton.tsx";
import type { FetchedExercise } from "./exercise-content.ts";
import { useExercise } from "./exercise-content.ts";
import { ExerciseTrouble } from "./exercise-trouble.tsx";
import { Finished } from "./finished.tsx";
import { Runner } from "./runner.tsx";
import { useFilling, type OpenFilling } from "./use-filling.ts";
import { words } from "./words.ts";

export function FillingRoom() {
  const { id, record } = useParams<{ id: string; record: string }>();
  const fetching = useExercise(id);
  if (fetching.at !== "open") return <ExerciseTrouble fetching={fetching} />;
  // A record's name is 32 hex digits; an address that somebody mistyped is no place to write to.
  if (!/^[0-9a-f]{32}$/.test(record)) return <ExerciseTrouble fetching={{ at: "unknown" }} />;
  return <Kept key={record} fetched={fetching} id={record} />;
}

function Kept({ fetched, id }: { readonly fetched: FetchedExercise; readonly id: string }) {
  const open = useFilling(fetched.exercise, id);
  return open === null ? (
    <PageSkeleton label={words.fetching} />
  ) : (
    <Open fetched={fetched} id={id} open={open} />
  );
}

function Open(props: {
  readonly fetched: FetchedExercise;
  readonly id: string;
  readonly open: OpenFilling;
}) {
  const { fetched, id, open } = props;
  const [isChanging, setIsChanging] = useState(!open.filling.isFinished);
  return isChanging ? (
    <Runner
      exercise={fetched.exercise}
      id={id}
      open={open}
      onFinished={() => setIsChanging(false)}
      onOverview={() => setIsChanging(false)}
    />
  ) : (
    <Finished fetched={fetched} id={id} open={open} onChange={() => setIsChanging(true)} />
  );
}
