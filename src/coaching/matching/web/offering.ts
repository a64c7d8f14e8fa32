/** The search as it was left, on the directory as it is now; and every way on from it, each with a way back. */
import { useMemo, useState } from "react";
import { useToast } from "#design/toast.tsx";
import type { Coach } from "../../directory/coach.ts";
import { relaxed } from "../relaxed.ts";
import type { Relaxation } from "../relaxation.ts";
import {
  rematch,
  resumeSearch,
  startSearch,
  type Found,
  type RematchReason,
  type Search,
} from "../search.ts";
import { useMatch, useOtherCoaches } from "./kept.ts";
import { words } from "./words.ts";

type OffersState =
  | { readonly at: "loading" }
  | { readonly at: "failed"; readonly why: string }
  | { readonly at: "shown"; readonly found: Found; readonly listed: number };

export interface Offering {
  readonly state: OffersState;
  readonly heading: { readonly title: string; readonly lead: string };
  readonly retry: () => void;
  /** This and the two below resolve when what follows is kept, and so shown. */
  readonly ask: (reason: RematchReason, told?: string) => Promise<void>;
  /** Does nothing for a wish that only the member can change. */
  readonly letGo: (relaxation: Relaxation) => Promise<void>;
  /** All who fit are shown once more, from the first. */
  readonly startOver: () => Promise<void>;
}

/** For a member whose search is under way. */
export function useOffers(): Offering {
  const { kept, put } = useMatch();
  const [index, load] = useOtherCoaches();
  const toast = useToast();
  const [now] = useState(() => Date.now());
  const [ranked] = useState(rememberingTheLast);

  const state = useMemo<OffersState>(() => {
    if (index.at !== "shown") return index;
    if (kept.at !== "searching") return { at: "loading" };
    const { coaches } = index;
    const found = ranked.resume(coaches, kept.search, now);
    return { at: "shown", found, listed: coaches.length };
  }, [index, kept, now, ranked]);

  const goOn = async (next: (search: Search) => Found, told: (found: Found) => string) => {
    if (state.at !== "shown") return;
    const found = next(state.found.search);
    ranked.note(coaches, found);
    await put({ at: "searching", search: found.search });
    toast({ text: told(found), undo: { text: words.undo, run: () => void put(kept) } });
  };
  const coaches = index.at === "shown" ? index.coaches : [];

  return {
    state,
    heading: headingOf(state),
    retry: () => void load(),
    ask: (reason, told) =>
      goOn(
        (search) => rematch(coaches, search, reason, now),
        ({ matching }) =>
          told ?? (matching.offers.length > 0 ? words.offers.passed : words.offers.passedLast),
      ),
    letGo: (relaxation) =>
      goOn(
        (search) => {
          const { preferences, round } = search;
          const next = relaxed(preferences, relaxation) ?? preferences;
          return resumeSearch(coaches, { ...search, preferences: next, round }, now);
        },
        () => words.offers.relaxed,
      ),
    startOver: async () => {
      if (state.at !== "shown") return;
      const { preferences, round } = state.found.search;
      const found = startSearch(coaches, preferences, round.seed, now);
      ranked.note(coaches, found);
      await put({ at: "searching", search: found.search });
    },
  };
}

/**
 * What a tap found is what the record that it leaves asks for a moment later: with ten thousand coaches it
 * would be felt to rank them a second time.
 */
function rememberingTheLast() {
  let last: { readonly coaches: readonly Coach[]; readonly found: Found } | null = null;
  return {
    note: (coaches: readonly Coach[], found: Found) => {
      last = { coaches, found };
    },
    resume: (coaches: readonly Coach[], search: Search, now: number): Found =>
      last?.coaches === coaches && isSame(last.found.search, search)
        ? last.found
        : resumeSearch(coaches, search, now),
  };
}

/** Both are plain data; where only the order of keys differs, ranking again is all it costs. */
const isSame = (a: Search, b: Search): boolean => JSON.stringify(a) === JSON.stringify(b);

function headingOf(state: OffersState): Offering["heading"] {
  const text = words.offers;
  if (state.at === "loading") return { title: text.title(3), lead: "" };
  if (state.at === "failed") return { title: text.title(3), lead: "" };
  const { offers, fitting, passedOver } = state.found.matching;
  if (offers.length === 0 && passedOver > 0)
    return { title: text.seenAll, lead: text.seenAllLead(passedOver) };
  return {
    title: text.title(offers.length),
    lead: state.listed === 0 ? text.nobodyYet : text.lead(fitting, offers.length),
  };
}
