/** The public halves of the account's own keys, from the vault key; loaded only where they are needed. */
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { concatBytes, type Bytes } from "#platform/bytes.ts";
import { hpkeSeed, signingSeed, type OpenKey } from "#vault/web/keys.ts";

export async function publicKeys(open: OpenKey): Promise<{ hpke: Bytes; signing: Bytes }> {
  const [hpke, signing] = await Promise.all([hpkeSeed(open), signingSeed(open)]);
  return {
    hpke: concatBytes(x25519.getPublicKey(hpke)),
    signing: concatBytes(ed25519.getPublicKey(signing)),
  };
}
