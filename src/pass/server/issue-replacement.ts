/**
 * A new badge for who left a circle well, signed blindly like any other and counted in the quarter of the old one.
 * It comes from the month that issues now, so it counts from next month on: among all badges of that month nobody
 * can tell the new pseudonym from somebody's first.
 */
import type { Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { countedBy, issuingPeriod, type Day } from "../period.ts";
import { canSign } from "./issue-policy.ts";
import { makeKeysAtHand } from "./issue-signing.ts";
import { issuerKeys } from "./issue-store.ts";
import type { IssuingDeps } from "./issue-routes.ts";

interface WantedReplacement {
  /** The month of the badge that is replaced (2027-02), and the month whose key is to sign. */
  readonly old: string;
  readonly month: string;
  /** 256 bytes. */
  readonly blinded: Uint8Array;
  /** The very same was signed before, in whichever month that was. */
  readonly isAgain: boolean;
}

type ReplacementRefusal = {
  /** In the quarter's last month the next quarter's badge is everybody's own. */
  readonly type: "NextQuarter" | "NotIssuing" | "BadInput";
};

/** Gives 256 bytes. */
export type SignReplacement = (
  wanted: WantedReplacement,
  today: Day,
) => Promise<Result<Bytes, ReplacementRefusal>>;

export function makeSignReplacement({ db, sealKey }: IssuingDeps): SignReplacement {
  const atHand = makeKeysAtHand(sealKey);
  return async ({ old, month, blinded, isAgain }, today) => {
    const issuing = issuingPeriod("circle-badge", today);
    if (!isAgain) {
      if (countedBy(issuing) !== countedBy({ ...issuing, name: old }))
        return refuse({ type: "NextQuarter" });
      if (month !== issuing.name) return refuse({ type: "NotIssuing" });
    }
    const keys = (await issuerKeys(db)).filter(canSign);
    const key = keys.find(
      ({ period }) => period.purpose === issuing.purpose && period.name === month,
    );
    if (key === undefined) return refuse({ type: "NotIssuing" });
    const signed = atHand(key).sign([blinded]);
    return signed.ok ? ok(signed.value[0]!) : refuse({ type: "BadInput" });
  };
}
