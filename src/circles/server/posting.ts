/**
 * Taking messages in: stamped, kept with those that arrive at the same moment in one commit, and only then
 * acknowledged and given to whoever follows.
 */
import { createHmac } from "node:crypto";
import { ok, refuse, type Result } from "#platform/result.ts";
import type { Bytes } from "#platform/bytes.ts";
import { commitTogether } from "#platform/server/commit-together.ts";
import { stampedBytes, stampMonth } from "../room/franking.ts";
import type { SealedMessage, Stamp } from "../room/wire.ts";
import type { CirclesDeps } from "./deps.ts";
import { seatNow } from "./seated.ts";
import type { Stamps } from "./stamps.ts";
import type { Streams } from "./streams.ts";
import { NO_SEAT, OTHER_EPOCH, postMessages, type NewMessage } from "./thread-store.ts";
import type { TicketHolder, VisitRefusal } from "./visits.ts";

interface Posted {
  readonly sequence: number;
  readonly stamp: Stamp;
}
type PostRefusal =
  | { readonly type: "NoSeat" | "EpochMoved" }
  | { readonly type: "BadInput"; readonly detail: { readonly field: string } };

/** Whether the sender sits in that circle and may speak is asked within the message's own transaction. */
type Post = (
  circle: string,
  sender: Buffer,
  message: SealedMessage,
) => Promise<Result<Posted, PostRefusal>>;

export function makePost(
  { db, clock }: Pick<CirclesDeps, "db" | "clock">,
  stamps: Stamps,
  streams: Streams,
  news: { readonly channel: string; readonly node: string },
): Post {
  const keep = commitTogether<NewMessage, number>({
    commit: (messages) => postMessages(db, news.channel, news.node, messages),
    order: (one, other) => (one.circle < other.circle ? -1 : 1),
    bytesOf: ({ sealed }) => sealed.length,
    mostBytes: 1024 * 1024,
    mostItems: 128,
    // Each takes a lock on all news (NOTIFY), so that a second one would only wait for the first.
    mostCommits: 1,
  });
  const stampKeyAt = makeStampKeyAt(stamps);

  return async (circle, sender, message) => {
    // The sender is whose visit it is, whatever the message says.
    if (message.sender !== sender.toString("base64url"))
      return refuse({ type: "BadInput", detail: { field: "sender" } });
    const minute = Math.floor(clock.now() / 60_000);
    const { id, epoch, commitment } = message;
    const key = await stampKeyAt(minute);
    const stamped = stampedBytes({ circle, epoch, sender: message.sender, id, minute, commitment });
    const stamp = createHmac("sha256", key).update(stamped).digest();
    const row = { minute, stamp, sealed: JSON.stringify(message) };
    const place = await keep({
      ...row,
      circle,
      sender,
      epoch,
      id: Buffer.from(id, "base64url"),
      commitment: Buffer.from(commitment, "base64url"),
    });
    if (place === NO_SEAT) return refuse({ type: "NoSeat" });
    if (place === OTHER_EPOCH) return refuse({ type: "EpochMoved" });
    if (place < 1) return refuse({ type: "BadInput", detail: { field: "id" } });
    streams.deliver(circle, { sequence: place, ...row });
    return ok({ sequence: place, stamp: { minute, mac: stamp.toString("base64url") } });
  };
}

/**
 * For whoever shows a ticket. The circle that they follow right now is tried without asking: if they don't sit there
 * any more, the message's own transaction says so.
 */
export function makePostOf(deps: CirclesDeps, post: Post, streams: Streams) {
  return async (
    { name, pseudonym }: TicketHolder,
    message: SealedMessage,
  ): Promise<Result<Posted, PostRefusal | VisitRefusal>> => {
    const followed = streams.followedBy(name);
    if (followed !== null) {
      const posted = await post(followed, pseudonym, message);
      if (posted.ok || posted.refusal.type !== "NoSeat") return posted;
    }
    const seat = await seatNow(deps, pseudonym);
    return seat.ok ? post(seat.value.circle, pseudonym, message) : seat;
  };
}

/** The key of the minute that was asked for last is at hand. */
function makeStampKeyAt(stamps: Stamps): (minute: number) => Promise<Bytes> | Bytes {
  let last: { readonly minute: number; readonly key: Bytes } | null = null;
  return (minute) =>
    last?.minute === minute
      ? last.key
      : stamps.keyFor(stampMonth(minute)).then((key) => {
          last = { minute, key };
          return key;
        });
}
