import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { ed25519 } from "@noble/curves/ed25519.js";
import { describe, expect, test } from "vitest";
import { bytesToHex, hexToBytes } from "#platform/bytes.ts";
import { rawSign, testIssuer, walletSecret } from "../../tests/pass-issuer.ts";
import { proveBadge } from "./badge.ts";
import { blindedMessage, finishedPass, type Wanted } from "./client.ts";
import { headOf, readKeyLog } from "./key-log.ts";
import { issuingPeriod } from "./period.ts";
import { pseudonymKeys, slotSecrets } from "./slot.ts";
import { actHash, spentKey } from "./spent.ts";
import { parsePass } from "./token.ts";

const fromFile = <Shape>(name: string): Shape =>
  JSON.parse(readFileSync(new URL(`vectors/${name}`, import.meta.url), "utf8")) as Shape;
const hex = (text: string) => hexToBytes(text)!;

describe("our own formats, frozen", () => {
  const { skS, pkS } = fromFile<{ skS: string; pkS: string }>("rfc9578.json");
  const privateKey = createPrivateKey(Buffer.from(skS, "hex").toString());
  const frozen = fromFile<{
    walletSecret: string;
    community: Wanted["community"];
    issuances: (Record<"period" | "head" | "blinded" | "pass" | "spentKey" | "act", string> & {
      purpose: "circle-badge" | "session-token";
      number: number;
      proof?: string;
    })[];
  }>("callroom-v1.json");

  test.each(frozen.issuances)("a $purpose is issued as ever", (vector) => {
    const period = issuingPeriod(vector.purpose, "2026-12-20");
    expect(period.name).toBe(vector.period);
    const log = readKeyLog([{ period, spki: hex(pkS) }]);
    if (!log.ok) throw new Error(log.refusal.type);
    expect(bytesToHex(headOf(log.value).hash)).toBe(vector.head);
    const secret = hex(frozen.walletSecret);
    const { community } = frozen;
    const { number } = vector;
    const wanted = { walletSecret: secret, community, key: log.value.keys[0]!, number };
    const blinded = blindedMessage(wanted);
    expect(blinded.ok && bytesToHex(blinded.value)).toBe(vector.blinded);
    const finished = finishedPass(wanted, rawSign(privateKey, hex(vector.blinded)));
    expect(finished.ok && bytesToHex(finished.value)).toBe(vector.pass);
    const pass = parsePass(hex(vector.pass))!;
    const act = actHash("enter", "a circle");
    expect(bytesToHex(spentKey(pass))).toBe(vector.spentKey);
    expect(bytesToHex(act)).toBe(vector.act);
    if (vector.proof === undefined) return;
    const pseudonym = pseudonymKeys(secret, { period, number });
    const showing = { challenge: new Uint8Array(32).fill(7), act };
    expect(bytesToHex(proveBadge(pseudonym.secret, pass, showing))).toBe(vector.proof);
  });
});

const issuer = testIssuer([
  issuingPeriod("circle-badge", "2026-12-20"),
  issuingPeriod("circle-badge", "2027-03-20"),
  issuingPeriod("session-token", "2026-12-20"),
]);

test("the same slot gives the same request and the same pass, however often", () => {
  for (const at of [0, 2]) {
    expect(blindedMessage(issuer.wanted(at))).toEqual(blindedMessage(issuer.wanted(at)));
    expect(issuer.pass(at)).toEqual(issuer.pass(at));
  }
});

test("another slot, period, purpose, wallet or community shares nothing that could be recognised", () => {
  const other = { walletSecret: new Uint8Array(32).fill(8) };
  const wanted = [
    issuer.wanted(0),
    issuer.wanted(0, { number: 1 }),
    issuer.wanted(0, other),
    issuer.wanted(1),
    issuer.wanted(2),
    issuer.wanted(2, { number: 1 }),
    issuer.wanted(2, other),
  ];
  const secrets = wanted.map(({ walletSecret: secret, key, number }) =>
    slotSecrets(secret, { period: key.period, number }, key.issuer),
  );
  for (const part of ["nonce", "randomizer", "salt"] as const)
    expect(new Set(secrets.map((each) => bytesToHex(each[part]))).size).toBe(wanted.length);
  const numbers = secrets.flatMap(({ blind, mask }) => [blind, mask]);
  expect(new Set(numbers).size).toBe(2 * wanted.length);
  const elsewhere = { community: { issuerName: "other.example", originInfo: "origin.example" } };
  const passes = [issuer.pass(2), issuer.pass(2, elsewhere)].map((each) => parsePass(each)!);
  expect(passes[0]!.token.challengeDigest).not.toEqual(passes[1]!.token.challengeDigest);
});

test("secrets of a slot are bound to the key: a second key for the slot meets others", () => {
  const again = testIssuer([issuer.log.keys[2]!.period]);
  const slot = { period: again.log.keys[0]!.period, number: 0 };
  const one = slotSecrets(walletSecret, slot, issuer.log.keys[2]!.issuer);
  const other = slotSecrets(walletSecret, slot, again.log.keys[0]!.issuer);
  expect(one.nonce).not.toEqual(other.nonce);
  expect(one.randomizer).not.toEqual(other.randomizer);
});

test("a badge's nonce is its pseudonym's public key, also when it renews one", () => {
  const bornIn = { period: issuer.log.keys[0]!.period, number: 0 };
  const { publicKey, secret } = pseudonymKeys(walletSecret, bornIn);
  expect(ed25519.getPublicKey(secret)).toEqual(Uint8Array.from(publicKey));
  expect(parsePass(issuer.pass(0))!.token.nonce).toEqual(publicKey);
  const renewed = parsePass(issuer.pass(1, { bornIn }))!;
  expect(renewed.token.nonce).toEqual(publicKey);
  expect(parsePass(issuer.pass(1))!.token.nonce).not.toEqual(publicKey);
  expect(spentKey(renewed)).not.toEqual(spentKey(parsePass(issuer.pass(0))!));
});

test("an answer signed with another key than the log's is refused", () => {
  const wanted = issuer.wanted(2);
  const blinded = blindedMessage(wanted);
  if (!blinded.ok) throw new Error("unusable");
  // Below every modulus, and never the message itself, which may begin with a zero of its own.
  const small = blinded.value.with(0, 0).with(255, blinded.value[255]! ^ 1);
  for (const wrong of [issuer.sign(0, small), issuer.sign(2, small), blinded.value])
    expect(finishedPass(wanted, wrong)).toEqual({
      ok: false,
      refusal: { type: "InvalidSignature" },
    });
});

test("a wallet's secret of another length and a slot that is no count are defects", () => {
  const short = issuer.wanted(2, { walletSecret: new Uint8Array(31) });
  expect(() => blindedMessage(short)).toThrow("32 bytes");
  for (const number of [-1, 0.5, Number.NaN])
    expect(() => blindedMessage(issuer.wanted(2, { number }))).toThrow("count");
});
