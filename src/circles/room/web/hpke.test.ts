import { x25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { digest } from "../../../../tests/circle-room.ts";
import { SEAL_BYTES } from "../hpke.ts";
import { hpke } from "./hpke.ts";

const secret = digest("secret");
const publicKey = x25519.getPublicKey(secret);
const bound = { info: digest("info"), aad: digest("aad") };
const plain = digest("plain");

test("what is sealed opens with the key and the binding it was sealed with, and no other", async () => {
  const sealed = await hpke.seal(publicKey, bound, plain);
  expect(sealed).toHaveLength(SEAL_BYTES + plain.length);
  expect(await hpke.open(secret, bound, sealed)).toEqual(plain);
  expect(await hpke.open(digest("other"), bound, sealed)).toBeNull();
  expect(await hpke.open(secret, { ...bound, info: plain }, sealed)).toBeNull();
  expect(await hpke.open(secret, { ...bound, aad: plain }, sealed)).toBeNull();
});

test("every changed bit and every other length is refused", async () => {
  const sealed = await hpke.seal(publicKey, bound, plain);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: sealed.length * 8 - 1 }), async (bit) => {
      // X25519 takes no notice of the highest bit of a point.
      if (bit === 31 * 8 + 7) return;
      const changed = sealed.with(bit >> 3, sealed[bit >> 3]! ^ (1 << (bit & 7)));
      expect(await hpke.open(secret, bound, changed)).toBeNull();
    }),
    { numRuns: 60 },
  );
  for (const length of [0, 31, 32, SEAL_BYTES - 1, SEAL_BYTES, sealed.length - 1])
    expect(await hpke.open(secret, bound, sealed.subarray(0, length))).toBeNull();
});

test("a key of small order is a defect", async () => {
  await expect(hpke.seal(new Uint8Array(32), bound, plain)).rejects.toThrow();
});
