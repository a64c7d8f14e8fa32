/**
 * The form for one roster: sponsor, list, a look at what can be used, and only then the letters. Changing
 * anything after the look asks for a new one, so that what is sent is what was looked at.
 */
import { useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { FileField } from "#design/file-field.tsx";
import { SelectField, TextArea } from "#design/field.tsx";
import { focusFirstFault } from "#design/first-fault.ts";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { dayText } from "#design/time.tsx";
import { STAGES } from "#identity/account.ts";
import type { AnswerOf, WireRefusal } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useDraft } from "#vault/web/safe-context.tsx";
import { sendRoster, type readRosters } from "../contract.ts";
import { bytesToRosterText } from "../roster-file.ts";
import { NewSponsor } from "./new-sponsor.tsx";
import { RosterCheck } from "./roster-check.tsx";
import { words } from "./words.ts";
import style from "./stewardship.module.css";

interface Form {
  readonly sponsor: string;
  readonly csv: string;
}

type Sponsor = AnswerOf<typeof readRosters>["sponsors"][number];
export type Checked = AnswerOf<typeof sendRoster>;

type Step =
  | { readonly at: "writing"; readonly missing: boolean }
  | { readonly at: "checking" }
  | { readonly at: "checked" | "sending"; readonly checked: Checked }
  | { readonly at: "sent"; readonly sent: Checked };

const EMPTY: Form = { sponsor: "", csv: "" };
const WRITING: Step = { at: "writing", missing: false };

export function RosterForm(props: {
  readonly sponsors: readonly Sponsor[];
  /** A sponsor was added, or letters went out. */
  readonly onChanged: () => void;
}) {
  const text = words.rosters;
  const [form, setForm, draft] = useDraft<Form>("stewardship/roster", EMPTY);
  const [step, setStep] = useState<Step>(WRITING);
  const [file, setFile] = useState<{ name?: string; error?: string }>({});
  const [adding, setAdding] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  const change = (part: Partial<Form>) => {
    setForm((before) => ({ ...before, ...part }));
    setStep(WRITING);
    setTrouble(null);
  };
  const clear = () => {
    setForm(EMPTY);
    draft.clear();
    setFile({});
    setTrouble(null);
  };
  const readFile = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    const read = bytesToRosterText(new Uint8Array(await chosen.arrayBuffer()));
    if (!read.ok) {
      setFile({ error: read.refusal.type === "NotText" ? text.fileNotText : text.fileTooLong });
      return;
    }
    setFile({ name: chosen.name });
    change({ csv: read.value });
  };
  const ask = async (onlyCheck: boolean): Promise<Checked | null> => {
    setTrouble(null);
    const asked = await call(sendRoster, { body: { ...form, onlyCheck } });
    if (asked.ok) return asked.value;
    setTrouble(troubleText(asked.refusal));
    return null;
  };
  const check = async (element: HTMLFormElement) => {
    if (form.sponsor === "" || form.csv.trim() === "") {
      setStep({ at: "writing", missing: true });
      focusFirstFault(element);
      return;
    }
    setStep({ at: "checking" });
    const checked = await ask(true);
    setStep(checked === null ? WRITING : { at: "checked", checked });
  };
  const send = async (checked: Checked) => {
    setStep({ at: "sending", checked });
    const sent = await ask(false);
    // A list that was sent although the answer got lost is told as sent already by the next look.
    setStep(sent === null ? WRITING : { at: "sent", sent });
    if (sent !== null) clear();
    props.onChanged();
  };

  if (step.at === "sent")
    return (
      <div className={style["form"]}>
        <Notice kind="warm" title={text.sentTitle} live="polite">
          {text.sent(step.sent.goodLines, dayText(step.sent.windowEnds ?? "", "full"))}
        </Notice>
        <Button onClick={() => setStep(WRITING)}>{text.another}</Button>
      </div>
    );

  const isMissing = step.at === "writing" && step.missing;
  const isBusy = step.at === "checking" || step.at === "sending";
  return (
    <>
      <form
        className={style["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void check(event.currentTarget);
        }}
      >
        {draft.restored && form.csv !== "" && step.at === "writing" && (
          <Notice>
            <p>{text.restored}</p>
            <Actions>
              <Button kind="quiet" onClick={clear}>
                {text.discard}
              </Button>
            </Actions>
          </Notice>
        )}
        <SelectField
          label={text.sponsor}
          zone={readBy.stewards}
          emptyText={text.pickSponsor}
          options={props.sponsors.map(({ id, name }) => ({ value: id, text: name }))}
          value={props.sponsors.some(({ id }) => id === form.sponsor) ? form.sponsor : ""}
          error={isMissing && form.sponsor === "" ? text.sponsorNeeded : null}
          onChange={(sponsor) => change({ sponsor })}
        />
        <Button onClick={() => setAdding(true)}>{text.addSponsor}</Button>
        <FileField
          label={text.file}
          zone={readBy.stewards}
          hint={text.fileHint}
          accept=".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values"
          error={file.error}
          chosen={file.name === undefined ? undefined : text.fileRead(file.name)}
          onChoose={(files) => void readFile(files[0])}
        />
        <TextArea
          label={text.csv}
          zone={readBy.stewards}
          hint={
            <>
              {text.csvHint} {text.stagesHint(STAGES)}
            </>
          }
          error={isMissing && form.csv.trim() === "" ? text.csvEmpty : null}
          placeholder={text.csvExample}
          rows={8}
          maxLength={600_000}
          spellCheck={false}
          autoCapitalize="none"
          value={form.csv}
          onChange={(csv) => change({ csv })}
        />
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
        {(step.at === "checked" || step.at === "sending") && (
          <RosterCheck
            checked={step.checked}
            csv={form.csv}
            busy={step.at === "sending"}
            onSend={() => void send(step.checked)}
          />
        )}
        {(step.at === "writing" || step.at === "checking") && (
          <Button
            kind="primary"
            type="submit"
            busy={step.at === "checking"}
            busyText={text.checking}
          >
            {text.check}
          </Button>
        )}
      </form>
      {adding && (
        <NewSponsor
          onClose={() => setAdding(false)}
          onAdded={(sponsor) => {
            setAdding(false);
            change({ sponsor });
            props.onChanged();
          }}
        />
      )}
    </>
  );
}

function troubleText(refusal: WireRefusal): string {
  const text = words.rosters;
  switch (refusal.type) {
    case "NoGoodLine":
      return text.noGoodLine;
    case "TooManyLines":
    case "TooLarge":
      return text.tooManyLines;
    case "SponsorNotFound":
      return text.sponsorNotFound;
    default:
      return refusalToWords(refusal);
  }
}
