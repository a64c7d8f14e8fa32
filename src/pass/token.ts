/**
 * A token in the shape of RFC 9578, type 2 (publicly verifiable, RSA of 2048 bits), and the challenge of RFC 9577
 * that it answers. One thing is ours: the message is randomized (RFC 9474), so a pass carries its randomizer.
 *
 *     struct { uint16 token_type; opaque nonce[32]; opaque challenge_digest[32];
 *              opaque token_key_id[32]; opaque authenticator[256]; } Token;        // 354 bytes
 *     struct { opaque randomizer[32]; Token token; } Pass;                         // 386 bytes
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, utf8ToBytes, type Bytes } from "#platform/bytes.ts";
import { prepare, RANDOMIZER_BYTES } from "./blind-rsa.ts";
import { MODULUS_BYTES } from "./issuer-public-key.ts";

const TOKEN_TYPE = 0x0002;
const INPUT_BYTES = 2 + 3 * 32;
export const TOKEN_BYTES = INPUT_BYTES + MODULUS_BYTES;
export const PASS_BYTES = RANDOMIZER_BYTES + TOKEN_BYTES;

export interface TokenInput {
  readonly nonce: Bytes;
  readonly challengeDigest: Bytes;
  readonly tokenKeyId: Bytes;
}

export interface Token extends TokenInput {
  readonly authenticator: Bytes;
}

export interface Pass {
  readonly randomizer: Bytes;
  readonly token: Token;
}

/** RFC 9577, section 2.1. */
export interface TokenChallenge {
  /** A host name, 1 to 65,535 bytes of ASCII. */
  readonly issuerName: string;
  /** 32 bytes, or none. */
  readonly redemptionContext: Uint8Array;
  /** Host names parted by commas. */
  readonly originInfo: string;
}

/** What a pass's authenticator is a signature on: 130 bytes. */
export const signedMessage = ({ randomizer, token }: Pass): Bytes =>
  prepare(encodeTokenInput(token), randomizer);

export function encodeTokenInput(input: TokenInput): Bytes {
  const { nonce, challengeDigest, tokenKeyId } = input;
  if ([nonce, challengeDigest, tokenKeyId].some((field) => field.length !== 32))
    throw new Error("Nonce, challenge digest and key id have 32 bytes each");
  return concatBytes(uint16(TOKEN_TYPE), nonce, challengeDigest, tokenKeyId);
}

export function encodeToken(token: Token): Bytes {
  if (token.authenticator.length !== MODULUS_BYTES)
    throw new Error("An authenticator has 256 bytes");
  return concatBytes(encodeTokenInput(token), token.authenticator);
}

/** Null for another length or another type. */
export function parseToken(bytes: Uint8Array): Token | null {
  if (bytes.length !== TOKEN_BYTES || bytes[0] !== 0 || bytes[1] !== TOKEN_TYPE) return null;
  const field = (from: number, to: number) => concatBytes(bytes.subarray(from, to));
  return {
    nonce: field(2, 34),
    challengeDigest: field(34, 66),
    tokenKeyId: field(66, INPUT_BYTES),
    authenticator: field(INPUT_BYTES, TOKEN_BYTES),
  };
}

export function encodePass({ randomizer, token }: Pass): Bytes {
  if (randomizer.length !== RANDOMIZER_BYTES) throw new Error("A randomizer has 32 bytes");
  return concatBytes(randomizer, encodeToken(token));
}

export function parsePass(bytes: Uint8Array): Pass | null {
  const token = parseToken(bytes.subarray(RANDOMIZER_BYTES));
  return token && { randomizer: concatBytes(bytes.subarray(0, RANDOMIZER_BYTES)), token };
}

export function encodeTokenChallenge(challenge: TokenChallenge): Bytes {
  const issuer = asciiToBytes(challenge.issuerName);
  const origin = asciiToBytes(challenge.originInfo);
  const context = challenge.redemptionContext;
  if (issuer.length === 0 || (context.length !== 0 && context.length !== 32))
    throw new Error("An issuer has a name, and a redemption context 32 bytes or none");
  return concatBytes(
    uint16(TOKEN_TYPE),
    uint16(issuer.length),
    issuer,
    Uint8Array.of(context.length),
    context,
    uint16(origin.length),
    origin,
  );
}

export const challengeDigest = (challenge: TokenChallenge): Bytes =>
  concatBytes(sha256(encodeTokenChallenge(challenge)));

function asciiToBytes(text: string): Bytes {
  const bytes = utf8ToBytes(text);
  if (bytes.length > 0xffff || bytes.some((byte) => byte < 0x21 || byte > 0x7e))
    throw new Error("A host name is visible ASCII, at most 65,535 bytes");
  return bytes;
}

const uint16 = (value: number): Bytes => Uint8Array.of(value >>> 8, value & 255);
