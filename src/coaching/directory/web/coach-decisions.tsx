/** For stewards: the coaches who wait, and those published. Each opens on a page of its own to be decided. */
import { Awaited } from "#design/awaited.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { useAsked } from "#platform/web/asked.ts";
import { readSubmittedCoaches } from "../contract.ts";
import { standingOf } from "../credential.ts";
import { words } from "./coach-decisions-words.ts";

export type CoachOnFile = AnswerOf<typeof readSubmittedCoaches>["coaches"][number];

/** The same function on every rendering, as `useAsked` wants it. */
export const askCoachesOnFile = (signal: AbortSignal) => call(readSubmittedCoaches, { signal });

export function CoachDecisions() {
  const asking = useAsked(askCoachesOnFile);
  return (
    <Page title={words.title} lead={words.lead} back={words.back} zone={readBy.stewards}>
      <Awaited asking={asking} label={words.loading} />
      {asking.asked.state === "here" && <Lists coaches={asking.asked.answer.coaches} />}
    </Page>
  );
}

function Lists({ coaches }: { readonly coaches: readonly CoachOnFile[] }) {
  const today = Temporal.Now.plainDateISO().toString();
  const waiting = coaches.filter(({ state }) => state === "submitted");
  const published = coaches.filter(({ state }) => state === "published" || state === "paused");
  const toRecheck = published.filter((coach) => needsLook(coach, today));
  const rest = published.filter((coach) => !needsLook(coach, today));
  return (
    <>
      <Section title={words.waiting}>
        {waiting.length === 0 ? (
          <EmptyState text={words.waitingEmpty} />
        ) : (
          <CoachList label={words.waiting} coaches={waiting} />
        )}
      </Section>
      {toRecheck.length > 0 && (
        <Section title={words.toRecheck} lead={words.toRecheckLead}>
          <CoachList label={words.toRecheck} coaches={toRecheck} />
        </Section>
      )}
      {rest.length > 0 && (
        <Section title={words.published}>
          <CoachList label={words.published} coaches={rest} />
        </Section>
      )}
    </>
  );
}

function CoachList(props: { readonly label: string; readonly coaches: readonly CoachOnFile[] }) {
  return (
    <CardList label={props.label}>
      {props.coaches.map((coach) => (
        <Card
          key={coach.id}
          level={3}
          title={coach.name}
          href={`/stewardship/coaches/${coach.id}`}
          meta={words.meta([
            words.states[coach.state],
            ...(coach.state === "submitted" ? [] : [words.kinds[coach.kind]]),
            words.credentials(
              coach.credentials.length,
              coach.credentials.filter(({ state }) => state === "self-declared").length,
            ),
          ])}
        />
      ))}
    </CardList>
  );
}

/** A card for the stewards' front page. */
export function CoachesWaiting() {
  const { asked } = useAsked(askCoachesOnFile);
  return <Card title={words.title} href="/stewardship/coaches" meta={countText()} />;

  function countText(): string {
    switch (asked.state) {
      case "asking":
        return words.busy;
      case "refused":
        return words.unknown;
      case "here":
        return words.count(
          asked.answer.coaches.filter(({ state }) => state === "submitted").length,
        );
    }
  }
}

/** What a steward once checked must not quietly become something else. */
const needsLook = (coach: CoachOnFile, today: string): boolean =>
  coach.credentials.some(
    (each) => each.state === "self-declared" || standingOf(each, today) === "expired",
  );
