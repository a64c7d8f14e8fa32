/**
 * The nightly merging of small circles: all members of both have agreed, and the two become a new one, in one
 * transaction. A crash, a second node, or somebody who takes back at that moment leaves both as they were.
 */
import { randomInt, randomUUID } from "node:crypto";
import { sharedHours } from "../formation/score.ts";
import { isRoomOpen, meetingsFrom } from "../live/meetings.ts";
import { commonHours, mergedThemes, pairsToMerge, type WillingCircle } from "../merging.ts";
import { today, type CirclesDeps } from "./deps.ts";
import { LEAST_STEWARDS, MOST_THEMES_SHOWN } from "./forming.ts";
import {
  emptyCircles,
  keepWillingSince,
  lockToMerge,
  moveSeats,
  willingRows,
  type WillingRow,
} from "./merging-store.ts";
import { NEWS_CHANNEL, tellNodes } from "./room-store.ts";
import { openRoom } from "./rooms.ts";
import type { NewCircle } from "./waiting-store.ts";

interface Candidate extends WillingCircle {
  readonly rows: readonly WillingRow[];
}

/** How many pairs have become one. */
export async function mergeCircles(deps: CirclesDeps): Promise<number> {
  const { db, clock } = deps;
  const day = today(clock);
  const willing = toCandidates(await willingRows(db, day)).filter(({ hours }) => hours.length > 0);
  await keepWillingSince(
    db,
    willing.map(({ id }) => id),
    day,
  );
  if ((await deps.readStewards()).count < LEAST_STEWARDS) return 0;
  const hours = await deps.readHours();
  // Where it is night for us, another circle may be talking.
  const isMeeting = ({ rows }: Candidate) =>
    isRoomOpen(meetingsFrom(hours, rows[0]!.block, clock.now(), 1)[0]!, clock.now());
  let merged = 0;
  for (const pair of pairsToMerge(willing.filter((each) => !isMeeting(each))))
    if (await mergePair(deps, pair)) merged += 1;
  return merged;
}

/** False where somebody agrees no more, or to something else, or a circle has changed since it was looked at. */
async function mergePair(
  deps: CirclesDeps,
  pair: readonly [Candidate, Candidate],
): Promise<boolean> {
  const day = today(deps.clock);
  const before = pair.map(({ id }) => id);
  const rows = pair.flatMap((each) => each.rows);
  return deps.db.transaction().execute(async (within) => {
    await lockToMerge(within, before);
    const now = toCandidates(await willingRows(within, day, before));
    if (!pair.every((each) => now.some((found) => isSame(found, each)))) return false;
    const circle = toCircle(pair, rows);
    await moveSeats(within, circle);
    await emptyCircles(within, before);
    await openRoom(deps, within, circle);
    // Whoever is reading there finds out that they have moved.
    for (const id of before) await tellNodes(within, NEWS_CHANNEL, `merging ${id} log`);
    return true;
  });
}

const isSame = (one: Candidate, other: Candidate): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

function toCandidates(rows: readonly WillingRow[]): Candidate[] {
  return [...Map.groupBy(rows, ({ circle }) => circle)].map(([id, rows]) => ({
    id,
    language: rows[0]!.language,
    themes: rows[0]!.themes,
    hours: sharedHours(rows.map(({ blocks }) => ({ hours: blocks }))),
    members: rows.length,
    employers: rows.flatMap(({ employer }) => employer?.toString("hex") ?? []),
    rows,
  }));
}

function toCircle(
  [one, other]: readonly [Candidate, Candidate],
  rows: readonly WillingRow[],
): NewCircle {
  const hours = commonHours(one, other);
  const reasons = {
    hours,
    themes: [],
    nearInStage: 0,
    others: rows.length - 1,
    merged: true,
  } as const;
  return {
    id: randomUUID(),
    block: hours[randomInt(hours.length)]!,
    language: one.language,
    themes: mergedThemes(one.themes, other.themes, MOST_THEMES_SHOWN),
    // Neither opened to newcomers again, nor led like beginners.
    metBefore: Math.max(...rows.map(({ meetings }) => meetings)),
    // By their pseudonyms, so that a seat doesn't tell which of the two somebody comes from.
    members: rows
      .map(({ pseudonym }) => ({ pseudonym, reasons }))
      .toSorted((some, others) => Buffer.compare(some.pseudonym, others.pseudonym)),
  };
}
