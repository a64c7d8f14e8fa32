/**
 * Asking by a hospital's mailbox, the way that tells most: a letter with eight digits, and the digits back.
 * Between the two the page may be closed; what it needs to go on lies sealed on this device for half an hour.
 */
import { useState } from "react";
import { useLocation } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { EmailField, TextField } from "#design/field.tsx";
import { focusFirstFault } from "#design/first-fault.ts";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { Skeleton } from "#design/skeleton.tsx";
import { call } from "#platform/web/api.ts";
import { serverNow } from "#platform/web/clock.ts";
import { useDraft } from "#vault/web/safe-context.tsx";
import { normaliseEmail } from "../account.ts";
import { finishInstitutionMail, startInstitutionMail } from "../verification-contract.ts";
import { AskForm, askTrouble, useClaim } from "./verification-claim.tsx";
import { words } from "./verification-words.ts";
import style from "./verification.module.css";

interface Mail {
  readonly email: string;
  readonly code: string;
  /** Null until a letter is on its way. `until` in epoch milliseconds, by the server's clock. */
  readonly sent: { readonly ticket: string; readonly until: number } | null;
}

const EMPTY: Mail = { email: "", code: "", sent: null };
const HALF_AN_HOUR_MS = 30 * 60_000;

export function AskByMail() {
  const text = words.mail;
  const [, navigate] = useLocation();
  const claim = useClaim();
  const [mail, setMail, draft] = useDraft<Mail>("identity/verification-mail", EMPTY);
  const [expired, setExpired] = useState(false);
  const change = (part: Partial<Mail>) => setMail((before) => ({ ...before, ...part }));
  const emailFault = normaliseEmail(mail.email) === null;

  const start = async () => {
    const { email } = mail;
    const started = await call(startInstitutionMail, { body: { ...claim.claim!, email } });
    if (!started.ok) return askTrouble(started.refusal);
    setExpired(false);
    const sent = { ticket: started.value.ticket, until: serverNow() + HALF_AN_HOUR_MS };
    change({ code: "", sent });
    return null;
  };

  if (!draft.ready) return <Skeleton label={words.loading} />;
  if (mail.sent !== null && mail.sent.until > serverNow())
    return (
      <Digits
        mail={mail}
        ticket={mail.sent.ticket}
        onCode={(code) => change({ code })}
        onOther={() => change({ code: "", sent: null })}
        onExpired={() => {
          setExpired(true);
          change({ code: "", sent: null });
        }}
        onConfirmed={() => {
          claim.clear();
          setMail(EMPTY);
          draft.clear();
          navigate(words.backToStanding.href);
        }}
      />
    );
  return (
    <>
      <Notice title={text.warningTitle}>{text.warning}</Notice>
      {(expired || mail.sent !== null) && <Notice kind="refusal">{text.expired}</Notice>}
      <AskForm
        claim={claim}
        isComplete={!emailFault}
        submit={text.send}
        busyText={text.sending}
        onAsk={start}
      >
        {(isShown) => (
          <EmailField
            label={text.email}
            zone={readBy.server}
            hint={text.emailHint}
            autoComplete="off"
            value={mail.email}
            error={isShown && emailFault ? text.emailError : null}
            onChange={(email) => change({ email })}
          />
        )}
      </AskForm>
    </>
  );
}

function Digits(props: {
  readonly mail: Mail;
  readonly ticket: string;
  readonly onCode: (code: string) => void;
  readonly onOther: () => void;
  readonly onExpired: () => void;
  readonly onConfirmed: () => void;
}) {
  const text = words.mail;
  const { mail, ticket, onCode } = props;
  const [isShown, setShown] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const isComplete = mail.code.replace(/\D/g, "").length === 8;

  const confirm = async () => {
    setBusy(true);
    setTrouble(null);
    const finished = await call(finishInstitutionMail, { body: { ticket, code: mail.code } });
    setBusy(false);
    if (finished.ok) props.onConfirmed();
    else if (finished.refusal.type === "WrongCode") setWrong(true);
    else if (finished.refusal.type === "TicketExpired") props.onExpired();
    else setTrouble(askTrouble(finished.refusal));
  };

  return (
    <form
      className={style["form"]}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setShown(true);
        if (!isComplete) focusFirstFault(event.currentTarget);
        else if (!busy) void confirm();
      }}
    >
      <Notice kind="warm" live="polite">
        {text.sent(mail.email)}
      </Notice>
      <TextField
        label={text.code}
        zone={readBy.server}
        value={mail.code}
        width="short"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={20}
        error={isWrong || (isShown && !isComplete) ? text.codeError : null}
        onChange={(code) => {
          setWrong(false);
          setShown(false);
          onCode(code);
        }}
      />
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Actions>
        <Button kind="primary" type="submit" busy={busy}>
          {text.confirm}
        </Button>
        <Button kind="quiet" onClick={props.onOther}>
          {text.other}
        </Button>
      </Actions>
    </form>
  );
}
