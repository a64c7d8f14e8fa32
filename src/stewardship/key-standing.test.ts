import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { expect, test } from "vitest";
import { bytesToBase64url } from "#platform/bytes.ts";
import { keyDuty, offeredKeys, stayingStewards, stewardPlace } from "./key-standing.ts";
import { bindingMessage, type StewardLogState } from "./steward-log.ts";
import type { StewardKeys } from "./log-entry.ts";

function keysOf(seed: number): StewardKeys {
  const secret = new Uint8Array(32).fill(seed);
  const hpkeKey = bytesToBase64url(x25519.getPublicKey(secret));
  return {
    hpkeKey,
    signingKey: bytesToBase64url(ed25519.getPublicKey(secret)),
    binding: bytesToBase64url(ed25519.sign(bindingMessage(hpkeKey), secret)),
  };
}
const shown = (account: string, seed: number, offered = true) => ({
  account,
  name: account,
  ...keysOf(seed),
  ...(offered ? {} : { binding: null }),
});
const logOf = (...seeds: number[]): StewardLogState => ({
  sequence: 1,
  hash: "",
  epoch: 1,
  epochKeys: { hpkeKey: "", signingKey: "" },
  stewards: seeds.map(keysOf),
  foundings: 1,
});
const ada = shown("ada", 1);
const bo = shown("bo", 2);

test("a steward holds the key, asks for it, or has not come yet", () => {
  expect(stewardPlace(logOf(1), ada)).toBe("holds");
  expect(stewardPlace(logOf(1), bo)).toBe("asks");
  expect(stewardPlace(null, shown("bo", 2, false))).toBe("away");
});

test("who stands in the log with another HPKE key does not hold it", () => {
  expect(stewardPlace(logOf(1), { ...ada, hpkeKey: bo.hpkeKey })).not.toBe("holds");
});

test("keys that their owner has not signed are offered by nobody", () => {
  expect(offeredKeys({ ...bo, hpkeKey: ada.hpkeKey })).toBeNull();
  expect(stewardPlace(logOf(1), { ...bo, binding: ada.binding })).toBe("away");
});

test("whoever comes first founds the key, and again where nobody of the log is left", () => {
  expect(keyDuty(null, [ada, bo], "ada")).toBe("found");
  expect(keyDuty(logOf(3), [ada, bo], "bo")).toBe("found");
});

test("who doesn't hold it waits, who holds it renews it once another has left", () => {
  expect(keyDuty(logOf(1), [ada, bo], "bo")).toBe("wait");
  expect(keyDuty(logOf(1), [ada, bo], "ada")).toBe("none");
  expect(keyDuty(logOf(1, 3), [ada, bo], "ada")).toBe("renew");
  expect(keyDuty(logOf(1, 3), [ada, bo], "bo")).toBe("wait");
});

test("the next key is for those of the log who are stewards still, with the log's keys", () => {
  const log = logOf(1, 3);
  expect(stayingStewards(log, [ada, { ...bo, binding: null }])).toEqual([
    { account: "ada", keys: keysOf(1) },
  ]);
});
