/** The way back by the recovery sheet: 24 words open the safe, and a new passphrase closes it again. */
import { useState } from "react";
import { useLocation } from "wouter";
import { Button } from "#design/button.tsx";
import { EmailField, TextArea } from "#design/field.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { useToast } from "#design/toast.tsx";
import { normaliseEmail } from "../account.ts";
import { passphraseFault } from "../passphrase.ts";
import { useDoor } from "./door.tsx";
import { ownLabel, recover } from "./entering.ts";
import { faultWords, NewPassphrase } from "./passphrase-field.tsx";
import { signInTrouble } from "./sign-in.tsx";
import { words } from "./words.ts";
import style from "./identity.module.css";

export function Recover() {
  const door = useDoor();
  const [, navigate] = useLocation();
  const toast = useToast();
  const [email, setEmail] = useState("");
  const [phrase, setPhrase] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [phraseError, setPhraseError] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const fault = passphraseFault(passphrase, [email.split("@")[0] ?? ""]);

  const submit = async () => {
    setShown(true);
    const { phraseToEntropy } = await import("#vault/recovery.ts");
    const read = phraseToEntropy(phrase);
    setPhraseError(read.ok ? null : phraseWords(read.refusal));
    if (!read.ok || fault !== null || normaliseEmail(email) === null) return;
    setBusy(true);
    setTrouble(null);
    const recovered = await recover(email, read.value, passphrase, ownLabel()).catch(() => null);
    if (!recovered?.ok) {
      setBusy(false);
      const refusal = recovered?.refusal ?? { type: "SomethingWentWrong" };
      setTrouble(
        refusal.type === "RecoveryRefused" ? words.recover.refused : signInTrouble(refusal),
      );
      return;
    }
    await door.enter(recovered.value.account, recovered.value.vaultKey);
    toast({ text: words.recover.done });
    navigate("/today", { replace: true });
  };

  return (
    <Page
      title={words.recover.title}
      lead={words.recover.lead}
      back={{ href: "/sign-in", text: words.signIn.title }}
    >
      <form
        className={style["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <EmailField
          label={words.email}
          zone={readBy.server}
          value={email}
          error={shown && normaliseEmail(email) === null ? words.emailError : null}
          onChange={setEmail}
        />
        <TextArea
          label={words.recover.phrase}
          zone={readBy.neverSent}
          hint={words.recover.phraseHint}
          error={phraseError}
          value={phrase}
          rows={5}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={setPhrase}
        />
        <NewPassphrase
          label={words.recover.fresh}
          value={passphrase}
          error={shown ? faultWords(fault) : null}
          onChange={setPassphrase}
        />
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
        <Button kind="primary" type="submit" wide busy={busy} busyText={words.signIn.busy}>
          {words.recover.submit}
        </Button>
      </form>
    </Page>
  );
}

function phraseWords(refusal: { type: string; place?: number; count?: number }): string {
  if (refusal.type === "UnknownWord") return words.recover.unknownWord(refusal.place ?? 0);
  return refusal.type === "WordCount"
    ? words.recover.wordCount(refusal.count ?? 0)
    : words.recover.wrongOrder;
}
