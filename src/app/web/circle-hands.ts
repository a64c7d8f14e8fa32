/** What the circles keep, in the safe of whoever is here, and the stewards' log as the circles need it. */
import type { CircleKeeping, CircleStewards } from "#circles/web/keeping.ts";
import { base64urlToBytes, bytesToHex } from "#platform/bytes.ts";
import { moveOn, readKeyLog } from "#stewardship/web/logs.ts";
import { epochKeysIn } from "#stewardship/steward-log.ts";
import { collectionTag } from "#vault/web/keys.ts";
import type { LateKeeping } from "#vault/web/late-keeping.ts";
import type { Safe } from "#vault/web/safe.ts";

const CIRCLE = "circle";

export function circleKeeping(safe: Safe, late: LateKeeping): CircleKeeping {
  /** The same on every device of the member, and to the server as good as random. */
  const idOf = async (id: string): Promise<string> =>
    bytesToHex(base64urlToBytes(await collectionTag(safe.open, `circle ${id}`))!);
  return {
    read: async (id) => late.read(CIRCLE, await idOf(id)),
    keepLater: (id, value) => void idOf(id).then((place) => late.keepLater(CIRCLE, place, value)),
  };
}

const readBySafe = new WeakMap<Safe, CircleStewards>();

/** Read once for each time the safe is opened, and again where somebody has seen more. */
export async function readStewards(
  safe: Safe,
  isAnew: boolean,
): Promise<CircleStewards | null | "broken"> {
  const known = readBySafe.get(safe);
  if (known !== undefined && !isAnew) return known;
  const read = await readKeyLog(safe);
  if (read.at === "unread") return known ?? null;
  if (read.at !== "good") return "broken";
  await moveOn(safe, "steward-keys", read);
  const { state, entries } = read.content;
  const stewards: CircleStewards = {
    keysOf: (epoch) => epochKeysIn(entries, epoch),
    latest: state && { epoch: state.epoch, hpkeKey: state.epochKeys.hpkeKey },
  };
  readBySafe.set(safe, stewards);
  return stewards;
}
