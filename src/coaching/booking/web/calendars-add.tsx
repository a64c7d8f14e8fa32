/** One more calendar, by its address or from a file. What was typed stays until the calendar is there. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Choice } from "#design/choice.tsx";
import { Disclosure } from "#design/disclosure.tsx";
import { Facts } from "#design/facts.tsx";
import { TextField } from "#design/field.tsx";
import { FileField } from "#design/file-field.tsx";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { call } from "#platform/web/api.ts";
import { useDraft } from "#vault/web/safe-context.tsx";
import { typedToCalendarAddress } from "../calendar-handed-over.ts";
import { addCalendar, type CalendarShown } from "../contract.ts";
import { calendarRefusalWords } from "./calendar-refusals.ts";
import { readCalendarFile } from "./calendar-upload.ts";
import { words } from "./desk-words.ts";
import style from "./calendars.module.css";

interface Form {
  readonly kind: "address" | "upload";
  readonly label: string;
  readonly address: string;
}

const EMPTY: Form = { kind: "address", label: "", address: "" };
const LABEL_MOST = 60;

export interface AddCalendarProps {
  readonly onAdded: (calendar: CalendarShown) => void;
  /** The answer got lost: the calendar may be there. */
  readonly onUnsure: () => void;
}

export function AddCalendar({ onAdded, onUnsure }: AddCalendarProps) {
  const [form, setForm, draft] = useDraft<Form>("coach-calendar/1", EMPTY);
  const [file, setFile] = useState<File | null>(null);
  const [isShown, setIsShown] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const text = words.add;
  const put = (part: Partial<Form>) => {
    setWhy(null);
    setForm((before) => ({ ...before, ...part }));
  };

  const label = form.label.normalize("NFC").trim();
  const address = typedToCalendarAddress(form.address);
  const labelFault = label === "" || label.length > LABEL_MOST ? text.labelFault : null;
  const addressFault = address === null ? text.addressFault : null;

  const add = async () => {
    setIsShown(true);
    if (labelFault !== null) return;
    const source = await sourceOf(form.kind, address, file);
    if (source === null) return;
    if (typeof source === "string") {
      setWhy(source);
      return;
    }
    setIsBusy(true);
    setWhy(null);
    const added = await call(addCalendar, { body: { ...source, label } });
    setIsBusy(false);
    if (!added.ok) {
      const isUnsure = added.refusal.type === "Offline";
      if (isUnsure) onUnsure();
      setWhy(isUnsure && navigator.onLine ? text.unsure : calendarRefusalWords(added.refusal));
      return;
    }
    setForm({ ...EMPTY, kind: form.kind });
    draft.clear();
    setFile(null);
    setIsShown(false);
    onAdded(added.value.calendar);
  };

  return (
    <Section title={text.title}>
      <form
        className={style["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void add();
        }}
      >
        <Choice
          label={text.kind}
          zone={readBy.server}
          options={[
            { value: "address", text: text.byAddress, note: text.byAddressNote },
            { value: "upload", text: text.byFile, note: text.byFileNote },
          ]}
          value={form.kind}
          columns={2}
          onChange={(kind) => put({ kind: kind as Form["kind"] })}
        />
        <TextField
          label={text.label}
          zone={readBy.server}
          hint={text.labelHint}
          error={isShown ? labelFault : null}
          value={form.label}
          autoComplete="off"
          onChange={(typed) => put({ label: typed })}
        />
        {form.kind === "address" ? (
          <>
            <TextField
              type="url"
              label={text.address}
              zone={readBy.server}
              hint={text.addressHint}
              error={isShown ? addressFault : null}
              value={form.address}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={2000}
              onChange={(typed) => put({ address: typed })}
            />
            <Disclosure summary={text.where}>
              <Facts facts={text.places.map(([term = "", value]) => ({ term, value }))} />
              <p className={style["note"]}>{text.employerNote}</p>
            </Disclosure>
          </>
        ) : (
          <FileField
            label={text.file}
            zone={readBy.server}
            hint={text.fileHint}
            error={isShown && file === null ? text.fileFault : null}
            accept=".ics,.ifb,text/calendar"
            {...(file === null ? {} : { chosen: file.name })}
            onChoose={(files) => {
              setWhy(null);
              setFile(files[0] ?? file);
            }}
          />
        )}
        {why !== null && <Notice kind="refusal">{why}</Notice>}
        <div>
          <Button kind="primary" type="submit" busy={isBusy} busyText={text.adding}>
            {text.add}
          </Button>
        </div>
      </form>
    </Section>
  );
}

type Source =
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "upload"; readonly text: string };

/** What is to be read; a sentence where the file can't be; null where something is still missing. */
async function sourceOf(
  kind: Form["kind"],
  address: string | null,
  file: File | null,
): Promise<Source | string | null> {
  if (kind === "address") return address === null ? null : { kind, address };
  if (file === null) return null;
  const read = await readCalendarFile(file);
  return read.ok ? { kind, text: read.value } : read.refusal;
}
