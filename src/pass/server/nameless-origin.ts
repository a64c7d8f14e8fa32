/**
 * The Origin as of now: made anew when the log has grown or a key's standing has changed, whichever node it
 * was that changed it. Asking costs one small query, and no wake-up can be missed.
 */
import { isDeepStrictEqual } from "node:util";
import type { Community } from "../challenge.ts";
import { readKeyLog, type KeyLog } from "../key-log.ts";
import { makeOrigin, type KeyUse, type Origin } from "./origin.ts";
import { keyStates, loggedEntries, type KeyState, type NamelessPassDb } from "./nameless-store.ts";

interface NamelessLog {
  readonly log: KeyLog;
  /** In the order of the log. */
  readonly states: readonly KeyState[];
  readonly origin: Origin;
}

export type CurrentLog = () => Promise<NamelessLog>;

/** `community`: as the named side fixed it at its first start. */
export function makeCurrentLog(db: NamelessPassDb, community: Community): CurrentLog {
  let current: NamelessLog | null = null;
  return async () => {
    const states = await keyStates(db);
    if (isDeepStrictEqual(states, current?.states)) return current!;
    // It only grows: what came in between the two questions is met by the next.
    const entries = (await loggedEntries(db)).slice(0, states.length);
    const log = readKeyLog(entries);
    if (!log.ok) throw new Error(`The key log can't be read: ${log.refusal.type}`);
    const origin = makeOrigin(log.value, community, (at) => useOf(states[at]!));
    current = { log: log.value, states, origin };
    return current;
  };
}

export function useOf({ standing, opened }: KeyState): KeyUse {
  if (standing === "over") return "over";
  return standing === "counts" && opened ? "begins" : "goes-on";
}
