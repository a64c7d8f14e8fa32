/** The first room: one thing to do now, then the next session. */
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { hereZone, Time } from "#design/time.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { Section } from "#design/section.tsx";
import { useAccount } from "#identity/web/door.tsx";
import { useCollection } from "#vault/web/safe-context.tsx";
import { isUpcoming, useBookings } from "#coaching/booking/web/sessions.tsx";
import { words } from "./today-words.ts";

export function Today() {
  const account = useAccount();
  const now = useNextThing();
  const [bookings] = useBookings();
  const next = bookings.at === "shown" ? bookings.bookings.find(isUpcoming) : undefined;
  return (
    <Page title={words.greeting(new Date().getHours(), account.name)} lead={now.lead}>
      <p>
        <LinkButton kind="primary" href={now.href}>
          {now.text}
        </LinkButton>
      </p>
      {next && (
        <Section title={words.next}>
          <CardList label={words.next}>
            <Card
              level={3}
              title={words.with(next.with.name)}
              href="/coach/sessions"
              meta={
                <Time
                  at={next.start}
                  zone={hereZone()}
                  otherZone={next.with.timeZone}
                  otherName={next.with.name}
                />
              }
            />
          </CardList>
        </Section>
      )}
      {account.roles.includes("steward") && (
        <p>
          <LinkButton href="/stewardship">{words.stewardship}</LinkButton>
        </p>
      )}
      {account.roles.includes("coach") && (
        <p>
          <LinkButton href="/desk">{words.desk}</LinkButton>
        </p>
      )}
    </Page>
  );
}

interface Kept {
  readonly on?: string;
}

const A_MONTH_MS = 28 * 24 * 3600_000;

/** One thing, never a wall of cards: the check-in first, then the path, then somebody to talk to. */
function useNextThing(): { lead: string; text: string; href: string } {
  const checkIns = useCollection<Kept>("check-in");
  const paths = useCollection("path");
  const latest = checkIns
    .map((record) => record.content.on ?? "")
    .toSorted()
    .at(-1);
  if (latest === undefined) return { ...words.firstCheckIn, href: "/reflect/check-in" };
  if (Date.now() - Date.parse(latest) > A_MONTH_MS)
    return { ...words.checkInAgain, href: "/reflect/check-in" };
  if (paths.length === 0) return { ...words.findPath, href: "/plan/path" };
  return { ...words.findCoach, href: "/coach" };
}
