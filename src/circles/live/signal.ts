/**
 * A live signal: sealed under the epoch's key for whoever is in the circle now, and signed by its sender, so that
 * neither server nor relay can read it, make one up, or exchange the fingerprint that a voice is encrypted to.
 *
 *     header     = framed("callroom/v1/circle-signal", circle, epoch, start, sender, run, count)
 *     key, nonce = HKDF-SHA-256(epoch key, info = header), 32 and 12 bytes
 *     sealed     = ChaCha20-Poly1305(key, nonce, aad = header, Plain)
 *     signature  = Ed25519(sender, framed(header, sealed))
 *
 * A key of its own for each count of a run: a device never uses a count twice, and no two runs are alike.
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToBase64url, concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { wireBytes } from "../room/entry.ts";
import { isSigned, type MemberKeys } from "../room/member-keys.ts";
import { epochIn, isMember, type MemberLog } from "../room/member-log.ts";
import { encodeSignal, parseSignal, type Signal } from "./signal-content.ts";
import type { SealedSignal } from "./signal-wire.ts";

export interface SignalPlace {
  readonly epoch: number;
  /** The minute at which the meeting starts. */
  readonly start: number;
  /** base64url, 16 bytes. */
  readonly run: string;
  readonly count: number;
}

export type SignalRefusal =
  /** Of another meeting, of an epoch that isn't the current one, or by somebody who is no member now. */
  { readonly type: "NotNow" } | { readonly type: "CouldNotBeOpened" };

/** `epochKey` is that of the epoch named. */
export function sealSignal(
  circle: string,
  place: SignalPlace,
  keys: Pick<MemberKeys, "pseudonym" | "signing">,
  epochKey: Uint8Array,
  signal: Signal,
): Result<SealedSignal, { readonly type: "TooLong" }> {
  const plain = encodeSignal(signal);
  if (plain === null) return refuse({ type: "TooLong" });
  const unsigned = { ...place, sender: keys.pseudonym };
  const header = headerOf(circle, unsigned);
  const sealed = cipherOf(epochKey, header).encrypt(plain);
  const signature = ed25519.sign(framedBytes(header, sealed), keys.signing);
  return ok({
    ...unsigned,
    sealed: bytesToBase64url(sealed),
    signature: bytesToBase64url(signature),
  });
}

/** Whether it came before, or to another run, `SignalGate` knows. */
export function openSignal(
  log: MemberLog,
  start: number,
  epochKey: Uint8Array,
  signal: SealedSignal,
): Result<Signal, SignalRefusal> {
  const standing = log.standings.at(-1)!;
  const { epoch, sender } = signal;
  const isNow =
    signal.start === start &&
    standing.isSettled &&
    standing.epoch === epoch &&
    epochIn(log, epoch)!.members.includes(sender) &&
    isMember(log, sender);
  if (!isNow) return refuse({ type: "NotNow" });
  const header = headerOf(log.circle, signal);
  const sealed = wireBytes(signal.sealed);
  if (!isSigned(framedBytes(header, sealed), wireBytes(signal.signature), wireBytes(sender)))
    return refuse({ type: "CouldNotBeOpened" });
  const plain = unsealed(epochKey, header, sealed);
  const opened = plain && parseSignal(plain);
  return opened === null ? refuse({ type: "CouldNotBeOpened" }) : ok(opened);
}

const headerOf = (circle: string, place: SignalPlace & { readonly sender: string }): Bytes =>
  framedBytes(
    "callroom/v1/circle-signal",
    circle,
    String(place.epoch),
    String(place.start),
    wireBytes(place.sender),
    wireBytes(place.run),
    String(place.count),
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
