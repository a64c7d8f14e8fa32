/**
 * The nightly forming: everybody who waits and may begin is divided into circles, each seated in a transaction of
 * its own. Who stopped waiting meanwhile takes nobody's seat: that circle waits for the next night.
 */
import { randomInt, randomUUID } from "node:crypto";
import { sharedHours } from "../formation/score.ts";
import { seatReasons, type WaitingEntry } from "../fit.ts";
import { toEntry } from "../waiting.ts";
import { searchCircles } from "./formation-search.ts";
import { today, type CirclesDeps } from "./deps.ts";
import { openRoom } from "./rooms.ts";
import {
  keepFormingShare,
  seatCircle,
  waitingToSeat,
  type NewCircle,
  type WaitingRow,
} from "./waiting-store.ts";

/** Two stewards at least, so that nobody answers a report alone (rule 10). */
export const LEAST_STEWARDS = 2;
const LEAST_SEATED = 5;
const MOST_THEMES_SHOWN = 3;

export interface Formed {
  readonly circles: number;
  readonly seated: number;
  readonly left: number;
}

export async function formNow(deps: CirclesDeps): Promise<Formed> {
  const { db, clock } = deps;
  const rows = await waitingToSeat(db, today(clock));
  const nobody = { circles: 0, seated: 0, left: rows.length };
  if (rows.length < LEAST_SEATED || (await deps.readStewards()).count < LEAST_STEWARDS)
    return nobody;
  const rowsById = new Map(rows.map((row) => [row.pseudonym.toString("hex"), row]));
  const entries = rows.map(rowToEntry);
  const entriesById = new Map(entries.map((entry) => [entry.id, entry]));
  try {
    await keepFormingShare(db, 0);
    const found = await searchCircles(entries, (share) => void keepFormingShare(db, share));
    let circles = 0;
    let seated = 0;
    for (const { members } of found) {
      const sitting = members.map((id) => entriesById.get(id)!);
      const isSeated = await seat(
        deps,
        sitting,
        members.map((id) => rowsById.get(id)!),
      );
      if (!isSeated) continue;
      circles += 1;
      seated += sitting.length;
    }
    return { circles, seated, left: rows.length - seated };
  } finally {
    await keepFormingShare(db, null);
  }
}

async function seat(
  deps: CirclesDeps,
  sitting: readonly WaitingEntry[],
  rows: readonly WaitingRow[],
): Promise<boolean> {
  const hours = sharedHours(sitting);
  const circle: NewCircle = {
    id: randomUUID(),
    block: hours[randomInt(hours.length)]!,
    language: sitting[0]!.language,
    themes: sharedThemes(sitting),
    // By their pseudonyms, which are random: so does the log count its founders.
    members: sitting
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .map((entry) => ({
        pseudonym: Buffer.from(entry.id, "hex"),
        reasons: seatReasons(entry, sitting),
      })),
  };
  return deps.db.transaction().execute(async (within) => {
    const isSeated = await seatCircle(within, circle, rows);
    if (isSeated) await openRoom(deps, within, circle);
    return isSeated;
  });
}

function rowToEntry(row: WaitingRow): WaitingEntry {
  const employer = row.employer?.toString("hex") ?? null;
  return toEntry(row.pseudonym.toString("hex"), { ...row, employer: null }, employer);
}

/** What at least two brought, the most shared first. */
function sharedThemes(sitting: readonly WaitingEntry[]): string[] {
  const counts = new Map<string, number>();
  for (const { themes } of sitting)
    for (const theme of themes) counts.set(theme, (counts.get(theme) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > 1)
    .toSorted(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1))
    .slice(0, MOST_THEMES_SHOWN)
    .map(([theme]) => theme);
}
