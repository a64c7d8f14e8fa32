/** An issuer for tests: keys by purpose and period, a log of them, and raw RSA at hand to play any trick with. */
import { constants, generateKeyPairSync, privateDecrypt, type KeyObject } from "node:crypto";
import { concatBytes, type Bytes } from "#platform/bytes.ts";
import { blindedMessage, finishedPass, type Wanted } from "#pass/client.ts";
import { modulusToSpki } from "#pass/issuer-public-key.ts";
import { readKeyLog, type KeyLog } from "#pass/key-log.ts";
import type { Period } from "#pass/period.ts";

export const community = { issuerName: "issuer.example", originInfo: "origin.example" };
export const walletSecret = new Uint8Array(32).fill(9);

export interface TestIssuer {
  readonly log: KeyLog;
  readonly privateKeys: readonly KeyObject[];
  /** What the key at that place in the log makes of a blinded message. */
  readonly sign: (at: number, blinded: Uint8Array) => Bytes;
  readonly wanted: (at: number, over?: Partial<Wanted>) => Wanted;
  /** A finished pass under the key at that place in the log. */
  readonly pass: (at: number, over?: Partial<Wanted>) => Bytes;
}

export function testIssuer(periods: readonly Period[]): TestIssuer {
  const pairs = periods.map((period) => ({ period, ...testKey() }));
  const read = readKeyLog(pairs);
  if (!read.ok) throw new Error(read.refusal.type);
  const log = read.value;
  const sign = (at: number, blinded: Uint8Array) => rawSign(pairs[at]!.privateKey, blinded);
  const wanted = (at: number, over: Partial<Wanted> = {}): Wanted => ({
    walletSecret,
    community,
    key: log.keys[at]!,
    number: 0,
    ...over,
  });
  const pass = (at: number, over?: Partial<Wanted>) => {
    const blinded = blindedMessage(wanted(at, over));
    if (!blinded.ok) throw new Error(blinded.refusal.type);
    const finished = finishedPass(wanted(at, over), sign(at, blinded.value));
    if (!finished.ok) throw new Error(finished.refusal.type);
    return finished.value;
  };
  return { log, privateKeys: pairs.map((pair) => pair.privateKey), sign, wanted, pass };
}

export function testKey(): { privateKey: KeyObject; spki: Bytes } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { n } = publicKey.export({ format: "jwk" });
  return { privateKey, spki: modulusToSpki(Buffer.from(n!, "base64url")) };
}

export const rawSign = (key: KeyObject, blinded: Uint8Array): Bytes =>
  concatBytes(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, blinded));
