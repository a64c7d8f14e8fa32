/** For stewards: one coach as members will see the card, what has been checked, and yes or not yet. */
import { useState } from "react";
import { useParams } from "wouter";
import { Awaited } from "#design/awaited.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { hereZone } from "#design/time.tsx";
import { useAsked } from "#platform/web/asked.ts";
import { publishedCredential } from "../credential.ts";
import { hoursToWeeklyHours } from "../weekly-hours.ts";
import { CoachCard } from "./coach-card.tsx";
import { PublishForm, ReturnForm } from "./coach-decision-forms.tsx";
import { words } from "./coach-decisions-words.ts";
import { askCoachesOnFile, type CoachOnFile } from "./coach-decisions.tsx";

export function CoachDecision() {
  const { id } = useParams<{ readonly id: string }>();
  const asking = useAsked(askCoachesOnFile);
  // Chosen in the form, and shown on the card at once.
  const [chosen, setChosen] = useState<CoachOnFile["kind"] | null>(null);
  if (asking.asked.state !== "here")
    return (
      <Page title={words.title} back={words.backToList}>
        <Awaited asking={asking} label={words.loading} />
      </Page>
    );
  const coach = asking.asked.answer.coaches.find((each) => each.id === id);
  if (coach === undefined || coach.profile === null)
    return (
      <Page
        title={words.gone}
        lead={words.goneText}
        back={words.backToList}
        action={
          <LinkButton kind="primary" href={words.backToList.href}>
            {words.toList}
          </LinkButton>
        }
      />
    );
  // The kind of somebody who was never published is only the database's first guess.
  const kind = chosen ?? (coach.state === "submitted" ? null : coach.kind);
  const canDecide = coach.state === "submitted" || coach.state === "published";
  return (
    <Page
      title={coach.name}
      lead={words.meta([words.states[coach.state]])}
      back={words.backToList}
      zone={readBy.coachAndStewards(coach.name)}
    >
      <Card coach={coach} kind={kind ?? coach.kind} profile={coach.profile} />
      {canDecide && (
        <>
          <Section title={words.decideTitle} lead={words.decideLead} zone={readBy.community}>
            <PublishForm coach={coach} kind={kind} onKind={setChosen} onStale={asking.again} />
          </Section>
          <Section
            title={coach.state === "published" ? words.returnTitlePublished : words.returnTitle}
            lead={coach.state === "published" ? words.returnLeadPublished : words.returnLead}
          >
            <ReturnForm coach={coach} onStale={asking.again} />
          </Section>
        </>
      )}
    </Page>
  );
}

function Card(props: {
  readonly coach: CoachOnFile;
  readonly kind: CoachOnFile["kind"];
  readonly profile: NonNullable<CoachOnFile["profile"]>;
}) {
  const { coach, kind, profile } = props;
  const today = Temporal.Now.plainDateISO().toString();
  return (
    <CoachCard
      coach={{
        ...profile,
        name: coach.name,
        kind,
        credentials: coach.credentials.map((each) => publishedCredential(each, today)),
        // The hours are the coach's own matter; nothing here is decided by them.
        timeZone: hereZone(),
        weeklyHours: hoursToWeeklyHours([]),
      }}
      zone={hereZone()}
    />
  );
}
