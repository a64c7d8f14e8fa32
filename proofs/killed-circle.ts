/**
 * A circle that talks, and badges that are shown for the first time, while the program is killed under them. Whatever
 * gets no answer is sent again once the program is back, as members' devices do.
 */
import { visitCircles } from "#circles/contract.ts";
import { readThread } from "#circles/room-contract.ts";
import type { SealedMessage } from "#circles/room/wire.ts";
import type { OwnSeat } from "#circles/web/own-badge.ts";
import { askNameless, seatOf, showing, wait, withAnotherKey, type Doctor } from "./doctor.ts";
import { FIRST_DAY, type Ground } from "./nameless-ground.ts";
import { enterRoom, hand, sealed, sitDown, type Room, type Sitting } from "./room.ts";

const SPEAKERS = 3;
const SEATS = 6;
/** Of each life, so many doctors show their badge for the first time. */
export const SHOWN_AT_A_TIME = 2;
const MOST_DELAY_MS = 700;

/** One who speaks: what was acknowledged, in the order in which it was said. */
interface Speaker {
  readonly sitting: Sitting;
  readonly room: Room;
  readonly said: { readonly id: string; readonly sequence: number }[];
  /** Sent, and nothing heard of it. */
  unanswered: SealedMessage | null;
}

/** One who shows one badge for two different acts. */
interface Shower {
  readonly doctor: Doctor;
  readonly acts: readonly [OwnSeat, OwnSeat];
  /** The HPKE keys of those that were let in. */
  readonly letIn: Set<string>;
}

export interface KilledCircle {
  readonly speakers: readonly Speaker[];
  readonly fresh: Doctor[];
  readonly showers: Shower[];
}

export async function seatSpeakers({ instance, doctors }: Ground): Promise<KilledCircle> {
  for (const doctor of doctors.slice(0, SEATS)) await wait(doctor);
  await instance.runTask("form-circles");
  const speakers: Speaker[] = [];
  for (const doctor of doctors.slice(0, SPEAKERS)) {
    const sitting = (await sitDown(doctor))!;
    const room = await enterRoom(sitting, FIRST_DAY);
    speakers.push({ sitting, room, said: [], unanswered: null });
  }
  return { speakers, fresh: doctors.slice(SEATS), showers: [] };
}

/** Returns when nobody answers any more. */
export async function liveUntilItDies({ speakers, fresh, showers }: KilledCircle): Promise<void> {
  const now = fresh.splice(0, SHOWN_AT_A_TIME).map((doctor): Shower => {
    const own = seatOf(doctor);
    return { doctor, acts: [own, withAnotherKey(own)], letIn: new Set() };
  });
  showers.push(...now);
  await Promise.all([...speakers.map(talkUntilItDies), ...now.map(showUntilItDies)]);
}

async function talkUntilItDies(speaker: Speaker): Promise<void> {
  const { sitting, room } = speaker;
  for (;;) {
    speaker.unanswered ??= sealed(sitting, room, `Number ${speaker.said.length}`);
    if (!(await handIn(speaker))) return;
  }
}

/** False where no answer came. */
async function handIn(speaker: Speaker): Promise<boolean> {
  const message = speaker.unanswered!;
  const handed = await hand(speaker.sitting, message).catch(() => null);
  if (handed === null) return false;
  if (handed.ok) {
    speaker.said.push({ id: message.id, sequence: handed.value.sequence });
    speaker.unanswered = null;
    return true;
  }
  const { type } = handed.refusal;
  if (type === "TooMany") await new Promise((resolve) => setTimeout(resolve, 200));
  else if (type !== "SomethingWentWrong" && type !== "Closing")
    throw new Error(`A message was refused: ${type}`);
  return type === "TooMany";
}

async function showUntilItDies(shower: Shower): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * MOST_DELAY_MS));
  while (await showBoth(shower).catch(() => false));
}

/** Both acts at once. False where somebody got no answer. */
export async function showBoth({ doctor, acts, letIn }: Shower): Promise<boolean> {
  const shown = await Promise.all(
    acts.map(async (own) => {
      const visited = await askNameless(doctor, visitCircles, await showing(doctor, own));
      if (visited.ok) letIn.add(own.seat.hpkeKey);
      return visited.ok || visited.refusal.type === "PassRefused";
    }),
  );
  return shown.every(Boolean);
}

/** What got no answer is sent again, and every badge shown again. */
export async function sendAgain({ speakers, showers }: KilledCircle): Promise<void> {
  for (const speaker of speakers) while (speaker.unanswered !== null) await handIn(speaker);
  for (const shower of showers.slice(-SHOWN_AT_A_TIME)) await showBoth(shower);
}

interface CircleLosses {
  readonly said: number;
  /** Acknowledged, and not in the thread at the place that was named. */
  readonly lost: number;
  /** In the thread twice, or without anybody having said it; or a place of the thread that holds nothing. */
  readonly strange: number;
  /** Before something that the same member said earlier. */
  readonly disordered: number;
}

export async function lossesOf({ speakers }: KilledCircle): Promise<CircleLosses> {
  const thread = await readAll(speakers[0]!.sitting);
  const said = speakers.flatMap((speaker) => speaker.said);
  const idByPlace = new Map(thread.map(({ sequence, id }) => [sequence, id]));
  const known = new Set(said.map(({ id }) => id));
  const ids = new Set(thread.map(({ id }) => id));
  const gaps = thread.filter(({ sequence }, at) => sequence !== at + 1).length;
  return {
    said: said.length,
    lost: said.filter(({ id, sequence }) => idByPlace.get(sequence) !== id).length,
    strange:
      thread.length -
      ids.size +
      [...ids].filter((id) => id === null || !known.has(id)).length +
      gaps,
    disordered: speakers
      .map((speaker) => speaker.said)
      .flatMap((own) =>
        own.filter(({ sequence }, at) => at > 0 && sequence <= own[at - 1]!.sequence),
      ).length,
  };
}

async function readAll({ doctor, ticket }: Sitting) {
  const rows: { readonly sequence: number; readonly id: string | null }[] = [];
  for (;;) {
    const after = rows.at(-1)?.sequence ?? 0;
    const read = await askNameless(doctor, readThread, { visit: ticket, after });
    if (!read.ok && read.refusal.type === "TooMany") {
      await new Promise((resolve) => setTimeout(resolve, 2000));
      continue;
    }
    if (!read.ok) throw new Error(`The thread can't be read: ${read.refusal.type}`);
    rows.push(
      ...read.value.messages.map(({ sequence, message }) => ({
        sequence,
        id: message?.id ?? null,
      })),
    );
    if (!read.value.more) return rows;
  }
}
