/** Who may do what in a circle, by their seat alone. */
import type { PlaceRow } from "./seat-store.ts";

export const isOffered = ({ state }: Pick<PlaceRow, "state">): boolean => state === "offered";

/** Whoever is offered a seat may read who sits there, and take it. */
export const mayReadLog = ({ state }: Pick<PlaceRow, "state">): boolean =>
  isOffered({ state }) || maySpeak({ state });

/** Also whoever takes part a little less for now; not who left, lapsed or was removed. */
export const maySpeak = ({ state }: Pick<PlaceRow, "state">): boolean =>
  state === "taken" || state === "paused";
