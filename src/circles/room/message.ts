/**
 * A message of the thread: sealed for the members of its epoch, signed by its sender, bound to the logs as the
 * sender saw them, and franked. Opening checks all of it, and shows nothing that couldn't be reported.
 *
 *     header     = framed("callroom/v1/circle-message", circle, epoch, sender, id, member log's length, hash,
 *                         key log's length, hash, commitment)
 *     key, nonce = HKDF-SHA-256(epoch key, info = header), 32 and 12 bytes
 *     sealed     = ChaCha20-Poly1305(key, nonce, aad = header, Plain)
 *     signature  = Ed25519(sender, framed(header, sealed))
 *
 * The key comes of the commitment, and so of content and franking key: no two different messages share one, even
 * if a device should use an id twice.
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToBase64url, concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { extendsHead, type Head, type KeyLog } from "#pass/key-log.ts";
import { headToWire, wireBytes } from "./entry.ts";
import { franked, isEqualInSecret, type MessagePlace } from "./franking.ts";
import { isSigned, type MemberKeys } from "./member-keys.ts";
import { epochIn, memberLogHead, type MemberLog } from "./member-log.ts";
import {
  encodeContent,
  padContent,
  parseContent,
  unpadContent,
  type Content,
} from "./message-content.ts";
import type { SealedMessage, WireHead } from "./wire.ts";

/** What a member's device holds of the room when it speaks or reads. */
export interface RoomView {
  readonly log: MemberLog;
  /** Read and checked; a message whose sender saw another one is not shown. */
  readonly keyLog: KeyLog;
}

/** 16 and 32 random bytes. */
interface MessageChance {
  readonly id: Bytes;
  readonly frankingKey: Bytes;
}

export interface OpenedMessage extends MessagePlace {
  readonly content: Content;
  /** For a report: the content as it was committed to, and what opens the commitment. */
  readonly committed: {
    readonly content: Bytes;
    readonly frankingKey: Bytes;
    readonly commitment: string;
  };
}

type SealRefusal =
  /** The members have changed and the epoch has not, or the sender is none of them. */
  { readonly type: "RotationDue" } | { readonly type: "NotInEpoch" } | { readonly type: "BadText" };

export type MessageRefusal =
  /** The sender saw entries that this device has not: fetch, and try again. */
  | { readonly type: "LogBehind"; readonly log: "members" | "keys" }
  /** The sender was shown another log. Somebody is being told two stories. */
  | { readonly type: "LogForked"; readonly log: "members" | "keys" }
  /** Not by a member of its epoch, or said when that epoch no longer was. */
  | { readonly type: "NotInEpoch" }
  | { readonly type: "CouldNotBeOpened" }
  /** Its commitment doesn't fit, and so it couldn't be reported: not to be shown. */
  | { readonly type: "Unreportable" };

/** `epochKey` is that of the log's last epoch. */
export function sealMessage(
  { log, keyLog }: { readonly log: MemberLog; readonly keyLog: Head },
  keys: Pick<MemberKeys, "pseudonym" | "signing">,
  epochKey: Uint8Array,
  said: Content,
  chance: MessageChance,
): Result<SealedMessage, SealRefusal> {
  const standing = log.standings.at(-1)!;
  if (!standing.isSettled) return refuse({ type: "RotationDue" });
  const sender = keys.pseudonym;
  if (!epochIn(log, standing.epoch)!.members.includes(sender))
    return refuse({ type: "NotInEpoch" });
  const content = encodeContent(said);
  if (content === null) return refuse({ type: "BadText" });

  const id = bytesToBase64url(chance.id);
  const place = { circle: log.circle, epoch: standing.epoch, sender, id };
  const commitment = bytesToBase64url(franked(chance.frankingKey, place, content));
  const heads = { log: headToWire(memberLogHead(log)), keyLog: headToWire(keyLog) };
  const unsigned = { id, epoch: standing.epoch, sender, ...heads, commitment };
  const header = headerOf(log.circle, unsigned);
  const sealed = cipherOf(epochKey, header).encrypt(padContent(chance.frankingKey, content));
  const signature = ed25519.sign(framedBytes(header, sealed), keys.signing);
  return ok({
    ...unsigned,
    sealed: bytesToBase64url(sealed),
    signature: bytesToBase64url(signature),
  });
}

/**
 * `latestEpoch` is the highest epoch of the messages that stand before it in the thread (0: none). Somebody who
 * was removed knows the old key: where a newer epoch has been spoken under, nothing more is taken under theirs.
 */
export function openMessage(
  { log, keyLog }: RoomView,
  epochKey: Uint8Array,
  message: SealedMessage,
  latestEpoch: number,
): Result<OpenedMessage, MessageRefusal> {
  const standing = openedStanding({ log, keyLog }, message);
  if (!standing.ok) return standing;
  const { epoch, sender, id, commitment } = message;
  const isOfEpoch = standing.value.isSettled && standing.value.epoch === epoch;
  if (!isOfEpoch || !epochIn(log, epoch)?.members.includes(sender) || epoch < latestEpoch)
    return refuse({ type: "NotInEpoch" });

  const header = headerOf(log.circle, message);
  const sealed = wireBytes(message.sealed);
  if (!isSigned(framedBytes(header, sealed), wireBytes(message.signature), wireBytes(sender)))
    return refuse({ type: "CouldNotBeOpened" });
  const plain = unsealed(epochKey, header, sealed);
  const opened = plain && unpadContent(plain);
  if (opened === null) return refuse({ type: "CouldNotBeOpened" });

  const place = { circle: log.circle, epoch, sender, id };
  const expected = franked(opened.frankingKey, place, opened.content);
  if (!isEqualInSecret(expected, wireBytes(commitment))) return refuse({ type: "Unreportable" });
  const content = parseContent(opened.content);
  if (content === null) return refuse({ type: "CouldNotBeOpened" });
  return ok({ ...place, content, committed: { ...opened, commitment } });
}

/** Where the member log stood when the message was sealed, if its sender saw the same logs as we do. */
function openedStanding({ log, keyLog }: RoomView, message: SealedMessage) {
  const seen = [
    { of: "members", log, head: message.log },
    { of: "keys", log: keyLog, head: message.keyLog },
  ] as const;
  for (const each of seen) {
    const extended = extendsHead(each.log, wireToHead(each.head));
    if (extended.ok) continue;
    const type = extended.refusal.type === "Shortened" ? "LogBehind" : "LogForked";
    return refuse({ type, log: each.of } as const);
  }
  return ok(log.standings[message.log.length]!);
}

const headerOf = (circle: string, message: Omit<SealedMessage, "sealed" | "signature">): Bytes =>
  framedBytes(
    "callroom/v1/circle-message",
    circle,
    String(message.epoch),
    wireBytes(message.sender),
    wireBytes(message.id),
    String(message.log.length),
    wireBytes(message.log.hash),
    String(message.keyLog.length),
    wireBytes(message.keyLog.hash),
    wireBytes(message.commitment),
  );

function cipherOf(epochKey: Uint8Array, header: Bytes) {
  const derived = hkdf(sha256, epochKey, undefined, header, 32 + 12);
  return chacha20poly1305(derived.subarray(0, 32), derived.subarray(32), header);
}

function unsealed(epochKey: Uint8Array, header: Bytes, sealed: Bytes): Bytes | null {
  try {
    return concatBytes(cipherOf(epochKey, header).decrypt(sealed));
  } catch {
    return null;
  }
}

const wireToHead = ({ length, hash }: WireHead): Head => ({ length, hash: wireBytes(hash) });
