/**
 * A steward's browser and the stewards' key: it founds, renews and hands on the key of an epoch (rule 10).
 * The private halves leave this file only sealed (HPKE: X25519, HKDF-SHA256, AES-256-GCM) to stewards whom
 * the signed log names; what a wrap holds is checked against the log.
 */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { base64urlToBytes, bytesToBase64url, concatBytes, type Bytes } from "#platform/bytes.ts";
import { hpkeSeed, signingSeed, type OpenKey } from "#vault/web/keys.ts";
import { bindingMessage, entryMessage, type StewardLogState } from "../steward-log.ts";
import type { EpochKeys, StewardKeys, StewardLogEntry } from "../log-entry.ts";
import { epochWrapInfo } from "../steward-wrap.ts";

/** The private halves of an epoch's key. */
export interface EpochSecret {
  /** X25519 */
  readonly hpke: Bytes;
  /** Ed25519 seed */
  readonly signing: Bytes;
}

export interface StewardAccount {
  readonly account: string;
  readonly keys: StewardKeys;
}

/** What `extendStewardLog` is called with. */
export interface Extension {
  readonly entry: StewardLogEntry;
  readonly wraps: { readonly account: string; readonly sealed: string }[];
}

export const hpkeSuite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
const ENC = 32;

/** The caller's own place in the log, which `offerStewardKeys` asks for. */
export async function ownStewardKeys(open: OpenKey): Promise<StewardKeys> {
  const hpkeKey = bytesToBase64url(x25519.getPublicKey(await hpkeSeed(open)));
  const seed = await signingSeed(open);
  return {
    hpkeKey,
    signingKey: bytesToBase64url(ed25519.getPublicKey(seed)),
    binding: bytesToBase64url(ed25519.sign(bindingMessage(hpkeKey), seed)),
  };
}

/** The first epoch, or one founded anew because nobody of the log is left. */
export async function foundEpoch(
  open: OpenKey,
  log: StewardLogState | null,
  account: string,
): Promise<Extension> {
  const own = { account, keys: await ownStewardKeys(open) };
  return newEpoch(open, log, "founding", [own]);
}

/** Another epoch's key for those who stay; the caller is among them. */
export function renewEpoch(
  open: OpenKey,
  log: StewardLogState,
  staying: readonly StewardAccount[],
): Promise<Extension> {
  return newEpoch(open, log, "epoch", staying);
}

/** The epoch's key for one steward more. Compare safety words first: the server says whose keys these are. */
export async function admitSteward(
  open: OpenKey,
  log: StewardLogState,
  secret: EpochSecret,
  admitted: StewardAccount,
): Promise<Extension> {
  const { epoch, epochKeys } = log;
  return {
    entry: await signed(open, log, {
      kind: "admission",
      epoch,
      epochKeys: null,
      stewards: [admitted.keys],
    }),
    wraps: [await wrapFor(admitted, epoch, epochKeys, secret)],
  };
}

/** Null where it doesn't open, or doesn't hold the private halves of what the log shows. */
export async function openEpochWrap(
  open: OpenKey,
  epoch: number,
  epochKeys: EpochKeys,
  sealed: string,
): Promise<EpochSecret | null> {
  const bytes = base64urlToBytes(sealed);
  if (!bytes) return null;
  const name = bytesToBase64url(ed25519.getPublicKey(await signingSeed(open)));
  try {
    const recipientKey = await hpkeSuite.kem.importKey("raw", (await hpkeSeed(open)).buffer, false);
    const info = epochWrapInfo(epoch, epochKeys, name);
    const plain = new Uint8Array(
      await hpkeSuite.open({ recipientKey, enc: bytes.slice(0, ENC), info }, bytes.slice(ENC)),
    );
    const secret = { hpke: plain.slice(0, 32), signing: plain.slice(32) };
    const { hpkeKey, signingKey } = publicHalves(secret);
    return hpkeKey === epochKeys.hpkeKey && signingKey === epochKeys.signingKey ? secret : null;
  } catch {
    return null;
  }
}

async function newEpoch(
  open: OpenKey,
  log: StewardLogState | null,
  kind: "founding" | "epoch",
  stewards: readonly StewardAccount[],
): Promise<Extension> {
  const secret: EpochSecret = {
    hpke: crypto.getRandomValues(new Uint8Array(32)),
    signing: crypto.getRandomValues(new Uint8Array(32)),
  };
  const epoch = (log?.epoch ?? 0) + 1;
  const epochKeys = publicHalves(secret);
  return {
    entry: await signed(open, log, {
      kind,
      epoch,
      epochKeys,
      stewards: stewards.map(({ keys }) => keys),
    }),
    wraps: await Promise.all(stewards.map((steward) => wrapFor(steward, epoch, epochKeys, secret))),
  };
}

async function signed(
  open: OpenKey,
  log: StewardLogState | null,
  content: Pick<StewardLogEntry, "kind" | "epoch" | "epochKeys" | "stewards">,
): Promise<StewardLogEntry> {
  const seed = await signingSeed(open);
  const signer = bytesToBase64url(ed25519.getPublicKey(seed));
  const unsigned = { ...content, sequence: (log?.sequence ?? 0) + 1, signer };
  const signature = bytesToBase64url(ed25519.sign(entryMessage(log, unsigned), seed));
  return { ...unsigned, signature };
}

async function wrapFor(
  { account, keys }: StewardAccount,
  epoch: number,
  epochKeys: EpochKeys,
  secret: EpochSecret,
) {
  const recipientPublicKey = await hpkeSuite.kem.deserializePublicKey(
    base64urlToBytes(keys.hpkeKey)!,
  );
  const { enc, ct } = await hpkeSuite.seal(
    { recipientPublicKey, info: epochWrapInfo(epoch, epochKeys, keys.signingKey) },
    concatBytes(secret.hpke, secret.signing),
  );
  return {
    account,
    sealed: bytesToBase64url(concatBytes(new Uint8Array(enc), new Uint8Array(ct))),
  };
}

const publicHalves = ({ hpke, signing }: EpochSecret): EpochKeys => ({
  hpkeKey: bytesToBase64url(x25519.getPublicKey(hpke)),
  signingKey: bytesToBase64url(ed25519.getPublicKey(signing)),
});
