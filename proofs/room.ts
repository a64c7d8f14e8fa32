/** A doctor's place in a circle, over HTTP alone: reads the log and checks it, makes epochs, says and hears things. */
import { randomBytes } from "node:crypto";
import { readMyPlace } from "#circles/contract.ts";
import { extendRoomLog, postMessage, readRoom, readThread } from "#circles/room-contract.ts";
import { signedEntry, type SignedContent } from "#circles/room/entry.ts";
import { makeEpoch, openEpoch, rotationDue } from "#circles/room/epoch.ts";
import { memberLogHead, readMemberLog, type MemberLog } from "#circles/room/member-log.ts";
import { veilOf } from "#circles/room/mark.ts";
import {
  openMessage,
  sealMessage,
  type MessageRefusal,
  type OpenedMessage,
} from "#circles/room/message.ts";
import type { Trust } from "#circles/room/seat.ts";
import type { SealedMessage, Stamp } from "#circles/room/wire.ts";
import { hpke } from "#circles/room/web/hpke.ts";
import type { OwnSeat } from "#circles/web/own-badge.ts";
import { headOf } from "#pass/key-log.ts";
import { bytesToBase64url, concatBytes, type Bytes } from "#platform/bytes.ts";
import type { WireRefusal } from "#platform/contract.ts";
import type { Result } from "#platform/result.ts";
import { askNameless, readKeys, seatOf, visit, type Doctor } from "./doctor.ts";
import { must } from "./member.ts";
import { readStewards } from "./nameless-ground.ts";

export interface Sitting {
  readonly doctor: Doctor;
  readonly own: OwnSeat;
  /** The ticket of a visit. */
  readonly ticket: string;
  readonly circle: string;
}

export interface Room {
  readonly log: MemberLog;
  readonly trust: Trust;
  /** Of the log's last epoch. */
  readonly key: Bytes;
}

/** On a visit of now; null where the doctor sits nowhere. */
export async function sitDown(doctor: Doctor): Promise<Sitting | null> {
  const ticket = await must(visit(doctor));
  const { seat } = await must(askNameless(doctor, readMyPlace, { visit: ticket }));
  const isMember = seat !== null && ["offered", "taken", "paused"].includes(seat.state);
  return isMember ? { doctor, own: seatOf(doctor), ticket, circle: seat.circle } : null;
}

/** As this doctor's device has checked it; takes a seat that is offered, and makes the next epoch where one is due. */
export async function enterRoom(sitting: Sitting, day: string): Promise<Room> {
  const { doctor, own, circle, ticket } = sitting;
  const { log: keyLog, community } = await readKeys(doctor);
  const trust: Trust = {
    keyLog,
    community,
    stewards: await readStewards(doctor.origin),
    today: day,
  };
  for (let tries = 0; tries < 5; tries++) {
    const asked = { visit: ticket, logAfter: 0, epochsFrom: 1 };
    const { log: entries, epochs } = await must(askNameless(doctor, readRoom, asked));
    const read = readMemberLog(circle, entries, null, trust);
    if (!read.ok) throw new Error(`The member log: ${read.refusal.type}`);
    const log = read.value;
    if (!log.seats.some(({ pseudonym }) => pseudonym === own.keys.pseudonym)) {
      await must(addEntry(sitting, log, { kind: "joined", day, seat: own.seat }));
      continue;
    }
    const reason = rotationDue(log, day);
    if (reason === null) {
      const newest = epochs.at(-1)!;
      const opened = await openEpoch(log, newest.number, newest.wraps, own.keys, hpke);
      if (!opened.ok) throw new Error(`An epoch's key: ${opened.refusal.type}`);
      return { log, trust, key: opened.value };
    }
    const made = await makeEpoch(log, own.keys, { reason, day, key: random(32) }, hpke);
    // Where somebody else was quicker theirs is read.
    await askNameless(doctor, extendRoomLog, {
      visit: ticket,
      entry: made.entry,
      wraps: [...made.wraps],
    });
  }
  throw new Error("The room does not settle");
}

/** Adds an entry that the doctor signs. */
export function addEntry(
  { doctor, own, circle, ticket }: Sitting,
  log: MemberLog,
  content: SignedContent,
) {
  const entry = signedEntry(circle, memberLogHead(log), own.keys, content);
  return askNameless(doctor, extendRoomLog, { visit: ticket, entry, wraps: [] });
}

export function sealed({ own }: Sitting, { log, trust, key }: Room, text: string): SealedMessage {
  const at = { log, keyLog: headOf(trust.keyLog) };
  const making = { id: random(16), frankingKey: random(32), minute: noonOf(trust.today) };
  const message = sealMessage(at, own.keys, key, { kind: "text", text }, making);
  if (!message.ok) throw new Error(message.refusal.type);
  return message.value;
}

/** What proofs name as a message's minute. */
export const noonOf = (day: string): number => Date.parse(`${day}T12:00:00Z`) / 60_000;

export const hand = (
  sitting: Sitting,
  message: SealedMessage,
): Promise<Result<{ readonly sequence: number; readonly stamp: Stamp }, WireRefusal>> => {
  const { doctor, ticket } = sitting;
  const veil = bytesToBase64url(veilFor(sitting, message));
  return askNameless(doctor, postMessage, { visit: ticket, veil, message });
};

export const veilFor = ({ own, circle }: Sitting, { id }: Pick<SealedMessage, "id">): Bytes =>
  veilOf(own.keys, circle, id);

export interface Heard {
  readonly stamp: Stamp;
  readonly message: SealedMessage;
  readonly opened: Result<OpenedMessage, MessageRefusal>;
}

/** The whole thread as this doctor's device opens it. */
export async function hear({ doctor, ticket }: Sitting, room: Room): Promise<Heard[]> {
  const { messages } = await must(askNameless(doctor, readThread, { visit: ticket, after: 0 }));
  const view = { log: room.log, keyLog: room.trust.keyLog };
  return messages.flatMap(({ stamp, message }) =>
    message === null
      ? []
      : [{ stamp, message, opened: openMessage(view, room.key, message, message.epoch) }],
  );
}

export const random = (length: number): Bytes => concatBytes(randomBytes(length));
