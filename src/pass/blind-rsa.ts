/**
 * The client's half of RSABSSA-SHA384-PSS-Randomized (RFC 9474). Its chance is handed in, because a pass must
 * come out the same on every device and after every crash; nobody but the device may know it, or the issuer
 * recognises the pass when it is spent.
 *
 * On time: BigInt takes a little longer for some numbers than for others. Here are only public-key operations
 * on numbers that are used once, so no secret can be learned digit by digit. But the issuer, when it sees a
 * spent pass, can work out what the blinding factor of each request would have been, and could compare how
 * long each device should have taken. Only inverting takes long enough for that (half a millisecond, give or
 * take), and it is done on a number multiplied by a mask that the issuer can never work out.
 */
import { concatBytes, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { bitsOf, bytesToInteger, integerToBytes, inverse, raisedTo65537 } from "./modular.ts";
import { pssEncoding } from "./pss-encoding.ts";

export const RANDOMIZER_BYTES = 32;
export const SALT_BYTES = 48;

export interface Chance {
  /** 48 bytes. */
  readonly salt: Uint8Array;
  /** The blinding factor `r`, uniform in 1 to modulus - 1. */
  readonly blind: bigint;
  /** Hides how long inverting takes; likewise uniform, known to nobody, and without effect on any result. */
  readonly mask: bigint;
}

/** Section 4.1, PrepareRandomize: what is really signed. */
export function prepare(message: Uint8Array, randomizer: Uint8Array): Bytes {
  if (randomizer.length !== RANDOMIZER_BYTES) throw new Error("A randomizer has 32 bytes");
  return concatBytes(randomizer, message);
}

/** Section 4.2: the blinded message, as long as the modulus. Refused only for a modulus with small factors. */
export function blind(
  modulus: bigint,
  prepared: Uint8Array,
  chance: Chance,
): Result<Bytes, { type: "KeyUnusable" }> {
  const encoded = encodedMessage(modulus, prepared, chance);
  // One inversion asks for all three at once; each alone would have to be invertible.
  if (inverse(encoded * chance.blind * chance.mask, modulus) === null)
    return refuse({ type: "KeyUnusable" });
  const blinded = (encoded * raisedTo65537(chance.blind, modulus)) % modulus;
  return ok(integerToBytes(blinded, bytesIn(modulus)));
}

/**
 * Section 4.4: the signature, or a refusal where the issuer signed with another key, another message, or not
 * at all. We know our own salt, so instead of decoding PSS we ask for the one encoding it must be.
 */
export function finalize(
  modulus: bigint,
  prepared: Uint8Array,
  chance: Chance,
  blindSignature: Uint8Array,
): Result<Bytes, { type: "InvalidSignature" }> {
  const maskedInverse = inverse(chance.blind * chance.mask, modulus);
  if (blindSignature.length !== bytesIn(modulus) || maskedInverse === null)
    return refuse({ type: "InvalidSignature" });
  const unblind = (maskedInverse * chance.mask) % modulus;
  const signature = (bytesToInteger(blindSignature) * unblind) % modulus;
  if (raisedTo65537(signature, modulus) !== encodedMessage(modulus, prepared, chance))
    return refuse({ type: "InvalidSignature" });
  return ok(integerToBytes(signature, bytesIn(modulus)));
}

const bytesIn = (modulus: bigint): number => Math.ceil(bitsOf(modulus) / 8);

function encodedMessage(modulus: bigint, prepared: Uint8Array, { salt }: Chance): bigint {
  if (salt.length !== SALT_BYTES) throw new Error("A salt has 48 bytes");
  return bytesToInteger(pssEncoding(prepared, salt, bitsOf(modulus) - 1));
}
