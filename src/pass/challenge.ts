/** The challenge that the passes of one purpose and period answer: it binds them to this community and this use. */
import { sha256 } from "@noble/hashes/sha2.js";
import { framedBytes, type Bytes } from "#platform/bytes.ts";
import type { Period } from "./period.ts";
import { challengeDigest } from "./token.ts";

/** Names, not addresses: they stay when a community moves, or every pass in circulation would be void. */
export interface Community {
  readonly issuerName: string;
  readonly originInfo: string;
}

export const passChallengeDigest = (
  { issuerName, originInfo }: Community,
  { purpose, name }: Pick<Period, "purpose" | "name">,
): Bytes =>
  challengeDigest({
    issuerName,
    redemptionContext: sha256(framedBytes("callroom/v1/redemption", purpose, name)),
    originInfo,
  });
