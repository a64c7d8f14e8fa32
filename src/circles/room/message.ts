/**
 * A message of the thread: sealed for the members of its epoch, signed by its sender, bound to the logs as the
 * sender saw them, and franked. Who says it and when lies under the seal, and so does the signature, which anybody
 * could test against eight keys. Opening checks all of it, and shows nothing that couldn't be reported.
 *
 *     header     = framed("callroom/v1/circle-message", circle, epoch, id, member log's length, hash,
 *                         key log's length, hash, mark, commitment)
 *     signature  = Ed25519(sender, framed("callroom/v1/circle-message-signature", header, minute))
 *     key, nonce = HKDF-SHA-256(epoch key, info = header), 32 and 12 bytes
 *     sealed     = ChaCha20-Poly1305(key, nonce, aad = header, Plain)
 *
 * The key comes of mark and commitment, and so of sender, minute, content and franking key: no two different messages
 * share one, even if a device should use an id twice.
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToBase64url, concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { extendsHead, type Head, type KeyLog } from "#pass/key-log.ts";
import { headToWire, wireBytes } from "./entry.ts";
import { franked, isEqualInSecret, type SaidMessage } from "./franking.ts";
import { markOf, veilOf } from "./mark.ts";
import { isSigned, type MemberKeys } from "./member-keys.ts";
import { epochIn, memberLogHead, type MemberLog } from "./member-log.ts";
import { encodeContent, parseContent, type Content } from "./message-content.ts";
import { padPlain, unpadPlain } from "./message-plain.ts";
import type { SealedMessage, WireHead } from "./wire.ts";

/** What a member's device holds of the room when it speaks or reads. */
export interface RoomView {
  readonly log: MemberLog;
  /** Read and checked; a message whose sender saw another one is not shown. */
  readonly keyLog: KeyLog;
}

interface MessageMaking {
  /** 16 and 32 random bytes. */
  readonly id: Bytes;
  readonly frankingKey: Bytes;
  /** Since the epoch (1970), by the sender's clock. */
  readonly minute: number;
}

export interface OpenedMessage extends SaidMessage {
  readonly content: Content;
  /** For a report: the content as it was committed to, and what opens commitment and mark. */
  readonly committed: {
    readonly content: Bytes;
    readonly frankingKey: Bytes;
    readonly veil: Bytes;
    readonly commitment: string;
    readonly mark: string;
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
  /** Its mark or its commitment doesn't fit, and so it couldn't be reported: not to be shown. */
  | { readonly type: "Unreportable" };

/** `epochKey` is that of the log's last epoch. */
export function sealMessage(
  { log, keyLog }: { readonly log: MemberLog; readonly keyLog: Head },
  keys: Pick<MemberKeys, "pseudonym" | "signing" | "veilKey">,
  epochKey: Uint8Array,
  said: Content,
  { id: idBytes, frankingKey, minute }: MessageMaking,
): Result<SealedMessage, SealRefusal> {
  const standing = log.standings.at(-1)!;
  if (!standing.isSettled) return refuse({ type: "RotationDue" });
  const sender = keys.pseudonym;
  if (!epochIn(log, standing.epoch)!.members.includes(sender))
    return refuse({ type: "NotInEpoch" });
  const content = encodeContent(said);
  if (content === null) return refuse({ type: "BadText" });

  const { circle } = log;
  const { epoch } = standing;
  const id = bytesToBase64url(idBytes);
  const veil = veilOf(keys, circle, id);
  const unsealed = {
    id,
    epoch,
    log: headToWire(memberLogHead(log)),
    keyLog: headToWire(keyLog),
    mark: bytesToBase64url(markOf({ circle, sender, id, veil })),
    commitment: bytesToBase64url(
      franked(frankingKey, { circle, epoch, sender, id, minute }, content),
    ),
  };
  const header = headerOf(circle, unsealed);
  const signature = concatBytes(ed25519.sign(signedBytes(header, minute), keys.signing));
  const inside = { sender: wireBytes(sender), veil, signature, minute, frankingKey, content };
  const sealed = cipherOf(epochKey, header).encrypt(padPlain(inside));
  return ok({ ...unsealed, sealed: bytesToBase64url(sealed) });
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
  const { circle } = log;
  const { epoch, id, mark, commitment } = message;
  const isOfEpoch = standing.value.isSettled && standing.value.epoch === epoch;
  const members = isOfEpoch && epoch >= latestEpoch ? epochIn(log, epoch)?.members : undefined;
  if (members === undefined) return refuse({ type: "NotInEpoch" });

  const header = headerOf(circle, message);
  const padded = unsealed(epochKey, header, wireBytes(message.sealed));
  const plain = padded && unpadPlain(padded);
  if (plain === null) return refuse({ type: "CouldNotBeOpened" });
  const { veil, minute, frankingKey } = plain;
  const sender = bytesToBase64url(plain.sender);
  if (!members.includes(sender)) return refuse({ type: "NotInEpoch" });
  if (!isSigned(signedBytes(header, minute), plain.signature, plain.sender))
    return refuse({ type: "CouldNotBeOpened" });

  const said = { circle, epoch, sender, id, minute };
  const isReportable =
    isEqualInSecret(markOf({ ...said, veil }), wireBytes(mark)) &&
    isEqualInSecret(franked(frankingKey, said, plain.content), wireBytes(commitment));
  if (!isReportable) return refuse({ type: "Unreportable" });
  const content = parseContent(plain.content);
  if (content === null) return refuse({ type: "CouldNotBeOpened" });
  const committed = { content: plain.content, frankingKey, veil, commitment, mark };
  return ok({ ...said, content, committed });
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

const headerOf = (circle: string, message: Omit<SealedMessage, "sealed">): Bytes =>
  framedBytes(
    "callroom/v1/circle-message",
    circle,
    String(message.epoch),
    wireBytes(message.id),
    String(message.log.length),
    wireBytes(message.log.hash),
    String(message.keyLog.length),
    wireBytes(message.keyLog.hash),
    wireBytes(message.mark),
    wireBytes(message.commitment),
  );

const signedBytes = (header: Bytes, minute: number): Bytes =>
  framedBytes("callroom/v1/circle-message-signature", header, String(minute));

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
