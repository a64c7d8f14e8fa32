import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesToHex, concatBytes, hexToBytes } from "#platform/bytes.ts";
import { rawSign } from "../../tests/pass-issuer.ts";
import { blind, finalize } from "./blind-rsa.ts";
import { parseIssuerPublicKey } from "./issuer-public-key.ts";
import { bytesToInteger } from "./modular.ts";
import {
  challengeDigest,
  encodePass,
  encodeToken,
  encodeTokenChallenge,
  encodeTokenInput,
  parsePass,
  parseToken,
  PASS_BYTES,
  signedMessage,
  TOKEN_BYTES,
} from "./token.ts";

const hex = (text: string) => hexToBytes(text)!;
const vectors = JSON.parse(
  readFileSync(new URL("vectors/rfc9578.json", import.meta.url), "utf8"),
) as {
  skS: string;
  pkS: string;
  issuances: Record<
    "token_challenge" | "nonce" | "blind" | "salt" | "token_request" | "token_response" | "token",
    string
  >[];
  challenges: { token_challenge: string; digest: string }[];
};

describe("RFC 9578, type 2", () => {
  const issuer = parseIssuerPublicKey(hex(vectors.pkS))!;
  const privateKey = createPrivateKey(Buffer.from(vectors.skS, "hex").toString());

  test.each(vectors.issuances)("an issuance from challenge to token, $nonce", (vector) => {
    const token = parseToken(hex(vector.token))!;
    expect(bytesToHex(encodeToken(token))).toBe(vector.token);
    expect(bytesToHex(token.nonce)).toBe(vector.nonce);
    expect(token.tokenKeyId).toEqual(issuer.id);
    expect(token.challengeDigest).toEqual(challengeDigest(challengeIn(vector.token_challenge)));
    // Type 2 signs the input as it is; our passes put a randomizer before it.
    const input = encodeTokenInput(token);
    const chance = { salt: hex(vector.salt), blind: bytesToInteger(hex(vector.blind)), mask: 5n };
    const blinded = blind(issuer.modulus, input, chance);
    // Before the blinded message stand the type and the last byte of the key's id.
    expect(blinded.ok && `000208${bytesToHex(blinded.value)}`).toBe(vector.token_request);
    const answer = rawSign(privateKey, hex(vector.token_request.slice(6)));
    expect(bytesToHex(answer)).toBe(vector.token_response);
    const signature = finalize(issuer.modulus, input, chance, answer);
    expect(signature).toEqual({ ok: true, value: token.authenticator });
  });

  test.each(vectors.challenges)("the challenge $token_challenge", ({ token_challenge, digest }) => {
    const challenge = challengeIn(token_challenge);
    expect(bytesToHex(encodeTokenChallenge(challenge))).toBe(token_challenge);
    expect(bytesToHex(challengeDigest(challenge))).toBe(digest);
  });
});

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((each) => concatBytes(each));
const passes = fc.record({
  randomizer: bytes(32),
  token: fc.record({
    nonce: bytes(32),
    challengeDigest: bytes(32),
    tokenKeyId: bytes(32),
    authenticator: bytes(256),
  }),
});

test("a pass comes back as it was, from a view into other memory too", () => {
  fc.assert(
    fc.property(passes, fc.integer({ min: 0, max: 9 }), (pass, before) => {
      const encoded = encodePass(pass);
      expect(encoded).toHaveLength(PASS_BYTES);
      const within = concatBytes(new Uint8Array(before), encoded);
      expect(parsePass(within.subarray(before))).toEqual(pass);
      expect(encodePass(parsePass(encoded)!)).toEqual(encoded);
    }),
  );
});

test("every truncation, every byte too many and every other type are refused", () => {
  const encoded = encodePass(fc.sample(passes, 1)[0]!);
  for (let cut = 0; cut < encoded.length; cut++)
    expect(parsePass(encoded.subarray(0, cut))).toBeNull();
  expect(parsePass(concatBytes(encoded, Uint8Array.of(0)))).toBeNull();
  for (const type of [0x0000, 0x0001, 0x0003, 0x0102, 0x0200, 0xda7a])
    expect(parsePass(encoded.with(32, type >>> 8).with(33, type & 255))).toBeNull();
  expect(parseToken(encoded.subarray(32))).not.toBeNull();
  expect(TOKEN_BYTES).toBe(354);
});

test("what is signed says everything but the signature itself", () => {
  fc.assert(
    fc.property(passes, fc.integer({ min: 0, max: PASS_BYTES - 1 }), (pass, at) => {
      const encoded = encodePass(pass);
      const other = parsePass(encoded.with(at, encoded[at]! ^ 1));
      if (other === null) return;
      const isSame = bytesToHex(signedMessage(other)) === bytesToHex(signedMessage(pass));
      expect(isSame).toBe(at >= PASS_BYTES - 256);
    }),
  );
});

test("fields of a wrong length and names that are no host names are defects", () => {
  const pass = fc.sample(passes, 1)[0]!;
  const short = new Uint8Array(31);
  expect(() => encodePass({ ...pass, randomizer: short })).toThrow();
  expect(() => encodeTokenInput({ ...pass.token, nonce: short })).toThrow();
  expect(() => encodeToken({ ...pass.token, authenticator: short })).toThrow();
  const challenge = { issuerName: "a", redemptionContext: new Uint8Array(0), originInfo: "" };
  expect(() => encodeTokenChallenge(challenge)).not.toThrow();
  for (const wrong of [
    { issuerName: "" },
    { issuerName: "ü" },
    { issuerName: "a b" },
    { originInfo: "x".repeat(0x10000) },
    { redemptionContext: short },
  ])
    expect(() => encodeTokenChallenge({ ...challenge, ...wrong })).toThrow();
});

function challengeIn(text: string) {
  const all = hex(text);
  const ascii = (from: number, length: number) =>
    Buffer.from(all.subarray(from, from + length)).toString("latin1");
  const issuerBytes = all[2]! * 256 + all[3]!;
  const contextAt = 4 + issuerBytes;
  const originAt = contextAt + 1 + all[contextAt]!;
  return {
    issuerName: ascii(4, issuerBytes),
    redemptionContext: all.subarray(contextAt + 1, originAt),
    originInfo: ascii(originAt + 2, all[originAt]! * 256 + all[originAt + 1]!),
  };
}
