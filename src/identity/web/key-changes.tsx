/** Acts that ask for the passphrase first: a new one, a new recovery sheet, another address, leaving for good. */
import { useCallback, useState, type ComponentType } from "react";
import { useLocation } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Dialog } from "#design/dialog.tsx";
import { EmailField, TextField } from "#design/field.tsx";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import type { Bytes } from "#platform/bytes.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { normaliseEmail } from "../account.ts";
import { deleteAccount, finishEmailChange, startEmailChange } from "../contract.ts";
import { passphraseFault } from "../passphrase.ts";
import { Confirm, type Confirmed } from "./confirm.tsx";
import { useAccount, useDoor } from "./door.tsx";
import { changePassphrase, changeRecoverySheet } from "./entering.ts";
import { faultWords, NewPassphrase } from "./passphrase-field.tsx";
import { RecoverySheet } from "./recovery-sheet.tsx";
import { words } from "./words.ts";
import style from "./identity.module.css";

export function PassphraseAndSheet() {
  const account = useAccount();
  const toast = useToast();
  const [asking, setAsking] = useState<"passphrase" | "sheet" | null>(null);
  const [fresh, setFresh] = useState("");
  const [sheet, setSheet] = useState<{ entropy: Bytes; phrase: readonly string[] } | null>(null);
  const [tested, setTested] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  const fault = passphraseFault(fresh, [account.name, account.email.split("@")[0] ?? ""]);

  const showSheet = async () => {
    const { entropyToPhrase } = await import("#vault/recovery.ts");
    const entropy = crypto.getRandomValues(new Uint8Array(32));
    setTested(false);
    setSheet({ entropy, phrase: entropyToPhrase(entropy) });
  };
  const act = async (confirmed: Confirmed) => {
    const changed =
      asking === "sheet" && sheet
        ? await changeRecoverySheet(confirmed, sheet.entropy)
        : await changePassphrase(confirmed, fresh);
    const text = asking === "sheet" ? words.account.sheetChanged : words.account.passphraseChanged;
    setAsking(null);
    setTrouble(changed.ok ? null : refusalToWords(changed.refusal));
    if (!changed.ok) return;
    setFresh("");
    setShown(false);
    setSheet(null);
    toast({ text });
  };

  return (
    <Section title={words.account.secretsTitle}>
      <form
        className={style["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setShown(true);
          if (fault === null) setAsking("passphrase");
        }}
      >
        <NewPassphrase
          label={words.account.newPassphrase}
          value={fresh}
          error={shown ? faultWords(fault) : null}
          onChange={setFresh}
        />
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
        <Actions>
          <Button type="submit">{words.account.changePassphrase}</Button>
          <Button onClick={() => void showSheet()}>{words.account.newSheet}</Button>
        </Actions>
      </form>
      <Dialog
        open={sheet !== null && !tested}
        title={words.join.sheetTitle}
        onClose={() => setSheet(null)}
      >
        <Notice kind="warm">{words.account.newSheetLead}</Notice>
        {sheet && (
          <RecoverySheet
            phrase={sheet.phrase}
            onTested={() => {
              setTested(true);
              setAsking("sheet");
            }}
          />
        )}
      </Dialog>
      <Confirm open={asking !== null} onClose={() => setAsking(null)} onConfirmed={act} />
    </Section>
  );
}

