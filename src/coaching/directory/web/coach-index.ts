/** The coach index on this device: fetched once, kept by the browser, asked again with its tag. */
import { useCallback, useEffect, useState } from "react";
import * as v from "valibot";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { coachIndexSchema, type Coach } from "../coach.ts";
import { readCoaches } from "../contract.ts";

export type CoachIndexState =
  | { readonly at: "loading" }
  | { readonly at: "shown"; readonly coaches: readonly Coach[] }
  | { readonly at: "failed"; readonly why: string };

let known: readonly Coach[] | null = null;

export function useCoaches(): [CoachIndexState, () => Promise<void>] {
  const [state, setState] = useState<CoachIndexState>(
    known === null ? { at: "loading" } : { at: "shown", coaches: known },
  );
  const load = useCallback(async () => {
    const read = await call(readCoaches, {});
    if (read.ok) {
      known = read.value.coaches;
      setState({ at: "shown", coaches: known });
      return;
    }
    known ??= await readKept();
    setState(
      known === null
        ? { at: "failed", why: refusalToWords(read.refusal) }
        : { at: "shown", coaches: known },
    );
  }, []);
  useEffect(() => void load(), [load]);
  return [state, load];
}

/** Without a connection: the file as the browser kept it. It asks nobody, and answers only if it is there. */
async function readKept(): Promise<readonly Coach[] | null> {
  try {
    const kept = await fetch(readCoaches.path, { cache: "only-if-cached", mode: "same-origin" });
    const read = kept.ok ? v.safeParse(coachIndexSchema, await kept.json()) : null;
    return read?.success === true ? read.output.coaches : null;
  } catch {
    return null;
  }
}
