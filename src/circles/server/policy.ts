/** Who may do what in a circle, by their seat alone. */
import type { PlaceRow } from "./seat-store.ts";

/** Also whoever takes part a little less for now; not who left, lapsed or was removed. */
export const maySpeak = ({ state }: Pick<PlaceRow, "state">): boolean =>
  state === "taken" || state === "paused";