export function EmailChange() {
  const account = useAccount();
  const { reload } = useDoor();
  const toast = useToast();
  const [email, setEmail] = useState("");
  const [asking, setAsking] = useState(false);
  const [ticket, setTicket] = useState<string | null>(null);
  const [code, setCode] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);

  const start = async ({ confirmation }: Confirmed) => {
    const started = await call(startEmailChange, { body: { confirmation, email } });
    setAsking(false);
    setTrouble(started.ok ? null : refusalToWords(started.refusal));
    if (started.ok) setTicket(started.value.ticket);
  };
  const finish = async () => {
    const finished = await call(finishEmailChange, { body: { ticket: ticket!, code } });
    if (!finished.ok) {
      const isWrong = finished.refusal.type === "WrongCode" || finished.refusal.type === "BadInput";
      setTrouble(isWrong ? words.join.checkWrong : refusalToWords(finished.refusal));
      return;
    }
    setTrouble(null);
    setTicket(null);
    setEmail("");
    await reload();
    const isChanged = normaliseEmail(email) !== account.email;
    toast({ text: isChanged ? words.account.emailChanged : words.account.emailConfirmed });
  };

  return (
    <Section title={words.account.emailTitle} lead={account.email}>
      {ticket === null ? (
        <form
          className={style["form"]}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (normaliseEmail(email) === null) setTrouble(words.emailError);
            else setAsking(true);
          }}
        >
          <EmailField
            label={words.account.newEmail}
            zone={readBy.server}
            hint={words.emailHint}
            value={email}
            onChange={setEmail}
          />
          {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
          <Actions>
            <Button type="submit">{words.account.changeEmail}</Button>
            {!account.addressConfirmed && (
              <Button
                kind="quiet"
                onClick={() => {
                  setEmail(account.email);
                  setTrouble(null);
                  setAsking(true);
                }}
              >
                {words.account.confirmEmail}
              </Button>
            )}
          </Actions>
        </form>
      ) : (
        <form
          className={style["form"]}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void finish();
          }}
        >
          <p>{words.join.checkLead(email)}</p>
          <TextField
            label={words.join.checkCode}
            zone={readBy.server}
            value={code}
            width="short"
            inputMode="numeric"
            autoComplete="one-time-code"
            onChange={setCode}
          />
          {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
          <Actions>
            <Button kind="primary" type="submit">
              {words.account.confirm}
            </Button>
          </Actions>
        </form>
      )}
      <Confirm open={asking} onClose={() => setAsking(false)} onConfirmed={start} />
    </Section>
  );
}

/** What is asked before the account goes, by what doesn't hang on it: shown until it is answered. */
export type FarewellStep = ComponentType<{
  readonly onDone: () => void;
  readonly onStay: () => void;
}>;

export function Leaving({ Farewell }: { readonly Farewell: FarewellStep }) {
  const door = useDoor();
  const [, navigate] = useLocation();
  const toast = useToast();
  const [typed, setTyped] = useState("");
  const [step, setStep] = useState<"none" | "farewell" | "passphrase">("none");
  const [trouble, setTrouble] = useState<string | null>(null);
  const confirm = useCallback(() => setStep("passphrase"), []);
  const stay = useCallback(() => setStep("none"), []);

  const leave = async ({ confirmation }: Confirmed) => {
    const gone = await call(deleteAccount, { body: { confirmation } });
    stay();
    if (!gone.ok) {
      setTrouble(
        gone.refusal.type === "LastSteward"
          ? words.account.lastSteward
          : refusalToWords(gone.refusal),
      );
      return;
    }
    await door.leave();
    navigate("/");
    toast({ text: words.account.deleteGone });
  };

  return (
    <Section title={words.account.deleteTitle} lead={words.account.deleteLead}>
      <form
        className={style["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const isTyped = typed.trim().toUpperCase() === words.account.deleteWord;
          setTrouble(isTyped ? null : words.account.deleteType);
          if (isTyped) setStep("farewell");
        }}
      >
        <TextField
          label={words.account.deleteType}
          zone={readBy.neverSent}
          value={typed}
          width="short"
          autoComplete="off"
          onChange={setTyped}
        />
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
        <Actions>
          <Button kind="danger" type="submit">
            {words.account.deleteButton}
          </Button>
        </Actions>
      </form>
      {step === "farewell" && <Farewell onDone={confirm} onStay={stay} />}
      <Confirm open={step === "passphrase"} onClose={stay} onConfirmed={leave} />
    </Section>
  );
}
