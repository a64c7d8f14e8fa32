/**
 * What a person's devices keep of their passes in the vault, and what follows from it: which pseudonym the next
 * badge is for, and what each can be used for today.
 */
import { base64urlToBytes, bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import type { Head } from "./key-log.ts";
import { isAccepted, mayBegin, type Day, type Period } from "./period.ts";
import { isBadgePurpose, type BadgePurpose } from "./purpose.ts";
import type { Slot } from "./slot.ts";

export interface HeldBadge {
  /** 386 bytes. */
  readonly pass: Bytes;
  /** The slot that its pseudonym was born in. */
  readonly bornIn: Slot;
  readonly period: Period;
}

/** A pass as the vault has it. */
export interface KeptPass {
  readonly period: Period;
  /** The slot's. */
  readonly number: number;
  /** Of a badge's pseudonym; a bearer pass has its own slot here. */
  readonly bornIn: Slot;
  /** base64url. */
  readonly pass: string;
}

/** Where the key log ended when it was last good, and the names that passes were bound to. */
export interface KeptHead {
  readonly length: number;
  /** base64url. */
  readonly hash: string;
  readonly issuerName: string;
  readonly originInfo: string;
}

/** Said by the circles: the pseudonym that somebody is there with, or was. */
export interface KeptRenewal {
  readonly bornIn: Slot;
  readonly isOver: boolean;
}

export const headToKept = ({ length, hash }: Head) => ({ length, hash: bytesToBase64url(hash) });
export const keptToHead = ({ length, hash }: Pick<KeptHead, "length" | "hash">): Head => ({
  length,
  hash: base64urlToBytes(hash) ?? new Uint8Array(0),
});

/** The newest period first. */
export function heldBadges(kept: readonly KeptPass[], purpose: BadgePurpose): HeldBadge[] {
  return kept
    .filter(({ period }) => period.purpose === purpose)
    .toSorted((one, other) => (one.period.beginsFrom < other.period.beginsFrom ? 1 : -1))
    .map(({ pass, bornIn, period }) => ({ pass: base64urlToBytes(pass)!, bornIn, period }));
}

/**
 * For which pseudonym a slot's badge may have been asked: first the one that we would ask for, then every other
 * that one of our devices could have thought of. A pseudonym goes on by itself unless the circles say that it is
 * over: a badge that was never shown has no history to carry along.
 */
export function pseudonymsFor(
  slot: Slot,
  kept: readonly KeptPass[],
  renewal: KeptRenewal | null,
): Slot[] {
  const { purpose, name } = slot.period;
  if (!isBadgePurpose(purpose)) return [slot];
  const held = heldBadges(kept, purpose);
  const last = held.find(({ period }) => period.name < name)?.bornIn;
  const isOver = renewal?.isOver === true && last !== undefined && isSameSlot(renewal.bornIn, last);
  const wished = renewal?.isOver === false ? renewal.bornIn : isOver ? slot : (last ?? slot);
  const all = [
    wished,
    slot,
    ...held.map(({ bornIn }) => bornIn),
    ...(renewal ? [renewal.bornIn] : []),
  ];
  return all.filter((each, at) => all.findIndex((other) => isSameSlot(each, other)) === at);
}

export const isSameSlot = (one: Slot, other: Slot): boolean =>
  one.number === other.number &&
  one.period.name === other.period.name &&
  one.period.purpose === other.period.purpose;

/** Only what names it. */
export const plainSlot = ({ period: { purpose, name }, number }: Slot): Slot => ({
  period: { purpose, name },
  number,
});

/** Counts from a later day; can begin something; keeps what was begun; is of no more use. */
export type Standing = "comes" | "begins" | "goes-on" | "over";

export function standingOf(period: Period, today: Day): Standing {
  if (today < period.beginsFrom) return "comes";
  if (mayBegin(period, today)) return "begins";
  return isAccepted(period, today) ? "goes-on" : "over";
}
