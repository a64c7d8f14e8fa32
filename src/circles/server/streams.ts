/**
 * Who follows a circle's thread right now. Every follower is given each event once and in order, whichever node
 * took it in: what doesn't come next in line makes the follower read on from the database instead.
 */
import { utf8ToBytes } from "#platform/bytes.ts";
import type { Sink } from "#platform/server/event-stream.ts";
import type { CirclesDb } from "./deps.ts";
import { threadAfter, type ThreadRow } from "./thread-store.ts";
import { eventOf } from "./present.ts";

interface Follower {
  readonly sink: Sink;
  readonly pseudonym: string;
  /** The place in the thread that it was given last. */
  given: number;
  /** Reading on from the database: nothing else may be given meanwhile. */
  isReading: boolean;
  hasMissed: boolean;
}

export interface Streams {
  /** Gives all after that place, then whatever comes. Call the answer when the connection ends. */
  readonly follow: (circle: string, pseudonym: string, after: number, sink: Sink) => () => void;
  readonly deliver: (circle: string, row: ThreadRow) => void;
  /** Another node took something in. */
  readonly readOn: (circle: string) => void;
  /** Something that isn't kept in the thread, such as a log that grew. */
  readonly tell: (circle: string, event: string) => void;
  /** Whoever lost their seat hears no more. */
  readonly dismiss: (circle: string, pseudonym: string) => void;
  /** The circle that somebody follows on this node right now; nothing remembers it afterwards. */
  readonly followedBy: (pseudonym: string) => string | null;
  /** How many follow on this node. */
  readonly count: () => number;
  readonly beat: () => void;
  /** For good. */
  readonly endAll: () => void;
}

const PAGE = 200;
const BEAT = utf8ToBytes(":\n\n");

export function makeStreams(db: CirclesDb, onDefect: (error: unknown) => void): Streams {
  const followersByCircle = new Map<string, Set<Follower>>();
  const circleByPseudonym = new Map<string, string>();
  let isOver = false;
  const followersOf = (circle: string) => followersByCircle.get(circle) ?? new Set<Follower>();

  const give = (follower: Follower, row: ThreadRow, event: Uint8Array): void => {
    if (row.sequence <= follower.given) return;
    follower.given = row.sequence;
    if (!follower.sink.write(event)) follower.sink.end();
  };

  async function readOn(circle: string, follower: Follower): Promise<void> {
    follower.hasMissed = true;
    if (follower.isReading) return;
    follower.isReading = true;
    try {
      while (follower.hasMissed) {
        follower.hasMissed = false;
        for (let page = PAGE; page === PAGE;) {
          const rows = await threadAfter(db, circle, follower.given, PAGE);
          for (const row of rows) give(follower, row, utf8ToBytes(eventOf(row)));
          page = rows.length;
        }
      }
    } catch (error) {
      // The device comes again and names the last place it was given.
      onDefect(error);
      follower.sink.end();
    } finally {
      follower.isReading = false;
    }
  }

  return {
    follow: (circle, pseudonym, after, sink) => {
      const follower = { sink, pseudonym, given: after, isReading: false, hasMissed: false };
      const followers = followersOf(circle);
      followersByCircle.set(circle, followers.add(follower));
      circleByPseudonym.set(pseudonym, circle);
      if (isOver) sink.end();
      else void readOn(circle, follower);
      return () => {
        followers.delete(follower);
        // Unless another of their devices does.
        if (![...followers].some((other) => other.pseudonym === pseudonym))
          circleByPseudonym.delete(pseudonym);
        if (followers.size === 0) followersByCircle.delete(circle);
      };
    },
    deliver: (circle, row) => {
      // The same bytes for all.
      let event: Uint8Array | null = null;
      for (const follower of followersOf(circle)) {
        if (!follower.isReading && row.sequence === follower.given + 1)
          give(follower, row, (event ??= utf8ToBytes(eventOf(row))));
        else if (row.sequence > follower.given) void readOn(circle, follower);
      }
    },
    readOn: (circle) => {
      for (const follower of followersOf(circle)) void readOn(circle, follower);
    },
    tell: (circle, event) => {
      const bytes = utf8ToBytes(event);
      for (const { sink } of followersOf(circle)) sink.write(bytes);
    },
    dismiss: (circle, pseudonym) => {
      for (const follower of followersOf(circle))
        if (follower.pseudonym === pseudonym) follower.sink.end();
    },
    followedBy: (pseudonym) => circleByPseudonym.get(pseudonym) ?? null,
    count: () => [...followersByCircle.values()].reduce((sum, { size }) => sum + size, 0),
    beat: () => {
      for (const followers of followersByCircle.values())
        for (const { sink } of followers) if (!sink.write(BEAT)) sink.end();
    },
    endAll: () => {
      // Who comes now would keep the server from stopping.
      isOver = true;
      for (const followers of followersByCircle.values())
        for (const { sink } of followers) sink.end();
    },
  };
}
