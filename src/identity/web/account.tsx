/** The member's own account: who they are here, where letters go, devices, keys, taking everything along, leaving. */
import { useState, type ReactNode } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Choice } from "#design/choice.tsx";
import { SelectField, TextField } from "#design/field.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { chooseTheme, readTheme } from "#design/theme.ts";
import { useToast } from "#design/toast.tsx";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { openDevice, writeMeta } from "#vault/web/device.ts";
import { STAGES, type Stage } from "../account.ts";
import { changeAccount } from "../contract.ts";
import { Devices } from "./devices.tsx";
import { useAccount, useDoor } from "./door.tsx";
import { EmailChange, Leaving, PassphraseAndSheet, type FarewellStep } from "./key-changes.tsx";
import { Passkeys } from "./passkeys.tsx";
import { ServersNote } from "./servers-note.tsx";
import { useSignOut } from "./sign-out.tsx";
import { TakeAlong } from "./take-along.tsx";
import { VerificationSection } from "./verification-section.tsx";
import { WeeklyLetter } from "./weekly-letter.tsx";
import { words } from "./words.ts";
import style from "./identity.module.css";

export interface AccountProps {
  /** What the app knows of them; identity doesn't. */
  readonly passes: ReactNode;
  readonly Farewell: FarewellStep;
}

export function Account({ passes, Farewell }: AccountProps) {
  const { signOut, isSigningOut, dialog } = useSignOut();
  return (
    <Page title={words.account.title} zone={readBy.server}>
      <ServersNote />
      <WhoYouAre />
      <VerificationSection />
      {passes}
      <Devices />
      <Passkeys />
      <Locking />
      <PassphraseAndSheet />
      <EmailChange />
      <WeeklyLetter />
      <TakeAlong />
      <Leaving Farewell={Farewell} />
      <Actions>
        <Button
          busy={isSigningOut}
          busyText={words.account.sendingRest}
          onClick={() => void signOut()}
        >
          {words.account.signOut}
        </Button>
      </Actions>
      {dialog}
    </Page>
  );
}

function WhoYouAre() {
  const account = useAccount();
  const { reload } = useDoor();
  const toast = useToast();
  const [name, setName] = useState(account.name);
  const [stage, setStage] = useState<string>(account.stage);
  const [timeZone, setTimeZone] = useState(account.timeZone);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const save = async () => {
    setBusy(true);
    const changed = await call(changeAccount, { body: { name, stage: stage as Stage, timeZone } });
    setBusy(false);
    setTrouble(changed.ok ? null : refusalToWords(changed.refusal));
    if (!changed.ok) return;
    await reload();
    toast({ text: words.account.saved });
  };

  return (
    <Section title={words.account.who}>
      <form
        className={style["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") void save();
        }}
      >
        <TextField
          label={words.join.name}
          zone={readBy.server}
          value={name}
          maxLength={60}
          error={name.trim() === "" ? words.join.nameError : null}
          onChange={setName}
        />
        <SelectField
          label={words.join.stage}
          zone={readBy.server}
          value={stage}
          options={STAGES.map((value) => ({ value, text: words.join.stages[value]! }))}
          onChange={setStage}
        />
        <SelectField
          label={words.account.timeZone}
          zone={readBy.server}
          value={timeZone}
          options={zones(timeZone).map((value) => ({ value, text: value.replaceAll("_", " ") }))}
          onChange={setTimeZone}
        />
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
        <Button kind="primary" type="submit" busy={busy}>
          {words.account.save}
        </Button>
      </form>
    </Section>
  );
}

const zones = (own: string): string[] =>
  [...new Set([own, ...Intl.supportedValuesOf("timeZone")])].toSorted();

const IDLE_CHOICES = [5, 15, 30, 60];

function Locking() {
  const [minutes, setMinutes] = useState("15");
  const [theme, setTheme] = useState<string>(readTheme());
  return (
    <Section title={words.account.idleTitle}>
      <div className={style["form"]}>
        <SelectField
          label={words.account.idle}
          zone={readBy.thisDevice}
          value={minutes}
          options={IDLE_CHOICES.map((each) => ({
            value: String(each),
            text: words.account.idleMinutes(each),
          }))}
          onChange={(value) => {
            setMinutes(value);
            void openDevice().then((device) => writeMeta(device, "idleMinutes", Number(value)));
          }}
        />
        <Choice
          label={words.account.theme}
          zone={readBy.thisDevice}
          options={Object.entries(words.account.themes).map(([value, text]) => ({ value, text }))}
          value={theme}
          onChange={(value) => {
            setTheme(value);
            chooseTheme(value as ReturnType<typeof readTheme>);
          }}
        />
      </div>
    </Section>
  );
}
