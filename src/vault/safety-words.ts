/**
 * Safety words: what two people compare aloud to know that the server did not put itself between them.
 * SHA-256 over both public keys in a fixed order, shown as six words of 11 bits: 66 bits.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { bytesToHex, framedBytes } from "#platform/bytes.ts";

const WORDS = 6;

export function safetyWords(oneKey: Uint8Array, otherKey: Uint8Array): readonly string[] {
  const [first, second] = [oneKey, otherKey].toSorted((a, b) =>
    bytesToHex(a) < bytesToHex(b) ? -1 : 1,
  );
  const digest = sha256(framedBytes("callroom/v1/safety-words", first!, second!));
  let bits = 0n;
  for (const byte of digest.subarray(0, 9)) bits = (bits << 8n) | BigInt(byte);
  return Array.from(
    { length: WORDS },
    (_, at) => wordlist[Number((bits >> BigInt(72 - 11 * (at + 1))) & 2047n)]!,
  );
}
