/**
 * Taking messages in: stamped, kept with those that arrive at the same moment in one commit, and only then
 * acknowledged and given to whoever follows.
 */
import { ok, refuse, type Result } from "#platform/result.ts";
import { bytesToBase64url } from "#platform/bytes.ts";
import { commitTogether } from "#platform/server/commit-together.ts";
import { stampMac, stampMonth } from "../room/franking.ts";
import type { SealedMessage, Stamp } from "../room/wire.ts";
import type { CirclesDeps } from "./deps.ts";
import type { Stamps } from "./stamps.ts";
import type { Streams } from "./streams.ts";
import { NO_SEAT, OTHER_EPOCH, postMessages, type NewMessage } from "./thread-store.ts";

type Posting = Result<
  { readonly sequence: number; readonly stamp: Stamp },
  | { readonly type: "NoSeat" | "EpochMoved" }
  | { readonly type: "BadInput"; readonly detail: { readonly field: string } }
>;

export type Post = (circle: string, sender: Buffer, message: SealedMessage) => Promise<Posting>;

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
    mostItems: 64,
  });

  return async (circle, sender, message) => {
    // The sender is whose visit it is, whatever the message says.
    if (message.sender !== bytesToBase64url(sender))
      return refuse({ type: "BadInput", detail: { field: "sender" } });
    const minute = Math.floor(clock.now() / 60_000);
    const { id, epoch, commitment } = message;
    const key = await stamps.keyFor(stampMonth(minute));
    const stamp = stampMac(key, { circle, epoch, sender: message.sender, id, minute, commitment });
    const row = { minute, stamp: Buffer.from(stamp), sealed: JSON.stringify(message) };
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
    return ok({ sequence: place, stamp: { minute, mac: bytesToBase64url(stamp) } });
  };
}
