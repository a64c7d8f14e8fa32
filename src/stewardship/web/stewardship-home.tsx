/** The stewards' front page: what waits for one of them, and the way there. */
import type { ReactNode } from "react";
import { NotFetched } from "#design/awaited.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import type { AnswerOf } from "#platform/contract.ts";
import { useAskedRoute, type Asked } from "#platform/web/asked.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { readFailedJobs, readInvitations, readRosters } from "../contract.ts";
import { readStewardKeys } from "../steward-keys-contract.ts";
import { readVerifications } from "../verification-contract.ts";
import { words as verificationWords } from "./verification-words.ts";
import { words } from "./words.ts";

/** `children`: cards of slices that this one does not know, such as the coaches that wait. */
export function StewardshipHome({ children }: { readonly children?: ReactNode }) {
  const text = words.home;
  const verification = verificationWords.home;
  const invitations = useAskedRoute(readInvitations);
  const rosters = useAskedRoute(readRosters);
  const failed = useAskedRoute(readFailedJobs);
  const verifications = useAskedRoute(readVerifications);
  const keys = useAskedRoute(readStewardKeys);
  const all = [verifications, invitations, rosters, keys, failed];
  const refused = all.flatMap(({ asked }) => (asked.state === "refused" ? [asked.refusal] : []));
  return (
    <Page title={text.title} lead={text.lead} zone={readBy.stewards}>
      {refused[0] !== undefined && (
        <NotFetched
          text={refusalToWords(refused[0])}
          onAgain={() => {
            for (const { again } of all) again();
          }}
        />
      )}
      <CardList label={text.title}>
        <Card
          title={verification.queue}
          href="/stewardship/verifications"
          meta={metaOf(verifications.asked, ({ waiting }) => verification.waiting(waiting))}
        />
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
        <Card title={verification.key} href="/stewardship/key" meta={metaOf(keys.asked, keyText)} />
        <Card
          title={verification.institutions}
          href="/stewardship/institutions"
          meta={verification.institutionsAbout}
        />
        <Card
          title={verification.verified}
          href="/stewardship/verified"
          meta={verification.verifiedAbout}
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

/** By the server's word; the key's own page checks it. */
function keyText({ stewards, foundingDue, renewalDue }: AnswerOf<typeof readStewardKeys>): string {
  const text = verificationWords.home;
  if (foundingDue) return text.keyFounding;
  if (renewalDue) return text.keyRenewal;
  const waiting = stewards.filter(({ binding, inLog }) => binding !== null && !inLog).length;
  if (waiting > 0) return text.keyAdmission(waiting);
  return text.keyHeld(stewards.filter(({ inLog }) => inLog).length);
}
