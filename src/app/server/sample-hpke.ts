/** Sealing (HPKE) in the server's process, for devices of the sample community, whose people don't exist. */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import type { Hpke } from "#circles/room/hpke.ts";
import { concatBytes } from "#platform/bytes.ts";

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

/** DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, as rooms and the stewards' key have it. */
export const sealTo: Hpke["seal"] = async (publicKey, { info, aad }, plain) => {
  const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, plain, aad);
  return concatBytes(new Uint8Array(enc), new Uint8Array(ct));
};
