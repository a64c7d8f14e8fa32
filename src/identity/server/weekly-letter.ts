/**
 * The weekly letter (confidentiality, rule 5): one text to everybody who asked for it, at one moment, in a circle or
 * not. Nothing of it depends on what anybody does here. Whoever holds a letter can end it without signing in, and
 * learns nothing by trying.
 */
import { bytesToHex, bytesToUuid, hexToBytes } from "#platform/bytes.ts";
import { ok, refuse } from "#platform/result.ts";
import type { Redacted } from "#platform/redacted.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import { enqueueLetters } from "#platform/server/letters.ts";
import { openBytes, sealBytes } from "#platform/server/tickets.ts";
import { chooseWeeklyLetter, endLetter } from "../contract.ts";
import { weekOfLetter } from "../weekly-letter.ts";
import type { IdentityDeps } from "./deps.ts";
import {
  askForWeeklyLetter,
  endWeeklyLetter,
  takeLetterWeek,
  weeklyReaders,
} from "./weekly-letter-store.ts";

export type WeeklyLetterDeps = Pick<
  IdentityDeps,
  "db" | "clock" | "addresses" | "letterKey" | "origin"
> & {
  /** The clock that the whole community's letter goes by. */
  readonly zone: () => Promise<string>;
};

/** Wants to run every twenty minutes, on as many nodes as there are: a week's letters go once. */
export async function sendWeeklyLetter(deps: WeeklyLetterDeps): Promise<void> {
  const { db, clock, addresses, letterKey, origin } = deps;
  const now = clock.now();
  const week = weekOfLetter(now, await deps.zone());
  if (week === null) return;
  await db.transaction().execute(async (within) => {
    if (!(await takeLetterWeek(within, week))) return;
    const letters = (await weeklyReaders(within)).map(({ id, email_sealed }) => {
      const end = endToken(letterKey, id);
      const letter = {
        template: "weekly",
        to: addresses.open(email_sealed),
        // Mail filters open links ahead of the reader: the page alone reads what follows the #, and asks first.
        fields: { address: origin(), link: `${origin()}/letter#${end}` },
        endAt: `${origin()}${endLetter.path.replace(":end", end)}`,
      };
      return { letter, account: id };
    });
    await enqueueLetters(within, letterKey, letters, now);
  });
}

export function weeklyLetterRoutes(mounting: Mounting, deps: IdentityDeps): void {
  const { db, letterKey } = deps;

  mount(mounting, chooseWeeklyLetter, async (request) => {
    const { account } = callerOf(request);
    if (request.body.wanted)
      return (await askForWeeklyLetter(db, account))
        ? ok({})
        : refuse({ type: "AddressNotConfirmed" });
    await endWeeklyLetter(db, account);
    return ok({});
  });

  mount(mounting, endLetter, async ({ params }) => {
    const account = endedBy(letterKey, params.end);
    if (account !== null) await endWeeklyLetter(db, account);
    return ok({});
  });

  // Mail programs that know nothing of RFC 8058 open the header's address as a page. That alone ends nothing.
  mounting.app.get<{ Params: { end: string } }>(endLetter.path, (request, reply) =>
    reply.redirect(`/letter#${encodeURIComponent(request.params.end)}`),
  );
}

const PURPOSE = "end of the weekly letter";

/** Another one each week: two letters can't be told to be one person's. */
const endToken = (key: Redacted<Uint8Array>, account: string): string =>
  bytesToHex(sealBytes(key, PURPOSE, hexToBytes(account.replaceAll("-", ""))!));

function endedBy(key: Redacted<Uint8Array>, token: string): string | null {
  const sealed = hexToBytes(token);
  const account = sealed && openBytes(key, PURPOSE, sealed);
  return account && bytesToUuid(account);
}
