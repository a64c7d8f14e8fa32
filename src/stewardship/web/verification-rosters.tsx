/** Everybody who came with one roster of students or residents, approved in one go. No line of it is shown. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { Dialog } from "#design/dialog.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { approveRoster, type readVerifications } from "../verification-contract.ts";
import { words } from "./verification-words.ts";
import { words as stewardWords } from "./words.ts";

type WaitingRoster = AnswerOf<typeof readVerifications>["rosters"][number];

export function VerificationRosters(props: {
  readonly rosters: readonly WaitingRoster[];
  readonly onApproved: () => void;
}) {
  const text = words.queue;
  const [asked, setAsked] = useState<WaitingRoster | null>(null);
  return (
    <Section title={text.rosters} lead={text.rostersLead}>
      <CardList label={text.rosters}>
        {props.rosters.map((roster) => (
          <Card
            key={roster.id}
            level={3}
            title={roster.sponsor}
            meta={text.rosterOf[roster.kind](roster.waiting)}
            actions={
              <Button
                aria-label={text.approveAllOf(roster.sponsor)}
                onClick={() => setAsked(roster)}
              >
                {text.approveAll}
              </Button>
            }
          />
        ))}
      </CardList>
      {asked !== null && (
        <Approval
          roster={asked}
          onClose={() => setAsked(null)}
          onApproved={() => {
            setAsked(null);
            props.onApproved();
          }}
        />
      )}
    </Section>
  );
}

function Approval(props: {
  readonly roster: WaitingRoster;
  readonly onClose: () => void;
  readonly onApproved: () => void;
}) {
  const text = words.queue;
  const { id, sponsor, kind, waiting } = props.roster;
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const approve = async () => {
    setBusy(true);
    setTrouble(null);
    const done = await call(approveRoster, { params: { id }, body: {} });
    setBusy(false);
    if (!done.ok) {
      setTrouble(refusalToWords(done.refusal));
      return;
    }
    toast({ text: text.approvedAll(done.value.approved, done.value.left) });
    props.onApproved();
  };
  return (
    <Dialog
      open
      title={text.approveAllTitle(sponsor)}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{text.keep}</Button>
          <Button
            kind="primary"
            busy={busy}
            busyText={stewardWords.busy}
            onClick={() => void approve()}
          >
            {text.approveAll}
          </Button>
        </>
      }
    >
      <p>{text.approveAllText(text.rosterOf[kind](waiting))}</p>
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
    </Dialog>
  );
}
