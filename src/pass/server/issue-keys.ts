/**
 * The life of issuer keys: made weeks before they issue, put into the log for every device to see, told to the
 * nameless side, and destroyed when the last pass they signed has ended. Any number of nodes may do it at once.
 */
import type { Redacted } from "#platform/redacted.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { periodsToPrepare, type Day, type Period } from "../period.ts";
import type { CalendarPurpose } from "../purpose.ts";
import { makeIssuerKey, openIssuerKey } from "./issuer-key.ts";
import {
  countHolders,
  forgetEnded,
  issuerKeys,
  keepIssuerKey,
  logKeysIssuingBy,
  takeKeyTurn,
  type IssuerKeyRow,
  type IssuingDb,
} from "./issue-store.ts";
import type { NamelessKeys } from "./nameless-keys.ts";

/** Purposes whose passes somebody takes by now: the others would fill the log for nothing. */
const IN_USE: readonly CalendarPurpose[] = ["circle-badge"];

/**
 * A key is made five weeks before it issues, and logged three weeks before. So every backup of the last two
 * weeks has all keys that any device has seen, and the log goes on after it is restored.
 */
const LOGGED_AHEAD_DAYS = 21;

/** Refused where the keys there were sealed under another key than ours. */
export function prepareIssuerKeys(
  db: IssuingDb,
  sealKey: Redacted<Uint8Array>,
  today: Day,
): Promise<Result<null, { type: "SealedWithAnother" }>> {
  return db.transaction().execute(async (within) => {
    await takeKeyTurn(within);
    const there = await issuerKeys(within);
    if (!there.every((key) => opens(sealKey, key))) return refuse({ type: "SealedWithAnother" });
    const isThere = ({ purpose, name }: Period) =>
      there.some(({ period }) => period.purpose === purpose && period.name === name);
    const lacking = IN_USE.flatMap((purpose) => periodsToPrepare(purpose, today)).filter(
      (period) => !isThere(period),
    );
    const made = await Promise.all(lacking.map((period) => makeIssuerKey(sealKey, period)));
    for (const [at, period] of lacking.entries())
      await keepIssuerKey(within, { ...made[at]!, period });
    const day = Temporal.PlainDate.from(today).add({ days: LOGGED_AHEAD_DAYS });
    await logKeysIssuingBy(within, day.toString());
    await forgetEnded(within, today);
    return ok(null);
  });
}

const opens = (sealKey: Redacted<Uint8Array>, { period, spki, sealed }: IssuerKeyRow): boolean =>
  sealed === null || openIssuerKey(sealKey, { period, spki, sealed }) !== null;

/** The whole log each time: the nameless side takes what it lacks. No transaction reaches both. */
export async function tellKeys(
  db: IssuingDb,
  nameless: Pick<NamelessKeys, "append">,
): Promise<void> {
  const keys = await issuerKeys(db);
  await nameless.append(keys.filter(({ position }) => position !== null));
}

/** Once a day, or the numbers would tell in which hour somebody came by. */
export async function tellCrowds(
  db: IssuingDb,
  nameless: Pick<NamelessKeys, "setCrowds">,
  today: Day,
): Promise<void> {
  await nameless.setCrowds(await countHolders(db, today));
}
