/** The room's HPKE by @hpke/core, which takes its curve, its cipher and its chance from WebCrypto. */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { concatBytes } from "#platform/bytes.ts";
import { SEAL_BYTES, type Hpke } from "../hpke.ts";

const ENC_BYTES = 32;

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

export const hpke: Hpke = {
  seal: async (publicKey, { info, aad }, plain) => {
    const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey);
    const { enc, ct } = await suite.seal({ recipientPublicKey, info }, plain, aad);
    return concatBytes(new Uint8Array(enc), new Uint8Array(ct));
  },

  open: async (secret, { info, aad }, sealed) => {
    if (sealed.length < SEAL_BYTES) return null;
    try {
      const recipientKey = await suite.kem.importKey("raw", concatBytes(secret).buffer, false);
      const enc = sealed.slice(0, ENC_BYTES);
      const plain = await suite.open({ recipientKey, info, enc }, sealed.slice(ENC_BYTES), aad);
      return new Uint8Array(plain);
    } catch {
      return null;
    }
  },
};
