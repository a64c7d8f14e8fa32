/**
 * The Origin of RFC 9578: it takes passes with the public keys of the log alone, and so can lie on a server that
 * knows nobody. Every reason to refuse is the same refusal.
 */
import { constants, createPublicKey, verify, type KeyObject } from "node:crypto";
import { bytesToHex, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { isBadgeProved, type Showing } from "../badge.ts";
import { SALT_BYTES } from "../blind-rsa.ts";
import { passChallengeDigest, type Community } from "../challenge.ts";
import type { KeyLog } from "../key-log.ts";
import { isAccepted, mayBegin, type Day, type Period } from "../period.ts";
import type { BadgePurpose, BearerPurpose, Purpose } from "../purpose.ts";
import { spentKey } from "../spent.ts";
import { parsePass, signedMessage, type Pass } from "../token.ts";

export interface AcceptedPass {
  readonly period: Period;
  /** What the spent list goes by. */
  readonly spentKey: Bytes;
}

export interface AcceptedBadge extends AcceptedPass {
  /** The pseudonym's Ed25519 public key. */
  readonly pseudonym: Bytes;
  /** Past its last day, and under a key that only goes on, a badge keeps its pseudonym's seat but begins nothing. */
  readonly mayBegin: boolean;
}

type PassRefused = { readonly type: "PassRefused" };

export interface Origin {
  readonly accept: (
    presented: Uint8Array,
    purpose: BearerPurpose,
    today: Day,
  ) => Result<AcceptedPass, PassRefused>;
  readonly acceptBadge: (
    presented: Uint8Array,
    purpose: BadgePurpose,
    today: Day,
    shown: { readonly showing: Showing; readonly proof: Uint8Array },
  ) => Result<AcceptedBadge, PassRefused>;
}

/** What the nameless side knows of a key besides the log. */
export type KeyUse =
  | "begins"
  /** Its crowd is too small yet, or a backup was restored since it began: what was begun goes on. */
  | "goes-on"
  | "over";

/** `useAt` is asked by a key's place in the log. */
export function makeOrigin(
  log: KeyLog,
  community: Community,
  useAt: (at: number) => KeyUse = () => "begins",
): Origin {
  const keysById = new Map(
    log.keys.map(({ period, issuer }, at) => {
      const challenge = passChallengeDigest(community, period);
      const publicKey = createPublicKey({
        key: Buffer.from(issuer.spki),
        format: "der",
        type: "spki",
      });
      return [bytesToHex(issuer.id), { period, challenge, publicKey, use: useAt(at) }];
    }),
  );

  const signedFor = (presented: Uint8Array, purpose: Purpose, today: Day) => {
    const pass = parsePass(presented);
    const key = pass && keysById.get(bytesToHex(pass.token.tokenKeyId));
    if (!pass || key?.period.purpose !== purpose || !isAccepted(key.period, today)) return null;
    if (key.use === "over") return null;
    const isOurs = Buffer.compare(pass.token.challengeDigest, key.challenge) === 0;
    return isOurs && isSigned(pass, key.publicKey) ? { pass, ...key } : null;
  };

  return {
    accept: (presented, purpose, today) => {
      const found = signedFor(presented, purpose, today);
      if (found?.use !== "begins") return refuse({ type: "PassRefused" });
      return ok({ period: found.period, spentKey: spentKey(found.pass) });
    },
    acceptBadge: (presented, purpose, today, { showing, proof }) => {
      const found = signedFor(presented, purpose, today);
      if (found === null || !isBadgeProved(found.pass, showing, proof))
        return refuse({ type: "PassRefused" });
      const { pass, period, use } = found;
      return ok({
        period,
        spentKey: spentKey(pass),
        pseudonym: pass.token.nonce,
        mayBegin: use === "begins" && mayBegin(period, today),
      });
    },
  };
}

/** RSASSA-PSS-VERIFY of RFC 8017 with the one hash and salt length that our keys allow. */
const isSigned = (pass: Pass, publicKey: KeyObject): boolean =>
  verify(
    "sha384",
    signedMessage(pass),
    { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT_BYTES },
    pass.token.authenticator,
  );
