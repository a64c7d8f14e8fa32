import { randomBytes } from "node:crypto";
import { ed25519, ED25519_TORSION_SUBGROUP } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes, hexToBytes } from "#platform/bytes.ts";
import { isBadgeProved, proveBadge } from "./badge.ts";
import type { Pass } from "./token.ts";

const secret = concatBytes(randomBytes(32));
const badge = badgeOf(ed25519.getPublicKey(secret));
const showing = { challenge: randomBytes(32), act: randomBytes(32) };
const proof = proveBadge(secret, badge, showing);

test("whoever has the pseudonym's key can show the badge", () => {
  expect(isBadgeProved(badge, showing, proof)).toBe(true);
});

test("whoever has only the badge, or another key, cannot", () => {
  const others = concatBytes(randomBytes(32));
  expect(isBadgeProved(badge, showing, proveBadge(others, badge, showing))).toBe(false);
  expect(isBadgeProved(badge, showing, new Uint8Array(64))).toBe(false);
});

test("a proof fits this challenge, this act and this badge alone", () => {
  const challenge = showing.challenge.with(0, showing.challenge[0]! ^ 1);
  const act = showing.act.with(31, showing.act[31]! ^ 1);
  expect(isBadgeProved(badge, { ...showing, challenge }, proof)).toBe(false);
  expect(isBadgeProved(badge, { ...showing, act }, proof)).toBe(false);
  const swapped = { challenge: showing.act, act: showing.challenge };
  expect(isBadgeProved(badge, swapped, proof)).toBe(false);
  const renewed = { ...badge, randomizer: new Uint8Array(32).fill(2) };
  expect(isBadgeProved(renewed, showing, proof)).toBe(false);
});

test("every changed bit and every other length of a proof is refused", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 64 * 8 - 1 }), (bit) => {
      const changed = proof.with(bit >> 3, proof[bit >> 3]! ^ (1 << (bit & 7)));
      expect(isBadgeProved(badge, showing, changed)).toBe(false);
    }),
    { numRuns: 40 },
  );
  for (const wrong of [proof.subarray(1), concatBytes(proof, Uint8Array.of(0)), new Uint8Array(0)])
    expect(isBadgeProved(badge, showing, wrong)).toBe(false);
});

test("a key of small order, under which one proof would fit every challenge, is nobody's", () => {
  for (const key of ED25519_TORSION_SUBGROUP) {
    const anybodys = badgeOf(hexToBytes(key)!);
    // R = the key's own point or the neutral one, S = 0.
    for (const point of ED25519_TORSION_SUBGROUP)
      expect(
        isBadgeProved(anybodys, showing, concatBytes(hexToBytes(point)!, new Uint8Array(32))),
      ).toBe(false);
  }
});

test("a key that is no point is refused, not a defect", () => {
  expect(isBadgeProved(badgeOf(new Uint8Array(32).fill(0xff)), showing, proof)).toBe(false);
});

function badgeOf(publicKey: Uint8Array): Pass {
  return {
    randomizer: new Uint8Array(32).fill(1),
    token: {
      nonce: concatBytes(publicKey),
      challengeDigest: new Uint8Array(32).fill(3),
      tokenKeyId: new Uint8Array(32).fill(4),
      authenticator: new Uint8Array(256).fill(5),
    },
  };
}
