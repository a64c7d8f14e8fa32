/** Who may do what in a circle, by their seat alone. */
import type { MemberLogEntry } from "../room/wire.ts";
import type { PlaceRow } from "./seat-store.ts";

const isOffered = ({ state }: Pick<PlaceRow, "state">): boolean => state === "offered";

/** Who lapsed comes back by an entry with a new badge. */
const mayRenew = ({ state }: Pick<PlaceRow, "state">): boolean =>
  state === "lapsed" || maySpeak({ state });

/** Whoever is offered a seat may read who sits there, and take it. */
export const mayReadLog = ({ state }: Pick<PlaceRow, "state">): boolean =>
  isOffered({ state }) || mayRenew({ state });

/** What an entry of the member log takes besides being right. */
export const mayExtend = (kind: MemberLogEntry["kind"]) =>
  kind === "joined" ? isOffered : kind === "renewed" ? mayRenew : maySpeak;

/** Also whoever takes part a little less for now; not who left, lapsed or was removed. */
export const maySpeak = ({ state }: Pick<PlaceRow, "state">): boolean =>
  state === "taken" || state === "paused";
