/** Asking one person in, by letter or by a link shown once; and the invitations that are still open. */
import { useState } from "react";
import { Awaited } from "#design/awaited.tsx";
import { Button } from "#design/button.tsx";
import { CopyText } from "#design/copy-text.tsx";
import { Dialog } from "#design/dialog.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { Table, type Column } from "#design/table.tsx";
import { Day } from "#design/time.tsx";
import { useToast } from "#design/toast.tsx";
import { words as identityWords } from "#identity/web/words.ts";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { useAskedRoute } from "#platform/web/asked.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { readInvitations, withdrawInvitation } from "../contract.ts";
import { InvitationForm } from "./invitation-form.tsx";
import { words } from "./words.ts";
import style from "./stewardship.module.css";

type Invitation = AnswerOf<typeof readInvitations>["invitations"][number];

export function Invitations() {
  const text = words.invitations;
  const asking = useAskedRoute(readInvitations);
  const toast = useToast();
  const [link, setLink] = useState<string | null>(null);
  const [leaving, setLeaving] = useState<Invitation | null>(null);
  return (
    <Page title={text.title} lead={text.lead} width="wide" back={words.back} zone={readBy.stewards}>
      <div className={style["columns"]}>
        <Section title={text.formTitle}>
          <InvitationForm
            onMade={(made) => {
              if (made.link === null) toast({ text: text.sent(made.email) });
              else setLink(made.link);
              asking.again();
            }}
          />
        </Section>
        <Section title={text.listTitle} lead={text.listLead}>
          <Awaited asking={asking} label={text.loading}>
            {({ invitations }) => (
              <OpenInvitations invitations={invitations} onWithdraw={setLeaving} />
            )}
          </Awaited>
        </Section>
      </div>
      <Dialog
        open={link !== null}
        title={text.linkTitle}
        onClose={() => setLink(null)}
        actions={
          <Button kind="primary" onClick={() => setLink(null)}>
            {text.done}
          </Button>
        }
      >
        <CopyText label={text.linkLabel} value={link ?? ""} copiedText={text.linkCopied} />
        <p className={style["quiet"]}>{text.linkNote}</p>
      </Dialog>
      {leaving !== null && (
        <Withdrawal
          invitation={leaving}
          onClose={() => setLeaving(null)}
          onDone={() => {
            setLeaving(null);
            toast({ text: text.withdrawn });
            asking.again();
          }}
        />
      )}
    </Page>
  );
}

interface Row {
  readonly invitation: Invitation;
  readonly onWithdraw: (invitation: Invitation) => void;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: "who",
    title: words.invitations.who,
    head: true,
    cell: ({ invitation }) => whoOf(invitation),
  },
  { key: "as", title: words.invitations.as, cell: ({ invitation }) => asWhat(invitation) },
  {
    key: "until",
    title: words.invitations.until,
    cell: ({ invitation }) => <Day on={invitation.expiresOn} form="short" />,
  },
  {
    key: "act",
    title: words.invitations.act,
    cell: ({ invitation, onWithdraw }) => (
      <Button
        kind="quiet"
        aria-label={words.invitations.withdrawNamed(whoOf(invitation))}
        onClick={() => onWithdraw(invitation)}
      >
        {words.invitations.withdraw}
      </Button>
    ),
  },
];

function OpenInvitations(props: {
  readonly invitations: readonly Invitation[];
  readonly onWithdraw: (invitation: Invitation) => void;
}) {
  return (
    <Table
      caption={words.invitations.listTitle}
      hideCaption
      rows={props.invitations.map((invitation) => ({ invitation, onWithdraw: props.onWithdraw }))}
      rowKey={({ invitation }) => invitation.id}
      empty={<EmptyState text={words.invitations.empty} />}
      columns={COLUMNS}
    />
  );
}

function Withdrawal(props: {
  readonly invitation: Invitation;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const text = words.invitations;
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const withdraw = async () => {
    setBusy(true);
    const gone = await call(withdrawInvitation, { params: { id: props.invitation.id } });
    setBusy(false);
    if (gone.ok) props.onDone();
    else setTrouble(refusalToWords(gone.refusal));
  };
  return (
    <Dialog
      open
      title={text.withdrawTitle}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{text.keep}</Button>
          <Button kind="danger" busy={busy} busyText={words.busy} onClick={() => void withdraw()}>
            {text.withdraw}
          </Button>
        </>
      }
    >
      <p>{text.withdrawText(whoOf(props.invitation))}</p>
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
    </Dialog>
  );
}

const whoOf = ({ email }: Invitation): string => email ?? words.invitations.handedOver;

function asWhat({ roles, stage }: Invitation): string {
  const named = roles.map((role) =>
    role === "coach" || role === "steward" ? words.roles[role] : role,
  );
  const stageText = stage === null ? [] : [identityWords.join.stages[stage] ?? stage];
  return words.list([...(named.length === 0 ? [words.member] : named), ...stageText]);
}
