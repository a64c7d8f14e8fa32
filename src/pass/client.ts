/**
 * The Client of RFC 9578 without its network: what to send for a slot, and the pass that comes of the answer.
 * It keeps nothing in between, because both can be worked out again.
 */
import { ok, type Result } from "#platform/result.ts";
import type { Bytes } from "#platform/bytes.ts";
import { blind, finalize, prepare } from "./blind-rsa.ts";
import { passChallengeDigest, type Community } from "./challenge.ts";
import type { LoggedKey } from "./key-log.ts";
import { isBadgePurpose } from "./purpose.ts";
import { pseudonymKeys, slotSecrets, type Slot } from "./slot.ts";
import { encodePass, encodeTokenInput } from "./token.ts";

export interface Wanted {
  /** 32 bytes derived from the vault key. */
  readonly walletSecret: Uint8Array;
  readonly community: Community;
  /** From a log that was checked: `agreedKey` gives it. */
  readonly key: LoggedKey;
  /** The slot's number. */
  readonly number: number;
  /** For a badge that renews a pseudonym: the slot it was born in. */
  readonly bornIn?: Slot;
}

/** 256 bytes for the issuer, which learns nothing from them. */
export function blindedMessage(wanted: Wanted): Result<Bytes, { type: "KeyUnusable" }> {
  const { prepared, secrets } = tokenToBe(wanted);
  return blind(wanted.key.issuer.modulus, prepared, secrets);
}

/** The 386 bytes of a pass. Refused where the issuer answered with anything but its signature on this request. */
export function finishedPass(
  wanted: Wanted,
  blindSignature: Uint8Array,
): Result<Bytes, { type: "InvalidSignature" }> {
  const { input, prepared, secrets } = tokenToBe(wanted);
  const signed = finalize(wanted.key.issuer.modulus, prepared, secrets, blindSignature);
  if (!signed.ok) return signed;
  const token = { ...input, authenticator: signed.value };
  return ok(encodePass({ randomizer: secrets.randomizer, token }));
}

function tokenToBe({ walletSecret, community, key, number, bornIn }: Wanted) {
  const slot = { period: key.period, number };
  const secrets = slotSecrets(walletSecret, slot, key.issuer);
  const input = {
    // A badge is the pseudonym's public key, signed: 32 bytes of which the issuer sees as little as of a nonce.
    nonce: isBadgePurpose(key.period.purpose)
      ? pseudonymKeys(walletSecret, bornIn ?? slot).publicKey
      : secrets.nonce,
    challengeDigest: passChallengeDigest(community, key.period),
    tokenKeyId: key.issuer.id,
  };
  return { input, secrets, prepared: prepare(encodeTokenInput(input), secrets.randomizer) };
}
