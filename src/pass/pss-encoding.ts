/** EMSA-PSS-ENCODE of RFC 8017, section 9.1.1, with SHA-384, MGF1 with SHA-384, and a salt that is handed in. */
import { sha384 } from "@noble/hashes/sha2.js";
import { concatBytes, type Bytes } from "#platform/bytes.ts";

const HASH_BYTES = 48;

/** As many bytes as `bits` need. For a modulus of k bits, `bits` is k - 1, so that the result is below the modulus. */
export function pssEncoding(message: Uint8Array, salt: Uint8Array, bits: number): Bytes {
  const length = Math.ceil(bits / 8);
  const padding = length - HASH_BYTES - salt.length - 2;
  if (padding < 0) throw new RangeError("The modulus is too short for this hash and salt");
  const hash = sha384(concatBytes(new Uint8Array(8), sha384(message), salt));
  const block = concatBytes(new Uint8Array(padding), Uint8Array.of(1), salt);
  const mask = maskGeneratedFrom(hash, block.length);
  const masked = block.map((byte, at) => byte ^ mask[at]!);
  masked[0] = masked[0]! & (0xff >> (8 * length - bits));
  return concatBytes(masked, hash, Uint8Array.of(0xbc));
}

/** MGF1, RFC 8017 appendix B.2.1. */
export function maskGeneratedFrom(seed: Uint8Array, length: number): Bytes {
  const blocks = Array.from({ length: Math.ceil(length / HASH_BYTES) }, (_, counter) =>
    sha384(concatBytes(seed, Uint8Array.of(0, 0, counter >>> 8, counter & 255))),
  );
  return concatBytes(...blocks).slice(0, length);
}
