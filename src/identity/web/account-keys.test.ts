import { createPrivateKey, createPublicKey, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { concatBytes } from "#platform/bytes.ts";
import { ownPublicKeys } from "#vault/own-keys.ts";
import { hpkeSeed, signingSeed, toOpenKey } from "#vault/web/keys.ts";
import { publicKeys } from "./account-keys.ts";

test("whoever joins without a browser gets the public keys that a browser would derive", async () => {
  for (let tries = 0; tries < 5; tries++) {
    const vaultKey = concatBytes(randomBytes(32));
    const open = await toOpenKey(Uint8Array.from(vaultKey));
    expect(ownPublicKeys(vaultKey)).toEqual(await publicKeys(open));
  }
});

test("the public keys belong to the private ones that the browser uses, by Node's own curves", async () => {
  const open = await toOpenKey(concatBytes(randomBytes(32)));
  const { hpke, signing } = await publicKeys(open);
  expect(publicHalf("302e020100300506032b656e04220420", await hpkeSeed(open))).toEqual(hpke);
  expect(publicHalf("302e020100300506032b657004220420", await signingSeed(open))).toEqual(signing);
});

function publicHalf(pkcs8Head: string, seed: Uint8Array): Uint8Array {
  const der = Buffer.concat([Buffer.from(pkcs8Head, "hex"), seed]);
  const key = createPublicKey(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
  return new Uint8Array(key.export({ format: "der", type: "spki" }).subarray(-32));
}
