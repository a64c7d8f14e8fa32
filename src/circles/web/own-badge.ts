/** Which of the wallet's badges somebody comes to the circles with, and what they are there by it. */
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import { isAccepted, mayBegin, type Day, type Period } from "#pass/period.ts";
import type { Slot } from "#pass/slot.ts";
import { isSameSlot, type HeldBadge } from "#pass/wallet.ts";
import { memberKeys, type MemberKeys } from "../room/member-keys.ts";
import type { WireSeat } from "../room/wire.ts";

/** Kept for all devices: the pseudonym that was used last, and whether it has left its circle. */
export interface Standing {
  readonly purpose: string;
  readonly name: string;
  readonly number: number;
  readonly hasLeft: boolean;
}

export type Choice =
  | { readonly at: "none" }
  /** The earliest that will count. */
  | { readonly at: "later"; readonly period: Period }
  | { readonly at: "now"; readonly badge: HeldBadge };

/** Who somebody is in the circles. */
export interface OwnSeat {
  readonly bornIn: Slot;
  readonly keys: MemberKeys;
  readonly seat: WireSeat;
  readonly badge: Uint8Array;
  /** What of the badge goes on until then. */
  readonly period: Period;
}

/**
 * The pseudonym that was used last for as long as a badge carries it, unless it has left its circle; else the one
 * whose badge began last, and after somebody left never an older one again. Of several badges on one key the one that
 * lasts longest.
 */
export function chosenBadge(
  badges: readonly HeldBadge[],
  standing: Standing | null,
  today: Day,
): Choice {
  const counting = badges
    .filter(({ period }) => isAccepted(period, today))
    .toSorted((one, other) => (one.period.beginsFrom < other.period.beginsFrom ? 1 : -1));
  const last = standing && toSlot(standing);
  const hasLeft = standing?.hasLeft === true;
  const used = counting.find(({ bornIn }) => last !== null && isSameSlot(bornIn, last));
  const isOpenTo = ({ bornIn }: HeldBadge) => !hasLeft || isYounger(bornIn, last!);
  const fresh = counting.find((badge) => isOpenTo(badge) && mayBegin(badge.period, today));
  const badge = (hasLeft ? fresh : used) ?? fresh ?? used ?? counting[0];
  if (badge) return { at: "now", badge };
  const next = earliest(badges.filter(({ period }) => today < period.beginsFrom));
  return next ? { at: "later", period: next.period } : { at: "none" };
}

/** What somebody who has left their circle can begin anew with, and when; null while they hold none. */
export function badgeAfter(badges: readonly HeldBadge[], left: Slot, today: Day): HeldBadge | null {
  const isUsable = ({ bornIn, period }: HeldBadge) =>
    isYounger(bornIn, left) && today <= period.beginsUntil;
  return earliest(badges.filter(isUsable)) ?? null;
}

const earliest = (badges: readonly HeldBadge[]): HeldBadge | undefined =>
  badges.toSorted((one, other) => (one.period.beginsFrom < other.period.beginsFrom ? -1 : 1))[0];

/** Of two pseudonyms the one whose month comes later. */
const isYounger = (one: Slot, other: Slot): boolean => one.period.name > other.period.name;

export function ownSeat(walletSecret: Uint8Array, { pass, bornIn, period }: HeldBadge): OwnSeat {
  const keys = memberKeys(walletSecret, bornIn);
  const seat = {
    badge: bytesToBase64url(pass),
    hpkeKey: bytesToBase64url(keys.hpke.publicKey),
    binding: bytesToBase64url(keys.binding),
  };
  return { bornIn, keys, seat, badge: pass, period };
}

export const toStanding = ({ period, number }: Slot, hasLeft: boolean): Standing => ({
  purpose: period.purpose,
  name: period.name,
  number,
  hasLeft,
});

/** Of what was kept, by whichever version; null for what isn't one. */
export function readStanding(kept: unknown): Standing | null {
  const { purpose, name, number, hasLeft } = (kept ?? {}) as Partial<Standing>;
  if (typeof purpose !== "string" || typeof name !== "string") return null;
  if (typeof number !== "number" || typeof hasLeft !== "boolean") return null;
  return { purpose, name, number, hasLeft };
}

export const toSlot = ({ purpose, name, number }: Standing): Slot => ({
  period: { purpose: purpose as Period["purpose"], name },
  number,
});

/** 32 bytes of a kept head, or null. */
export function readHead(kept: unknown): { length: number; hash: Uint8Array } | null {
  const { length, hash } = (kept ?? {}) as { length?: unknown; hash?: unknown };
  const bytes = typeof hash === "string" ? base64urlToBytes(hash) : null;
  return typeof length === "number" && bytes?.length === 32 ? { length, hash: bytes } : null;
}
