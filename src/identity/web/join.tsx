/** Joining, from an invitation to an open room: who you are, a passphrase, the recovery sheet. */
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { enterGoesOn } from "#design/arrival.ts";
import { Button } from "#design/button.tsx";
import { Choice } from "#design/choice.tsx";
import { EmailField, TextField } from "#design/field.tsx";
import { focusFirstFault } from "#design/first-fault.ts";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Skeleton } from "#design/skeleton.tsx";
import { Steps } from "#design/steps.tsx";
import { hereZone } from "#design/time.tsx";
import { Username } from "#design/username.tsx";
import { call } from "#platform/web/api.ts";
import type { Bytes } from "#platform/bytes.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { normaliseEmail, STAGES, type Stage } from "../account.ts";
import { lookInvitation } from "../contract.ts";
import { typedToCode } from "../invitation.ts";
import { passphraseFault } from "../passphrase.ts";
import { useDoor } from "./door.tsx";
import {
  finishJoining,
  ownLabel,
  startJoining,
  type EnterRefusal,
  type JoinStarted,
} from "./entering.ts";
import { warmOpaque } from "./opaque.ts";
import { faultWords, NewPassphrase } from "./passphrase-field.tsx";
import { RecoverySheet } from "./recovery-sheet.tsx";
import { words } from "./words.ts";
import style from "./identity.module.css";

interface Form {
  readonly email: string;
  readonly name: string;
  readonly stage: string | null;
  readonly passphrase: string;
  readonly addressCode: string;
}

type Step = "looking" | "code" | "who" | "passphrase" | "sheet" | "address";

