/**
 * The nightly forming: everybody who waits and may begin is divided into circles, each seated in a transaction of
 * its own. Who stopped waiting meanwhile takes nobody's seat: that circle waits for the next night.
 */
import { randomInt, randomUUID } from "node:crypto";
import { sharedHours } from "../formation/score.ts";
import { seatReasons, type WaitingEntry } from "../fit.ts";
import { offersFor } from "../newcomers.ts";
import { MOST_SEATS } from "../room/pseudonym-name.ts";
import { MOST_MEMBERS } from "../room/wire.ts";
import { toEntry } from "../waiting.ts";
import { searchCircles } from "./formation-search.ts";
import { today, type CirclesDeps } from "./deps.ts";
import { openRoom } from "./rooms.ts";
import {
  keepFormingShare,
  keepStewardsLack,
  offerSeat,
  openCircles,
  seatCircle,
  waitingToSeat,
  type NewCircle,
  type WaitingRow,
} from "./waiting-store.ts";

/** Two stewards at least, so that nobody answers a report alone (rule 10). */
export const LEAST_STEWARDS = 2;
const LEAST_SEATED = 5;
export const MOST_THEMES_SHOWN = 3;

export interface Formed {
  readonly circles: number;
  readonly seated: number;
  /** Seats in circles that had hardly begun. */
  readonly offered: number;
  readonly left: number;
}

export async function formNow(deps: CirclesDeps): Promise<Formed> {
  const { db, clock } = deps;
  const rows = await waitingToSeat(db, today(clock));
  const lacksStewards = (await deps.readStewards()).count < LEAST_STEWARDS;
  await keepStewardsLack(db, lacksStewards);
  if (lacksStewards) return { circles: 0, seated: 0, offered: 0, left: rows.length };
  const rowsById = new Map(rows.map((row) => [row.pseudonym.toString("hex"), row]));
  const entries = rows.map(rowToEntry);
  try {
    await keepFormingShare(db, 0);
    const found =
      rows.length < LEAST_SEATED
        ? []
        : await searchCircles(entries, (share) => void keepFormingShare(db, share));
    let circles = 0;
    let seated = 0;
    for (const { members } of found) {
      const sitting = members.map((id) => rowsById.get(id)!);
      if (!(await seatTogether(deps, sitting))) continue;
      circles += 1;
      seated += sitting.length;
    }
    const offered = await offerSeats(deps);
    return { circles, seated, offered, left: rows.length - seated - offered };
  } finally {
    await keepFormingShare(db, null);
  }
}

/** Those who are left, into circles whose doors are open. Nobody sits down before they say so themselves. */
async function offerSeats({ db, clock }: CirclesDeps): Promise<number> {
  const day = today(clock);
  const entries = (await waitingToSeat(db, day)).map(rowToEntry);
  const circles = await openCircles(db, { members: MOST_MEMBERS, seats: MOST_SEATS });
  let offered = 0;
  for (const { entry, circle, shared } of offersFor(entries, circles)) {
    const reasons = {
      hours: [circle.hour],
      // A circle's themes are what two of its founders brought at least.
      themes: shared.map((theme) => ({ theme, others: 2 })),
      nearInStage: 0,
      others: MOST_MEMBERS - circle.free,
    };
    const pseudonym = Buffer.from(entry.id, "hex");
    const isOffered = await db
      .transaction()
      .execute((within) => offerSeat(within, circle.id, pseudonym, reasons, day));
    if (isOffered) offered += 1;
  }
  return offered;
}

/** In a circle with its room, at an hour that all have. False where one of them waits no more, or for something else. */
export async function seatTogether(
  deps: CirclesDeps,
  rows: readonly WaitingRow[],
): Promise<boolean> {
  const sitting = rows.map(rowToEntry);
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
