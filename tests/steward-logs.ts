/** Logs for tests, as they would be after some decisions, and after a founding. */
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { bytesToBase64url } from "#platform/bytes.ts";
import { decisionHash } from "#stewardship/decision-log.ts";
import type { LoggedDecision, StewardLogEntry } from "#stewardship/log-entry.ts";
import { bindingMessage, entryMessage } from "#stewardship/steward-log.ts";

export function decisionChain(count: number, detail = "npi"): LoggedDecision[] {
  const made: LoggedDecision[] = [];
  for (let sequence = 1; sequence <= count; sequence++) {
    const entry = { sequence, quarter: "2026-Q4", kind: "verification-approved", detail };
    made.push({ ...entry, hash: decisionHash(made.at(-1) ?? null, entry) });
  }
  return made;
}

/** A founding by one steward; each seed makes another. */
export function founding(seed: number): StewardLogEntry {
  const key = new Uint8Array(32).fill(seed);
  const hpkeKey = bytesToBase64url(x25519.getPublicKey(key));
  const signingKey = bytesToBase64url(ed25519.getPublicKey(key));
  const binding = bytesToBase64url(ed25519.sign(bindingMessage(hpkeKey), key));
  const unsigned = {
    sequence: 1,
    kind: "founding" as const,
    epoch: 1,
    epochKeys: { hpkeKey, signingKey },
    stewards: [{ hpkeKey, signingKey, binding }],
    signer: signingKey,
  };
  const signature = bytesToBase64url(ed25519.sign(entryMessage(null, unsigned), key));
  return { ...unsigned, signature };
}
