/**
 * The recovery sheet: 24 words (BIP-39, 256 bits) that open the safe when the passphrase is lost. Two keys
 * come from the phrase: one wraps the vault key, the other (Ed25519) satisfies the server, which holds only
 * its public half and never the phrase.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { concatBytes, framedBytes, utf8ToBytes, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";

export const PHRASE_WORDS = 24;

/** 32 random bytes → 24 words. */
export function entropyToPhrase(entropy: Uint8Array): readonly string[] {
  if (entropy.length !== 32) throw new Error("A recovery phrase holds 32 bytes");
  return entropyToMnemonic(entropy, wordlist).split(" ");
}

export type PhraseRefusal =
  | { readonly type: "WordCount"; readonly count: number }
  /** 1-based place of the first word that is on no list. */
  | { readonly type: "UnknownWord"; readonly place: number }
  | { readonly type: "WrongOrder" };

/** Reads what a tired person typed: any case, any white space, numbers before the words. */
export function phraseToEntropy(typed: string): Result<Bytes, PhraseRefusal> {
  const words = typed.toLowerCase().match(/[a-z]+/g) ?? [];
  const unknown = words.findIndex((word) => !wordlist.includes(word));
  if (unknown >= 0) return refuse({ type: "UnknownWord", place: unknown + 1 });
  if (words.length !== PHRASE_WORDS) return refuse({ type: "WordCount", count: words.length });
  try {
    return ok(concatBytes(mnemonicToEntropy(words.join(" "), wordlist)));
  } catch {
    return refuse({ type: "WrongOrder" });
  }
}

const signingSeed = (entropy: Uint8Array) =>
  hkdf(sha256, entropy, undefined, utf8ToBytes("callroom/v1/recovery-auth"), 32);

/** 32 bytes that the server keeps. */
export const recoveryPublicKey = (entropy: Uint8Array): Bytes =>
  concatBytes(ed25519.getPublicKey(signingSeed(entropy)));

/** 64 bytes over the server's challenge, bound to the purpose. */
export const signRecovery = (entropy: Uint8Array, challenge: Uint8Array): Bytes =>
  concatBytes(ed25519.sign(recoveryMessage(challenge), signingSeed(entropy)));

export const recoveryMessage = (challenge: Uint8Array): Bytes =>
  framedBytes("callroom/v1/recovery", challenge);
