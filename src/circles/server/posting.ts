/**
 * Taking messages in: stamped, kept with those that arrive at the same moment in one commit, and only then
 * given to whoever follows, and acknowledged. Whose a message is, is tested against its mark and then forgotten.
 */
import { createHash, createHmac } from "node:crypto";
import { ok, refuse, type Result } from "#platform/result.ts";
import type { Bytes } from "#platform/bytes.ts";
import { commitTogether } from "#platform/server/commit-together.ts";
import { stampedBytes } from "../room/franking.ts";
import { markedBytes, type Marked } from "../room/mark.ts";
import type { SealedMessage, Stamp } from "../room/wire.ts";
import { today as dayOf, type CirclesDeps } from "./deps.ts";
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
  | { readonly type: "BadInput"; readonly detail: { readonly field: "mark" | "id" } };

/** A message, and what shows whose it is: 32 bytes as base64url. */
interface HandedIn {
  readonly veil: string;
  readonly message: SealedMessage;
}

/** Whether the sender sits in that circle and may speak is asked within the message's own transaction. */
type Post = (
  circle: string,
  sender: TicketHolder,
  handedIn: HandedIn,
) => Promise<Result<Posted, PostRefusal>>;

export function makePost(
  { db, clock }: Pick<CirclesDeps, "db" | "clock">,
  stamps: Stamps,
  streams: Streams,
  news: { readonly channel: string; readonly node: string },
): Post {
  const keep = commitTogether<NewMessage, number>({
    commit: async (messages) => {
      const places = await postMessages(db, news.channel, news.node, messages);
      // All of them before the first sender is answered: who listens doesn't wait for answers to others.
      for (const [at, message] of messages.entries())
        if (places[at]! > 0) streams.deliver(message.circle, { ...message, sequence: places[at]! });
      return places;
    },
    order: (one, other) => (one.circle < other.circle ? -1 : 1),
    bytesOf: ({ sealed }) => sealed.length,
    mostBytes: 1024 * 1024,
    mostItems: 128,
    // Each takes a lock on all news (NOTIFY), so that a second one would only wait for the first.
    mostCommits: 1,
  });
  const stampKeyAt = makeStampKeyAt(stamps);

  return async (circle, sender, { veil, message }) => {
    const { id, epoch, mark, commitment } = message;
    // The sender is whose visit it is: nobody speaks under a mark that fits another, or nobody.
    const own = markFor({ circle, sender: sender.name, id, veil: Buffer.from(veil, "base64url") });
    if (own.toString("base64url") !== mark)
      return refuse({ type: "BadInput", detail: { field: "mark" } });
    const today = dayOf(clock);
    const month = today.slice(0, 7);
    const key = await stampKeyAt(month);
    const stamped = stampedBytes({ circle, epoch, id, mark, month, commitment });
    const stamp = createHmac("sha256", key).update(stamped).digest();
    const place = await keep({
      month,
      stamp,
      sealed: JSON.stringify(message),
      circle,
      sender: sender.pseudonym,
      today,
      id: Buffer.from(id, "base64url"),
      epoch,
      mark: own,
      commitment: Buffer.from(commitment, "base64url"),
    });
    if (place === NO_SEAT) return refuse({ type: "NoSeat" });
    if (place === OTHER_EPOCH) return refuse({ type: "EpochMoved" });
    if (place < 1) return refuse({ type: "BadInput", detail: { field: "id" } });
    return ok({ sequence: place, stamp: { month, mac: stamp.toString("base64url") } });
  };
}

export const markFor = (marked: Marked): Buffer =>
  createHash("sha256").update(markedBytes(marked)).digest();

/**
 * For whoever shows a ticket. The circle that they follow right now is tried without asking: if they don't sit there
 * any more, the mark, or the message's own transaction, says so.
 */
export function makePostOf(deps: CirclesDeps, post: Post, streams: Streams) {
  return async (
    sender: TicketHolder,
    handedIn: HandedIn,
  ): Promise<Result<Posted, PostRefusal | VisitRefusal>> => {
    const followed = streams.followedBy(sender.name);
    if (followed !== null) {
      const posted = await post(followed, sender, handedIn);
      if (posted.ok || !mayBeElsewhere(posted.refusal)) return posted;
    }
    const seat = await seatNow(deps, sender.pseudonym);
    return seat.ok ? post(seat.value.circle, sender, handedIn) : seat;
  };
}

const mayBeElsewhere = (refusal: PostRefusal): boolean =>
  refusal.type === "NoSeat" || (refusal.type === "BadInput" && refusal.detail.field === "mark");

/** The key of the month that was asked for last is at hand. */
function makeStampKeyAt(stamps: Stamps): (month: string) => Promise<Bytes> | Bytes {
  let last: { readonly month: string; readonly key: Bytes } | null = null;
  return (month) =>
    last?.month === month
      ? last.key
      : stamps.keyFor(month).then((key) => {
          last = { month, key };
          return key;
        });
}
