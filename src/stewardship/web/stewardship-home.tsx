/** The stewards' front page: what waits for one of them, and the way there. */
import type { ReactNode } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { readFailedJobs, readInvitations, readRosters } from "../contract.ts";
import { useAsked, type Asked } from "./asked.tsx";
import { words } from "./words.ts";

/** `children`: cards of slices that this one does not know, such as the coaches that wait. */
export function StewardshipHome({ children }: { readonly children?: ReactNode }) {
  const text = words.home;
  const invitations = useAsked(readInvitations);
  const rosters = useAsked(readRosters);
  const failed = useAsked(readFailedJobs);
  const refused = [invitations, rosters, failed].flatMap(({ asked }) =>
    asked.state === "refused" ? [asked.refusal] : [],
  );
  return (
    <Page title={text.title} lead={text.lead} zone={readBy.stewards}>
      {refused[0] !== undefined && (
        <Notice kind="refusal" title={words.asked.failed}>
          <p>{refusalToWords(refused[0])}</p>
          <Actions>
            <Button
              onClick={() => {
                for (const { again } of [invitations, rosters, failed]) again();
              }}
            >
              {words.asked.again}
            </Button>
          </Actions>
        </Notice>
      )}
      <CardList label={text.title}>
        {children ?? (
          <Card title={text.coaches} href="/stewardship/coaches" meta={text.coachesAbout} />
        )}
        <Card
          title={text.invitations}
          href="/stewardship/invitations"
          meta={metaOf(invitations.asked, (answer) =>
            text.invitationsOpen(answer.invitations.length),
          )}
        />
        <Card
          title={text.rosters}
          href="/stewardship/rosters"
          meta={metaOf(rosters.asked, (answer) => text.rostersOpen(answer.rosters.length))}
        />
        <Card
          title={text.failed}
          href="/stewardship/failed-jobs"
          meta={metaOf(failed.asked, (answer) => text.failedCount(answer.failed))}
        />
      </CardList>
    </Page>
  );
}

function metaOf<Answer>(asked: Asked<Answer>, say: (answer: Answer) => string): string {
  switch (asked.state) {
    case "asking":
      return words.busy;
    case "refused":
      return words.home.unknown;
    case "here":
      return say(asked.answer);
  }
}
