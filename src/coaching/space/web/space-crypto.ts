/** Makes, seals and opens a space's key (HPKE: X25519, HKDF-SHA256, AES-256-GCM) and its messages. */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { ed25519 } from "@noble/curves/ed25519.js";
import {
  base64urlToBytes,
  bytesToBase64url,
  bytesToUtf8,
  concatBytes,
  utf8ToBytes,
  type Bytes,
} from "#platform/bytes.ts";
import { safetyWords } from "#vault/safety-words.ts";
import { pad, unpad } from "#vault/record.ts";
import { hpkeSeed, signingSeed, type OpenKey } from "#vault/web/keys.ts";
import { openBound, sealBound } from "#vault/web/seal.ts";
import {
  bytesToSpaceKey,
  messageBinding,
  signedSpaceKey,
  spaceKeyInfo,
  spaceKeyToBytes,
} from "../space-key.ts";

export interface Member {
  readonly id: string;
  readonly hpkeKey: Bytes;
  readonly signingKey: Bytes;
}

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
const ENC = 32;

/** A fresh space key, signed by its maker and sealed to both. */
export async function makeSpaceKey(open: OpenKey, space: string, own: Member, other: Member) {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const seed = await signingSeed(open);
  const sealTo = async (member: Member) => {
    const signature = concatBytes(
      ed25519.sign(signedSpaceKey(space, own.id, member.id, key), seed),
    );
    const plain = spaceKeyToBytes({ key, maker: own.id, signature });
    const recipientPublicKey = await suite.kem.deserializePublicKey(member.hpkeKey);
    const { ct, enc } = await suite.seal(
      { recipientPublicKey, info: spaceKeyInfo(space, member.id) },
      plain,
    );
    return bytesToBase64url(concatBytes(new Uint8Array(enc), new Uint8Array(ct)));
  };
  return { key, own: await sealTo(own), other: await sealTo(other) };
}

/** Null for every way in which it does not open, or was not made by one of the two. */
export async function openSpaceKey(
  open: OpenKey,
  space: string,
  own: Member,
  other: Member,
  sealed: string,
): Promise<Bytes | null> {
  const bytes = base64urlToBytes(sealed);
  if (!bytes || bytes.length <= ENC) return null;
  try {
    const recipientKey = await suite.kem.importKey("raw", (await hpkeSeed(open)).buffer, false);
    const plain = await suite.open(
      { recipientKey, enc: bytes.slice(0, ENC), info: spaceKeyInfo(space, own.id) },
      bytes.slice(ENC),
    );
    const opened = bytesToSpaceKey(new Uint8Array(plain));
    const maker = [own, other].find((member) => member.id === opened?.maker);
    if (!opened || !maker) return null;
    const signed = signedSpaceKey(space, maker.id, own.id, opened.key);
    return ed25519.verify(opened.signature, signed, maker.signingKey) ? opened.key : null;
  } catch {
    return null;
  }
}

export const toMessageKey = (key: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);

export async function sealMessage(
  key: CryptoKey,
  space: string,
  sender: string,
  id: string,
  text: string,
): Promise<string> {
  return bytesToBase64url(
    await sealBound(key, messageBinding(space, sender, id), pad(utf8ToBytes(text))),
  );
}

export async function openMessage(
  key: CryptoKey,
  space: string,
  sender: string,
  id: string,
  sealed: string,
): Promise<string | null> {
  const bytes = base64urlToBytes(sealed);
  const padded = bytes && (await openBound(key, messageBinding(space, sender, id), bytes));
  const plain = padded && unpad(padded);
  return plain && bytesToUtf8(plain);
}

/** Twelve words, the same on both sides while the server shows each the other's true keys. */
export const wordsFor = (own: Member, other: Member): readonly string[] =>
  safetyWords(
    concatBytes(own.hpkeKey, own.signingKey),
    concatBytes(other.hpkeKey, other.signingKey),
  );
