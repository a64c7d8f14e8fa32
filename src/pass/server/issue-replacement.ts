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

interface Replacement {
  /** The month (2027-03). */
  readonly name: string;
  readonly signature: Bytes;
}

type ReplacementRefusal = {
  /** In the quarter's last month the next quarter's badge is everybody's own. */
  readonly type: "NextQuarter" | "NotIssuing" | "BadInput";
};

/** `old` is the month of the badge that is replaced; `blinded` has 256 bytes. */
export type SignReplacement = (
  old: string,
  blinded: Uint8Array,
  today: Day,
) => Promise<Result<Replacement, ReplacementRefusal>>;

export function makeSignReplacement({ db, sealKey }: IssuingDeps): SignReplacement {
  const atHand = makeKeysAtHand(sealKey);
  return async (old, blinded, today) => {
    const period = issuingPeriod("circle-badge", today);
    if (countedBy(period) !== countedBy({ ...period, name: old }))
      return refuse({ type: "NextQuarter" });
    const keys = (await issuerKeys(db)).filter(canSign);
    const key = keys.find(
      (each) => each.period.purpose === period.purpose && each.period.name === period.name,
    );
    if (key === undefined) return refuse({ type: "NotIssuing" });
    const signed = atHand(key).sign([blinded]);
    return signed.ok
      ? ok({ name: period.name, signature: signed.value[0]! })
      : refuse({ type: "BadInput" });
  };
}
