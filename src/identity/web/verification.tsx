/** Where the member's verification stands, what they can do about it, and the ways to ask, in the server's order. */
import { useState } from "react";
import { Link } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { Dialog } from "#design/dialog.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { useToast } from "#design/toast.tsx";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { isReady, type VerificationWay } from "../verification.ts";
import { withdrawAsking } from "../verification-contract.ts";
import { useAccount } from "./door.tsx";
import { useRememberDecision, useStanding, type Standing } from "./verification-standing.ts";
import { VouchCode } from "./verification-vouching.tsx";
import { words } from "./verification-words.ts";
import style from "./verification.module.css";

export function Verification() {
  const [state, load] = useStanding();
  const standing = state.at === "shown" ? state.standing : null;
  useRememberDecision(standing);
  return (
    <Page
      title={words.title}
      lead={standing === null ? undefined : words.leads[standing.state]}
      back={words.back}
      zone={readBy.stewards}
    >
      {state.at === "loading" && <Skeleton label={words.loading} lines={5} />}
      {state.at === "failed" && <Failed why={state.why} onAgain={() => void load()} />}
      {standing !== null && <Stands standing={standing} onChanged={load} />}
      <Link href="/account/decisions" className={style["link"]}>
        {words.standing.logs}
      </Link>
    </Page>
  );
}

export function Failed({ why, onAgain }: { readonly why: string; readonly onAgain: () => void }) {
  return (
    <Notice kind="refusal">
      <p>{why}</p>
      <Actions>
        <Button onClick={onAgain}>{words.again}</Button>
      </Actions>
    </Notice>
  );
}

interface StandsProps {
  readonly standing: Standing;
  readonly onChanged: () => Promise<void>;
}

function Stands({ standing, onChanged }: StandsProps) {
  const text = words.standing;
  switch (standing.state) {
    case "none":
      return (
        <>
          <StudentNote standing={standing} />
          <Ways title={text.waysTitle} lead={text.waysLead} ways={standing.ways} />
        </>
      );
    case "asked":
      return <Asked standing={standing} onChanged={onChanged} />;
    case "verified":
      return (
        <div className={style["stack"]}>
          <Notice kind="warm" title={text.verifiedTitle}>
            {standing.way === null ? null : words.ways[standing.way].verified}
          </Notice>
          <Actions>
            <LinkButton href="/account/vouch">{text.vouch}</LinkButton>
          </Actions>
        </div>
      );
    case "refused":
      return (
        <>
          {standing.refusedFor !== null && (
            <Notice title={text.refusedTitle}>
              <p>{words.reasons[standing.refusedFor].what}</p>
              <p>{words.reasons[standing.refusedFor].wayBack}</p>
            </Notice>
          )}
          <StudentNote standing={standing} />
          <Ways title={text.againTitle} lead={text.waysLead} ways={standing.ways} />
        </>
      );
  }
}

function Asked({ standing, onChanged }: StandsProps) {
  const text = words.standing;
  const { way, vouches } = standing;
  if (way === null) return null;
  const isStudents = way === "roster" && standing.arrivedWith === "students";
  // All others ask for a licence, which a student has not.
  const others = isStudents ? [] : standing.ways.filter((each) => each !== way);
  return (
    <>
      {isReady(way, vouches) ? (
        <Notice kind="warm" title={text.askedTitle}>
          <p>{isStudents ? text.studentsAsked : words.ways[way].asked}</p>
          {standing.confirmedAt !== null && <p>{text.confirmedAt(standing.confirmedAt)}</p>}
          <p>{text.letter}</p>
        </Notice>
      ) : (
        <Section title={text.vouchingTitle} lead={words.vouching.count(vouches)}>
          <VouchCode first={null} onGone={onChanged} />
        </Section>
      )}
      <Withdrawing onWithdrawn={onChanged} />
      {others.length > 0 && <Ways title={text.otherTitle} lead={text.otherLead} ways={others} />}
    </>
  );
}

/** A student's own way is a roster; all others ask for a licence. */
function StudentNote({ standing }: { readonly standing: Standing }) {
  const { stage } = useAccount();
  if (stage !== "student" || standing.arrivedWith === "students") return null;
  return <Notice title={words.standing.studentTitle}>{words.standing.student}</Notice>;
}

function Ways(props: {
  readonly title: string;
  readonly lead: string;
  readonly ways: readonly VerificationWay[];
}) {
  const { title, lead, ways } = props;
  return (
    <Section title={title} lead={lead}>
      <CardList label={title}>
        {ways.map((way) => (
          <Card
            key={way}
            level={3}
            title={words.ways[way].title}
            href={`/account/verification/by/${way}`}
            meta={words.ways[way].about}
          />
        ))}
      </CardList>
    </Section>
  );
}

/** What colleagues vouched and a document can't be brought back, so this asks first. */
function Withdrawing({ onWithdrawn }: { readonly onWithdrawn: () => Promise<void> }) {
  const text = words.standing;
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const withdraw = async () => {
    setBusy(true);
    const withdrawn = await call(withdrawAsking, {});
    setBusy(false);
    // A steward was quicker: then there is a decision to be seen.
    const isDecided = !withdrawn.ok && withdrawn.refusal.type === "VerifiedAlready";
    setTrouble(withdrawn.ok || isDecided ? null : refusalToWords(withdrawn.refusal));
    if (!withdrawn.ok && !isDecided) return;
    setOpen(false);
    if (withdrawn.ok) toast({ text: text.withdrawn });
    await onWithdrawn();
  };
  return (
    <>
      <Actions>
        <Button onClick={() => setOpen(true)}>{text.withdraw}</Button>
      </Actions>
      <Dialog
        open={open}
        title={text.withdrawTitle}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{words.cancel}</Button>
            <Button kind="danger" busy={busy} onClick={() => void withdraw()}>
              {text.withdraw}
            </Button>
          </>
        }
      >
        <p>{text.withdrawLead}</p>
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      </Dialog>
    </>
  );
}