export function Join() {
  const door = useDoor();
  const [, navigate] = useLocation();
  const [code, setCode] = useState(() => location.hash.slice(1));
  const [step, setShownStep] = useState<Step>(code === "" ? "code" : "looking");
  const [form, setForm] = useState<Form>({
    email: "",
    name: "",
    stage: null,
    passphrase: "",
    addressCode: "",
  });
  const [sheet, setSheet] = useState<{ entropy: Bytes; phrase: readonly string[] } | null>(null);
  const [started, setStarted] = useState<JoinStarted | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const setStep = (next: Step) => {
    setShownStep(next);
    scrollTo(0, 0);
  };
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));

  useEffect(() => {
    if (step !== "looking") return;
    void call(lookInvitation, { body: { code } }).then((looked) => {
      if (!looked.ok) {
        setTrouble(joinTrouble(looked.refusal));
        setShownStep("code");
        return;
      }
      const { email, stage } = looked.value;
      setForm((before) => ({
        ...before,
        email: before.email || (email ?? ""),
        stage: before.stage ?? stage,
      }));
      setTrouble(null);
      setShownStep("who");
      warmOpaque();
    });
  }, [step, code]);

  const emailFault = normaliseEmail(form.email) === null ? words.emailError : null;
  const fault = passphraseFault(form.passphrase, [form.email.split("@")[0] ?? "", form.name]);

  const makeSheet = async () => {
    setBusy(true);
    const { entropyToPhrase } = await import("#vault/recovery.ts");
    const entropy = crypto.getRandomValues(new Uint8Array(32));
    const begun = await startJoining(code, form.email, form.passphrase).catch(() => null);
    setBusy(false);
    if (!begun?.ok) {
      setTrouble(joinTrouble(begun?.refusal ?? { type: "SomethingWentWrong" }));
      return;
    }
    setTrouble(null);
    setStarted(begun.value);
    setSheet({ entropy, phrase: entropyToPhrase(entropy) });
    setStep("sheet");
  };

  const finish = async () => {
    if (!started || !sheet) return;
    setBusy(true);
    const finished = await finishJoining(started, {
      addressCode: started.addressCheck ? form.addressCode : null,
      name: form.name,
      stage: form.stage as Stage,
      timeZone: hereZone(),
      label: ownLabel(),
      entropy: sheet.entropy,
    });
    if (!finished.ok) {
      setBusy(false);
      setTrouble(joinTrouble(finished.refusal));
      if (finished.refusal.type === "TicketExpired") setStep("passphrase");
      return;
    }
    await door.enter(finished.value.account, finished.value.vaultKey);
    navigate("/today", { replace: true });
  };

  const notice = trouble !== null && <Notice kind="refusal">{trouble}</Notice>;

  if (step === "looking")
    return (
      <Page title={words.join.title} lead={words.join.lead}>
        <Skeleton label={words.join.looking} />
      </Page>
    );

  if (step === "code")
    return (
      <Page key={step} title={words.join.noCode} lead={words.join.noCodeLead} zone={readBy.server}>
        <form
          className={style["form"]}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (typedToCode(code) === null) setTrouble(words.join.codeError);
            else setStep("looking");
          }}
        >
          <TextField
            label={words.join.code}
            zone={readBy.server}
            arrival
            value={code}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            onChange={setCode}
          />
          {notice}
          <Button kind="primary" type="submit">
            {words.join.goOn}
          </Button>
        </form>
      </Page>
    );

  if (step === "who")
    return (
      <Page key={step} title={words.join.whoTitle} lead={words.join.lead} zone={readBy.server}>
        <Steps at={1} of={3} text={words.join.whoTitle} />
        <form
          className={style["form"]}
          noValidate
          ref={enterGoesOn}
          onSubmit={(event) => {
            event.preventDefault();
            setShown(true);
            if (emailFault !== null || form.name.trim() === "" || form.stage === null) {
              focusFirstFault(event.currentTarget);
              return;
            }
            setShown(false);
            setStep("passphrase");
          }}
        >
          <TextField
            label={words.join.name}
            zone={readBy.server}
            arrival
            enterKeyHint="next"
            hint={words.join.nameHint}
            error={shown && form.name.trim() === "" ? words.join.nameError : null}
            value={form.name}
            autoComplete="given-name"
            maxLength={60}
            onChange={(name) => change({ name })}
          />
          <EmailField
            label={words.email}
            zone={readBy.server}
            enterKeyHint="next"
            hint={words.emailHint}
            error={shown ? emailFault : null}
            value={form.email}
            onChange={(email) => change({ email })}
          />
          <Choice
            label={words.join.stage}
            zone={readBy.server}
            error={shown && form.stage === null ? words.join.stageError : null}
            options={STAGES.map((value) => ({ value, text: words.join.stages[value]! }))}
            value={form.stage}
            onChange={(stage) => change({ stage })}
          />
          <p className={style["quiet"]}>{words.join.terms}</p>
          <Button kind="primary" type="submit">
            {words.join.next}
          </Button>
        </form>
      </Page>
    );

  if (step === "passphrase")
    return (
      <Page
        key={step}
        title={words.join.passphraseTitle}
        lead={words.join.passphraseLead}
        zone={readBy.neverSent}
      >
        <Steps at={2} of={3} text={words.join.passphraseTitle} />
        <form
          className={style["form"]}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setShown(true);
            if (fault === null) void makeSheet();
          }}
        >
          <Username value={form.email} />
          <NewPassphrase
            label={words.passphrase}
            arrival
            value={form.passphrase}
            error={shown ? faultWords(fault) : null}
            onChange={(passphrase) => change({ passphrase })}
          />
          {notice}
          <Button kind="primary" type="submit" busy={busy} busyText={words.join.finishing}>
            {words.join.next}
          </Button>
        </form>
      </Page>
    );

  if (step === "sheet" && sheet && started)
    return (
      <Page key={step} title={words.join.sheetTitle} zone={readBy.neverSent}>
        <Steps at={3} of={3} text={words.join.sheetTitle} />
        {busy ? (
          <Skeleton label={words.join.finishing} />
        ) : (
          <RecoverySheet
            phrase={sheet.phrase}
            onTested={() => (started.addressCheck ? setStep("address") : void finish())}
          />
        )}
        {notice}
      </Page>
    );

  return (
    <Page
      key={step}
      title={words.join.checkTitle}
      lead={words.join.checkLead(form.email)}
      zone={readBy.server}
    >
      <form
        className={style["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void finish();
        }}
      >
        <TextField
          label={words.join.checkCode}
          zone={readBy.server}
          arrival
          value={form.addressCode}
          width="short"
          inputMode="numeric"
          autoComplete="one-time-code"
          onChange={(addressCode) => change({ addressCode })}
        />
        {notice}
        <Button kind="primary" type="submit" busy={busy} busyText={words.join.finishing}>
          {words.join.finish}
        </Button>
      </form>
    </Page>
  );
}

function joinTrouble(refusal: EnterRefusal): string {
  switch (refusal.type) {
    case "InvitationNotValid":
      return words.join.notValid;
    case "WrongCode":
    case "BadInput":
      return words.join.checkWrong;
    case "AlreadyHere":
      return words.join.alreadyHere;
    case "TicketExpired":
      return words.join.expired;
    default:
      return refusalToWords(refusal);
  }
}
