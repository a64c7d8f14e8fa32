/** Which of the wallet's badges somebody comes to the circles with, and what they are there by it. */
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import { isAccepted, mayBegin, type Day, type Period } from "#pass/period.ts";
import type { Slot } from "#pass/slot.ts";
import type { HeldBadge } from "#pass/wallet.ts";
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
 * whose badge began last. Of several badges on one key the one that lasts longest.
 */
export function chosenBadge(
  badges: readonly HeldBadge[],
  standing: Standing | null,
  today: Day,
): Choice {
  const counting = badges
    .filter(({ period }) => isAccepted(period, today))
    .toSorted((one, other) => (one.period.beginsFrom < other.period.beginsFrom ? 1 : -1));
  const isLast = ({ bornIn }: HeldBadge) => standing !== null && isSameSlot(bornIn, standing);
  const kept = counting.find((badge) => isLast(badge) && standing?.hasLeft === false);
  const fresh = counting.find((badge) => !isLast(badge) && mayBegin(badge.period, today));
  const badge = kept ?? fresh ?? counting[0];
  if (badge) return { at: "now", badge };
  const [next] = badges
    .filter(({ period }) => today < period.beginsFrom)
    .toSorted((one, other) => (one.period.beginsFrom < other.period.beginsFrom ? -1 : 1));
  return next ? { at: "later", period: next.period } : { at: "none" };
}

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

const isSameSlot = ({ period, number }: Slot, standing: Standing): boolean =>
  period.purpose === standing.purpose &&
  period.name === standing.name &&
  number === standing.number;

/** 32 bytes of a kept head, or null. */
export function readHead(kept: unknown): { length: number; hash: Uint8Array } | null {
  const { length, hash } = (kept ?? {}) as { length?: unknown; hash?: unknown };
  const bytes = typeof hash === "string" ? base64urlToBytes(hash) : null;
  return typeof length === "number" && bytes?.length === 32 ? { length, hash: bytes } : null;
}
