/**
 * The stewards' key of the sample community: founded by its first steward, who admits the second. The same entries
 * and wraps as their browsers would make; what they are is checked as the server checks any.
 */
import { randomBytes } from "node:crypto";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import type { Transaction } from "kysely";
import { base64urlToBytes, bytesToBase64url, concatBytes, type Bytes } from "#platform/bytes.ts";
import type { Clock } from "#platform/clock.ts";
import { logDecision } from "#stewardship/server/decision-store.ts";
import {
  keepBinding,
  keepStewardLogEntry,
  keepWraps,
  type KeyWithin,
} from "#stewardship/server/key-store.ts";
import {
  bindingMessage,
  entryMessage,
  extendStewardLogState,
  type StewardLogState,
} from "#stewardship/steward-log.ts";
import type { EpochKeys, StewardKeys, StewardLogEntry } from "#stewardship/log-entry.ts";
import { epochWrapInfo } from "#stewardship/steward-wrap.ts";
import { ownPublicKeys, ownSigningSeed } from "#vault/own-keys.ts";
import { sealTo } from "./sample-hpke.ts";

/** An account's, for as long as it is being made. */
export interface SampleSafe {
  readonly account: string;
  readonly vaultKey: Bytes;
}

export async function keepSampleStewardKey(
  everything: Transaction<never>,
  clock: Clock,
  [founder, ...others]: readonly SampleSafe[],
): Promise<void> {
  const within = everything as unknown as KeyWithin & Parameters<typeof logDecision>[0];
  const [hpke, signing] = [concatBytes(randomBytes(32)), concatBytes(randomBytes(32))];
  const epochKeys: EpochKeys = {
    hpkeKey: bytesToBase64url(x25519.getPublicKey(hpke)),
    signingKey: bytesToBase64url(ed25519.getPublicKey(signing)),
  };
  const secret = concatBytes(hpke, signing);
  const seed = ownSigningSeed(founder!.vaultKey);

  const add = async (
    before: StewardLogState | null,
    { account, vaultKey }: SampleSafe,
    made: Pick<StewardLogEntry, "kind" | "epochKeys">,
  ): Promise<StewardLogState> => {
    const keys = stewardKeys(vaultKey);
    const entry = signed(before, seed, { ...made, epoch: 1, stewards: [keys] });
    const after = extendStewardLogState(before, entry);
    if (!after.ok || !(await keepStewardLogEntry(within, entry)))
      throw new Error("The sample's stewards' key could not be made");
    const bound = { info: epochWrapInfo(1, epochKeys, keys.signingKey), aad: new Uint8Array(0) };
    const sealed = await sealTo(base64urlToBytes(keys.hpkeKey)!, bound, secret);
    await keepWraps(within, 1, [{ account, sealed: Buffer.from(sealed) }]);
    await keepBinding(within, account, Buffer.from(base64urlToBytes(keys.binding)!));
    return after.value;
  };

  let state = await add(null, founder!, { kind: "founding", epochKeys });
  await logDecision(within, clock, { kind: "steward-key", detail: "founded" });
  for (const other of others) {
    state = await add(state, other, { kind: "admission", epochKeys: null });
    await logDecision(within, clock, { kind: "steward", detail: "admitted" });
  }
}

function stewardKeys(vaultKey: Bytes): StewardKeys {
  const { hpke, signing } = ownPublicKeys(vaultKey);
  const hpkeKey = bytesToBase64url(hpke);
  const binding = ed25519.sign(bindingMessage(hpkeKey), ownSigningSeed(vaultKey));
  return {
    hpkeKey,
    signingKey: bytesToBase64url(signing),
    binding: bytesToBase64url(binding),
  };
}

function signed(
  before: StewardLogState | null,
  seed: Bytes,
  content: Pick<StewardLogEntry, "kind" | "epoch" | "epochKeys" | "stewards">,
): StewardLogEntry {
  const signer = bytesToBase64url(ed25519.getPublicKey(seed));
  const unsigned = { ...content, sequence: (before?.sequence ?? 0) + 1, signer };
  const signature = ed25519.sign(entryMessage(before, unsigned), seed);
  return { ...unsigned, signature: bytesToBase64url(signature) };
}
