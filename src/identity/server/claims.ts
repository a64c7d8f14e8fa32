/**
 * What somebody claims to be, sealed at rest, and the mark it leaves in a quarter: an HMAC under that
 * quarter's secret, which is itself sealed and destroyed with the quarter (rule 7).
 */
import { createHmac, randomBytes } from "node:crypto";
import { utf8ToBytes } from "#platform/bytes.ts";
import type { Redacted } from "#platform/redacted.ts";
import { openBytes, sealBytes } from "#platform/server/tickets.ts";
import { licenceToBytes, rosterUseToBytes, type Licence } from "../licence.ts";
import type { RegisteredName } from "../npi.ts";

export type Claim =
  | {
      readonly of: "physician";
      readonly licence: Licence;
      /** As on the licence; null when it has been decided about. */
      readonly name: RegisteredName | null;
    }
  /** Which use of which roster's code. */
  | { readonly of: "student"; readonly roster: string; readonly use: number };

export interface Claims {
  readonly seal: (claim: Claim) => Buffer;
  readonly open: (sealed: Uint8Array) => Claim;
  /** A fresh secret for a quarter, sealed. */
  readonly newSecret: () => Buffer;
  /** 32 bytes: one licence has one in a quarter. */
  readonly mark: (secretSealed: Uint8Array, claim: Claim) => Buffer;
}

export function makeClaims(key: Redacted<Uint8Array>): Claims {
  const opened = (purpose: string, sealed: Uint8Array): Buffer => {
    const plain = openBytes(key, purpose, sealed);
    if (plain) return plain;
    throw new Error("A claim could not be opened: are these the secrets of this database?");
  };
  return {
    seal: (claim) => sealBytes(key, "claim", utf8ToBytes(JSON.stringify(claim))),
    open: (sealed) => JSON.parse(opened("claim", sealed).toString("utf8")) as Claim,
    newSecret: () => sealBytes(key, "licence quarter", randomBytes(32)),
    mark: (secretSealed, claim) =>
      createHmac("sha256", opened("licence quarter", secretSealed))
        .update(
          claim.of === "physician"
            ? licenceToBytes(claim.licence)
            : rosterUseToBytes(claim.roster, claim.use),
        )
        .digest(),
  };
}

/** What stays after a decision for it: what the next quarter's mark is made of, and no name. */
export const withoutName = (claim: Claim): Claim =>
  claim.of === "physician" ? { ...claim, name: null } : claim;
