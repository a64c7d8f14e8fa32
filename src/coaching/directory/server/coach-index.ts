/**
 * The file of all published coaches, composed once and kept until a change is told. A word from another
 * node can be lost with its connection, so the file is composed anew now and then all the same.
 */
import { today, type CoachingDeps } from "../../server/deps.ts";
import type { CoachIndex } from "../coach.ts";
import { presentCard } from "./present.ts";
import { credentialsByCoach, profilesIn, windowsByCoach } from "./store.ts";

export interface KeptIndex {
  readonly read: () => Promise<CoachIndex>;
  readonly forget: () => void;
}

const KEPT_FOR_MS = 5 * 60_000;

export async function makeCoachIndex(
  deps: Pick<CoachingDeps, "db" | "cluster" | "clock">,
): Promise<KeptIndex> {
  const { db, cluster, clock } = deps;
  let kept: { readonly index: Promise<CoachIndex>; readonly until: number } | null = null;
  const forget = () => {
    kept = null;
  };
  await cluster.listen("coaches_changed", forget);
  // Whoever tells of changed names; the cards carry them.
  await cluster.listen("account_changed", forget);

  return {
    read: () => {
      const now = clock.now();
      if (kept !== null && kept.until > now) return kept.index;
      const composing = { index: composeIndex(db, today(clock)), until: now + KEPT_FOR_MS };
      kept = composing;
      composing.index.catch(() => {
        if (kept === composing) kept = null;
      });
      return composing.index;
    },
    forget,
  };
}

async function composeIndex(db: CoachingDeps["db"], day: string): Promise<CoachIndex> {
  const published = await profilesIn(db, ["published"]);
  const ids = published.map((coach) => coach.account);
  const credentials = await credentialsByCoach(db, ids);
  const windows = await windowsByCoach(db, ids);
  return {
    coaches: published.flatMap((coach) => {
      const { profile, account } = coach;
      if (profile === null) return [];
      return presentCard(
        { ...coach, profile },
        credentials.get(account) ?? [],
        windows.get(account) ?? [],
        day,
      );
    }),
  };
}
