/** The coach index on this device: fetched once, kept by the browser, asked again with its tag. */
import { useCallback, useEffect, useState } from "react";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import type { Coach } from "../coach.ts";
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
    } else if (known === null) setState({ at: "failed", why: refusalToWords(read.refusal) });
  }, []);
  useEffect(() => void load(), [load]);
  return [state, load];
}
