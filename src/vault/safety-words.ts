/**
 * Safety words: what two people compare aloud to know that the server did not put itself between them.
 * SHA-256 over both public keys in a fixed order, shown as twelve words of 11 bits: 132 bits. A server that
 * shows false keys to both sides may try keys on either until the words agree, which takes the square root
 * of the number of words there are: six would have cost it minutes.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { bytesToHex, framedBytes } from "#platform/bytes.ts";

const WORDS = 12;
const BYTES = 17;

export function safetyWords(oneKey: Uint8Array, otherKey: Uint8Array): readonly string[] {
  const [first, second] = [oneKey, otherKey].toSorted((a, b) =>
    bytesToHex(a) < bytesToHex(b) ? -1 : 1,
  );
  const digest = sha256(framedBytes("callroom/v1/safety-words", first!, second!));
  let bits = 0n;
  for (const byte of digest.subarray(0, BYTES)) bits = (bits << 8n) | BigInt(byte);
  return Array.from(
    { length: WORDS },
    (_, at) => wordlist[Number((bits >> BigInt(8 * BYTES - 11 * (at + 1))) & 2047n)]!,
  );
}
