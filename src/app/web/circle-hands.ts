/** What the circles keep, in the safe of whoever is here, and the stewards' log as the circles need it. */
import type { CircleKeeping, CircleStewards } from "#circles/web/keeping.ts";
import type { LateKeeping } from "#vault/web/late-keeping.ts";
import type { Safe } from "#vault/web/safe.ts";

export const circleKeeping = (late: LateKeeping): CircleKeeping => ({
  read: (id) => late.read(nameOf(id)),
  keepLater: (id, value) => void late.keepLater(nameOf(id), value),
});

const nameOf = (id: string): string => `circle ${id}`;

const stewardsLog = () =>
  Promise.all([import("#stewardship/web/logs.ts"), import("#stewardship/steward-log.ts")]);

/** What checks it is asked for beside the room that will read it. */
export function fetchStewardsLog(): void {
  // Where that fails, it fails again when it is read, and is told there.
  stewardsLog().catch(() => undefined);
}

const readBySafe = new WeakMap<Safe, CircleStewards>();

/**
 * Read once for each time the safe is opened, and again where somebody has seen more. Where it ended is kept when the
 * safe is next opened, as with everybody: written now it would tell that somebody is in a room.
 */
export async function readStewards(
  safe: Safe,
  isAnew: boolean,
): Promise<CircleStewards | null | "broken"> {
  const known = readBySafe.get(safe);
  if (known !== undefined && !isAnew) return known;
  const [{ readKeyLog }, { epochKeysIn }] = await stewardsLog();
  const read = await readKeyLog(safe);
  if (read.at === "unread") return known ?? null;
  if (read.at !== "good") return "broken";
  const { state, entries } = read.content;
  const stewards: CircleStewards = {
    keysOf: (epoch) => epochKeysIn(entries, epoch),
    latest: state && { epoch: state.epoch, hpkeKey: state.epochKeys.hpkeKey },
  };
  readBySafe.set(safe, stewards);
  return stewards;
}
