/** Fetching an exercise when it is opened; what was fetched once stays for the visit. */
import { useEffect, useState } from "react";
import { fetches, lines } from "virtual:content/exercises";
import { fetchedTogether } from "#library/web/fetched-together.ts";
import type { Exercise } from "../exercise.ts";
import type { ExerciseLine } from "../exercise-index.ts";

export interface FetchedExercise {
  readonly exercise: Exercise;
  /** Of what it names as next, by address in content/: those that exist. */
  readonly titles: Readonly<Record<string, string>>;
}

export type Fetching =
  | { readonly at: "fetching" }
  | ({ readonly at: "open" } & FetchedExercise)
  | { readonly at: "unknown" }
  | { readonly at: "failed"; readonly onTryAgain: () => void };

export const exerciseLines: readonly ExerciseLine[] = lines;

export const lineNamed = (id: string): ExerciseLine | null =>
  lines.find((line) => line.id === id) ?? null;

const fetched = new Map<string, FetchedExercise>();

/** Null where there is no such exercise; throws where it can't be fetched now. */
export async function fetchExercise(id: string): Promise<FetchedExercise | null> {
  const known = fetched.get(id);
  if (known !== undefined) return known;
  const byLanguage = Object.hasOwn(fetches, id) ? fetches[id]! : null;
  if (byLanguage === null) return null;
  const { default: exercise, titles } = await fetchedTogether(
    inLanguage(byLanguage),
    Object.values(fetches).map(inLanguage),
  );
  fetched.set(id, { exercise, titles });
  return { exercise, titles };
}

const inLanguage = (byLanguage: (typeof fetches)[string]) =>
  byLanguage[document.documentElement.lang] ?? Object.values(byLanguage)[0]!;

export function useExercise(id: string): Fetching {
  const [state, setState] = useState<Fetching & { readonly id: string }>(() => at(id));
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    if (tries > 0) setState({ at: "fetching", id });
    const tell = (next: Fetching) => isCurrent && setState({ ...next, id });
    fetchExercise(id).then(
      (found) => tell(found === null ? { at: "unknown" } : { at: "open", ...found }),
      () => tell({ at: "failed", onTryAgain: () => setTries((count) => count + 1) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [id, tries]);
  return state.id === id ? state : at(id);
}

function at(id: string): Fetching & { readonly id: string } {
  const known = fetched.get(id);
  return known === undefined ? { at: "fetching", id } : { at: "open", id, ...known };
}

/** Where content that is named in an exercise is read. */
export function hrefOf(name: string): string {
  const [, folder = "", id = ""] = /^([a-z]+)\/(.*)$/.exec(name) ?? [];
  if (folder === "exercises") return `/reflect/exercise/${id}`;
  return folder === "paths" ? `/plan/path/${id}` : `/${name}`;
}
