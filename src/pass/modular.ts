/**
 * Whole numbers modulo an issuer's RSA modulus, as much of them as a client needs: no private exponent ever
 * comes here. BigInt is not constant-time, which blind-rsa.ts allows for.
 */
import { bytesToHex, hexToBytes, type Bytes } from "#platform/bytes.ts";

/** Big-endian, as OS2IP of RFC 8017. */
export const bytesToInteger = (bytes: Uint8Array): bigint => BigInt(`0x0${bytesToHex(bytes)}`);

/** Big-endian in exactly `length` bytes, as I2OSP of RFC 8017. */
export function integerToBytes(value: bigint, length: number): Bytes {
  const bytes = hexToBytes(value.toString(16).padStart(2 * length, "0"));
  if (bytes?.length !== length) throw new RangeError("The number doesn't fit");
  return bytes;
}

export const bitsOf = (modulus: bigint): number => modulus.toString(2).length;

/** The public operation of RSA with the only exponent we know: 65537 is sixteen squarings and one product. */
export function raisedTo65537(base: bigint, modulus: bigint): bigint {
  let power = base;
  for (let squared = 0; squared < 16; squared++) power = (power * power) % modulus;
  return (power * base) % modulus;
}

/** Null where the value and the modulus have a factor in common. */
export function inverse(value: bigint, modulus: bigint): bigint | null {
  let [rest, next] = [modulus, value % modulus];
  let [factor, nextFactor] = [0n, 1n];
  while (next !== 0n) {
    const times = rest / next;
    [rest, next] = [next, rest - times * next];
    [factor, nextFactor] = [nextFactor, factor - times * nextFactor];
  }
  if (rest !== 1n) return null;
  return factor < 0n ? factor + modulus : factor;
}
