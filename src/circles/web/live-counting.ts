/** Counts a meeting once it was one: in the log for all, by whoever's turn it is, and for this member who came. */
import {
  doesCount,
  mayOfferMerge,
  readAttended,
  withAttended,
  type Attended,
} from "../live/attendance.ts";
import type { Stage } from "../live/session.ts";
import { isMember } from "../room/member-log.ts";
import type { CircleKeeping } from "./keeping.ts";
import { attendedId } from "./kept-of-circle.ts";
import type { RoomLog } from "./room-log.ts";
import type { Upkeep } from "./room-upkeep.ts";

export interface Counting {
  /** The how-manieth meeting this is. Who comes back after it was counted is still at that one. */
  readonly meetingNow: () => Promise<number>;
  /** `turn` counts from 0: the first to be there adds it, the others only where nobody has. */
  readonly count: (stage: Stage, came: number, turn: number) => Promise<void>;
  /** How many came in the end, where the meeting was counted. */
  readonly keep: (meeting: number, came: number) => void;
  /** Fewer than four came twice in a row. */
  readonly isSmall: () => boolean;
}

interface CountingParts {
  readonly circle: string;
  readonly start: number;
  readonly roomLog: RoomLog;
  readonly addEntry: Upkeep["add"];
  readonly keeping: CircleKeeping;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
}

const TURN_MS = 3_000;

export function makeCounting(parts: CountingParts): Counting {
  const { circle, start, roomLog, addEntry, keeping, now, wait, signal } = parts;
  let kept: readonly Attended[] = [];
  let isCounted = false;

  const keep = (meeting: number, came: number) => {
    if (!isCounted) return;
    // Who comes back sees fewer of those who were there.
    const before = kept.find((each) => each.start === start)?.came ?? 0;
    kept = withAttended(kept, { meeting, start, came: Math.max(before, came) });
    keeping.keepLater(attendedId(circle), kept);
  };

  return {
    keep,
    isSmall: () => mayOfferMerge(kept),
    meetingNow: async () => {
      kept = readAttended(await keeping.read(attendedId(circle)));
      const before = kept.find((each) => each.start === start);
      return before?.meeting ?? roomLog.log().meetings + 1;
    },
    count: async ({ phase, meeting }, came, turn) => {
      const isClosing = phase === "closing-round" || phase === "over";
      if (isCounted || !doesCount(came, isClosing, now() / 60_000 - start)) return;
      isCounted = true;
      keep(meeting, came);
      const isDue = (meetings: number) => meetings === meeting - 1;
      await wait(turn * TURN_MS);
      if (signal.aborted || !isDue(roomLog.log().meetings)) return;
      const { me } = roomLog;
      await addEntry((log) =>
        isDue(log.meetings) && isMember(log, me) ? { kind: "met", number: meeting } : null,
      );
    },
  };
}
