/**
 * Who may sit down: whoever holds a badge that an issuer key of the log signed, with an HPKE key that the badge's
 * own pseudonym vouches for. So every device sees for itself that only verified doctors are here.
 */
import { x25519 } from "@noble/curves/ed25519.js";
import { bytesToBase64url } from "#platform/bytes.ts";
import type { Community } from "#pass/challenge.ts";
import type { KeyLog } from "#pass/key-log.ts";
import { periodOfPass } from "#pass/pass-check.ts";
import type { Day, Period } from "#pass/period.ts";
import { mayBegin } from "#pass/period.ts";
import { parsePass } from "#pass/token.ts";
import { wireBytes } from "./entry.ts";
import { bindingMessage, isSigned } from "./member-keys.ts";
import type { WireSeat } from "./wire.ts";

/** Whose word a device takes: logs that it has checked itself, and its own day. */
export interface Trust {
  readonly keyLog: KeyLog;
  readonly community: Community;
  readonly stewards: StewardKeys;
  readonly today: Day;
}

/** The stewards' log, read and checked by whoever may know it. */
export interface StewardKeys {
  /** base64url; null where the log has no such epoch. */
  readonly keysOf: (
    epoch: number,
  ) => { readonly hpkeKey: string; readonly signingKey: string } | null;
}

export interface CheckedSeat {
  readonly pseudonym: string;
  readonly hpkeKey: string;
  /** Until then the badge keeps the seat. */
  readonly endsOn: Day;
}

/** Null where somebody may not sit down on that day, whatever the reason. */
export function checkedSeat(seat: WireSeat, day: Day, trust: Trust): CheckedSeat | null {
  const badge = badgeIn(seat.badge, trust);
  if (badge === null || !mayBegin(badge.period, day) || day > dayAfter(trust.today)) return null;
  const hpkeKey = wireBytes(seat.hpkeKey);
  const isBound = isSigned(
    bindingMessage(hpkeKey),
    wireBytes(seat.binding),
    wireBytes(badge.pseudonym),
  );
  if (!isBound || !canBeSealedTo(hpkeKey)) return null;
  return { pseudonym: badge.pseudonym, hpkeKey: seat.hpkeKey, endsOn: badge.period.endsOn };
}

/** The pseudonym of a badge, and until when it counts; null for a badge that no key of the log signed. */
export function badgeIn(
  badge: string,
  { keyLog, community }: Trust,
): { readonly pseudonym: string; readonly period: Period } | null {
  const pass = parsePass(wireBytes(badge));
  const period = pass && periodOfPass(pass, "circle-badge", keyLog, community);
  return period && { pseudonym: bytesToBase64url(pass.token.nonce), period };
}

/** A device's day may be one behind the day of whoever wrote. */
export const dayAfter = (day: Day): Day => Temporal.PlainDate.from(day).add({ days: 1 }).toString();

/** With a key of small order every epoch would fail: one member could keep all others from rotating. */
function canBeSealedTo(hpkeKey: Uint8Array): boolean {
  try {
    return x25519.getSharedSecret(new Uint8Array(32).fill(1), hpkeKey).length === 32;
  } catch {
    return false;
  }
}
