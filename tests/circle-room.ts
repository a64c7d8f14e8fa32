/** A circle for tests: doctors with wallets and badges of a real issuer, and a room that takes their entries. */
import { createCipheriv, createHash, hkdfSync } from "node:crypto";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { bytesToBase64url, concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import { removalMessage, signedEntry, wireBytes, type SignedContent } from "#circles/room/entry.ts";
import { makeEpoch, openEpoch, rotationDue, type MadeEpoch } from "#circles/room/epoch.ts";
import { memberKeys, type MemberKeys } from "#circles/room/member-keys.ts";
import {
  emptyMemberLog,
  extendMemberLog,
  memberLogHead,
  type MemberLog,
} from "#circles/room/member-log.ts";
import type { Content } from "#circles/room/message-content.ts";
import { sealMessage, type RoomView } from "#circles/room/message.ts";
import type { Trust } from "#circles/room/seat.ts";
import {
  MESSAGE_SIZES,
  type MemberLogEntry,
  type SealedMessage,
  type WireSeat,
} from "#circles/room/wire.ts";
import { hpke } from "#circles/room/web/hpke.ts";
import { headOf } from "#pass/key-log.ts";
import { issuingPeriod } from "#pass/period.ts";
import { community, testIssuer } from "./pass-issuer.ts";

export const CIRCLE = "5b0e2a0e-3c1f-4d7a-9a52-0d6f6f1c2b3a";
export const TODAY = "2027-01-04";

/** The months of birth, of another month of that quarter, and of the next quarter. */
export const issuer = testIssuer(
  ["2026-12-10", "2027-01-10", "2027-03-10"].map((day) => issuingPeriod("circle-badge", day)),
);

export interface Doctor {
  readonly number: number;
  readonly keys: MemberKeys;
  readonly seat: WireSeat;
  /** A badge of the period at that place in the log, on the pseudonym's own key. */
  readonly badge: (at: number) => string;
}

/** Always the same doctor for the same number. */
export function doctor(number: number, bornAt = 0): Doctor {
  const walletSecret = digest(`doctor ${number}`);
  const bornIn = { period: issuer.log.keys[bornAt]!.period, number: 0 };
  const keys = memberKeys(walletSecret, bornIn);
  const badge = (at: number) => bytesToBase64url(issuer.pass(at, { walletSecret, bornIn }));
  const seat = {
    badge: badge(bornAt),
    hpkeKey: bytesToBase64url(keys.hpke.publicKey),
    binding: bytesToBase64url(keys.binding),
  };
  return { number, keys, seat, badge };
}

/** In the order in which they are seated. */
export const doctors = (count: number): Doctor[] =>
  Array.from({ length: count }, (_, number) => doctor(number)).toSorted((one, other) =>
    Buffer.compare(wireBytes(one.keys.pseudonym), wireBytes(other.keys.pseudonym)),
  );

/** The stewards' keys of two epochs, with the private halves. */
export const stewards = [1, 2].map((epoch) => {
  const [hpkeSecret, seed] = [digest(`steward hpke ${epoch}`), digest(`steward ${epoch}`)];
  return {
    epoch,
    secret: hpkeSecret,
    hpkeKey: bytesToBase64url(x25519.getPublicKey(hpkeSecret)),
    signingKey: bytesToBase64url(ed25519.getPublicKey(seed)),
    sign: (message: Uint8Array) => bytesToBase64url(ed25519.sign(message, seed)),
  };
});

export const trust: Trust = {
  keyLog: issuer.log,
  community,
  stewards: { keysOf: (epoch) => stewards[epoch - 1] ?? null },
  today: TODAY,
};

/** What an honest server holds of a room. */
export interface Room {
  readonly entries: MemberLogEntry[];
  readonly wraps: (readonly string[])[];
  /** The log before each entry, by how many there were. */
  readonly before: MemberLog[];
  log: MemberLog;
}

export const emptyRoom = (): Room => ({
  entries: [],
  wraps: [],
  before: [],
  log: emptyMemberLog(CIRCLE),
});

export function formedRoom(founders: readonly Doctor[]): Room {
  const room = emptyRoom();
  add(room, formedEntry(founders));
  return room;
}

export const formedEntry = (founders: readonly Doctor[]): MemberLogEntry => ({
  kind: "formed",
  sequence: 1,
  day: TODAY,
  seats: founders.map(({ seat }) => seat),
});

/** Throws where the entry is refused. */
export function add(room: Room, entry: MemberLogEntry, by: Trust = trust): void {
  const extended = extendMemberLog(room.log, entry, by);
  if (!extended.ok) throw new Error(extended.refusal.type);
  room.entries.push(entry);
  room.before.push(room.log);
  room.log = extended.value;
}

/** The doctor's entry at the room's head. */
export const entryBy = (room: Room, by: Doctor, content: SignedContent): MemberLogEntry =>
  signedEntry(CIRCLE, memberLogHead(room.log), by.keys, content);

export function removalOf(room: Room, member: Doctor, epoch = 1): MemberLogEntry {
  const { pseudonym } = member.keys;
  return {
    kind: "removed",
    sequence: memberLogHead(room.log).length + 1,
    member: pseudonym,
    stewardEpoch: epoch,
    signature: stewards[epoch - 1]!.sign(removalMessage(CIRCLE, pseudonym, epoch)),
  };
}

export async function rotate(
  room: Room,
  by: Doctor,
  day = TODAY,
  key: Bytes = digest(`epoch ${room.log.epochs.length + 1}`),
): Promise<MadeEpoch> {
  const reason = rotationDue(room.log, day) ?? "repair";
  const made = await makeEpoch(room.log, by.keys, { reason, day, key }, hpke);
  add(room, made.entry, { ...trust, today: day });
  room.wraps.push(made.wraps);
  return made;
}

export const openedBy = (room: Room, by: Doctor, number: number) =>
  openEpoch(room.log, number, room.wraps[number - 1]!, by.keys, hpke);

export const view = (room: Room): RoomView => ({ log: room.log, keyLog: issuer.log });

/** The minute that `say` names, of the same year as `TODAY`. */
export const MINUTE = 29_985_120;

export function say(
  room: Room,
  by: Doctor,
  key: Bytes,
  content: Content,
  id: Bytes,
): SealedMessage {
  const making = { id, frankingKey: frankingKeyOf(bytesToBase64url(id)), minute: MINUTE };
  const at = { log: room.log, keyLog: headOf(issuer.log) };
  const sealed = sealMessage(at, by.keys, key, content, making);
  if (!sealed.ok) throw new Error(sealed.refusal.type);
  return sealed.value;
}

export const frankingKeyOf = (id: string): Bytes => digest(`franking ${id}`);

/** What a client that keeps to no rule puts under the seal. */
export interface Inside {
  /** Who signs; the sender too, unless another is named. */
  readonly by: Pick<Doctor, "keys">;
  readonly sender?: string;
  readonly veil: Uint8Array;
  readonly minute: number;
  readonly frankingKey: Uint8Array;
  readonly content: Uint8Array;
}

/**
 * Seals whatever it is told to; written by what the heads of message.ts and message-plain.ts say and with Node's own
 * cryptography, so that it is a second implementation besides.
 */
export function sealedByHand(
  unsealed: Omit<SealedMessage, "sealed">,
  inside: Inside,
  epochKey: Bytes,
  circle = CIRCLE,
): SealedMessage {
  const raw = (text: string) => Buffer.from(text, "base64url");
  const { epoch, id, log, keyLog, mark, commitment } = unsealed;
  const header = framedBytes(
    "callroom/v1/circle-message",
    circle,
    String(epoch),
    raw(id),
    String(log.length),
    raw(log.hash),
    String(keyLog.length),
    raw(keyLog.hash),
    raw(mark),
    raw(commitment),
  );
  const { by, sender, veil, minute, frankingKey, content } = inside;
  const signed = framedBytes("callroom/v1/circle-message-signature", header, String(minute));
  const [at, length] = [Buffer.alloc(4), Buffer.alloc(2)];
  at.writeUInt32BE(minute);
  length.writeUInt16BE(content.length);
  const plain = Buffer.concat([
    raw(sender ?? by.keys.pseudonym),
    veil,
    ed25519.sign(signed, by.keys.signing),
    at,
    frankingKey,
    length,
    content,
  ]);
  const size = MESSAGE_SIZES.find((each) => plain.length <= each)!;
  const padded = Buffer.concat([plain, Buffer.alloc(size - plain.length)]);
  const derived = Buffer.from(hkdfSync("sha256", epochKey, new Uint8Array(0), header, 44));
  const cipher = createCipheriv(
    "chacha20-poly1305",
    derived.subarray(0, 32),
    derived.subarray(32),
    { authTagLength: 16 },
  );
  cipher.setAAD(header, { plaintextLength: size });
  const sealed = concatBytes(cipher.update(padded), cipher.final(), cipher.getAuthTag());
  return { ...unsealed, sealed: bytesToBase64url(sealed) };
}

export const idOf = (number: number): Bytes => digest(`message ${number}`).slice(0, 16);

export function digest(text: string): Bytes {
  return concatBytes(createHash("sha256").update(text).digest());
}
