/** The daily job that writes to coaches sixty, thirty and seven days before a credential ends, and on the day. */
import { enqueueLetter } from "#platform/server/letters.ts";
import { today, type CoachingDeps } from "../../server/deps.ts";
import { lastDayOf, reminderDue } from "../credential.ts";
import { credentialsEnding, keepReminded } from "./store.ts";

const AHEAD_MS = 60 * 86_400_000;

/** Letters and the note that they went out come in one transaction: a second run writes to nobody again. */
export async function remindOfCredentials(
  deps: Pick<CoachingDeps, "db" | "clock" | "letterKey" | "addresses">,
): Promise<void> {
  const day = today(deps.clock);
  const until = new Date(deps.clock.now() + AHEAD_MS).toISOString().slice(0, 7);
  await deps.db.transaction().execute(async (within) => {
    const ending = await credentialsEnding(within, day.slice(0, 7), until);
    const due = ending.filter(
      ({ expires, reminded }) => reminderDue(expires, day, reminded) !== null,
    );
    // One letter for all that end on one day: it names none of them.
    const letters = Map.groupBy(due, ({ coach, expires }) => `${coach} ${expires}`);
    for (const [first, ...others] of letters.values()) {
      if (!first) continue;
      const ends = lastDayOf(first.expires);
      const letter = {
        template: "credential-expiry",
        to: deps.addresses.open(first.email_sealed),
        fields: { day: dayInWords(ends) },
      };
      await enqueueLetter(within, deps.letterKey, letter, { account: first.coach });
      await keepReminded(
        within,
        [first, ...others].map(({ id }) => id),
        reminderDue(first.expires, day, null)!,
      );
    }
  });
}

/** 30 April 2027. */
const dayInWords = (date: string): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(
    Date.parse(`${date}T12:00:00Z`),
  );
