/** Adds a questionnaire: the file, read here before it is sent, and by whose right it may be used. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Checkbox } from "#design/checkbox.tsx";
import { TextArea, TextField } from "#design/field.tsx";
import { FileField } from "#design/file-field.tsx";
import { useHandingIn } from "#design/handing-in.ts";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import type { Result } from "#platform/result.ts";
import { useDraft } from "#vault/web/safe-context.tsx";
import { MOST_CHARACTERS } from "../bounded-json.ts";
import { addInstrument } from "../contract.ts";
import { fault, type FormFault } from "../form-fault.ts";
import { readInstrument, type Instrument } from "../instrument.ts";
import { refuse } from "#platform/result.ts";
import { FaultsTold, FileTold } from "./file-told.tsx";
import { words } from "./steward-words.ts";
import style from "./instrument.module.css";

interface Chosen {
  readonly name: string;
  readonly text: string;
  readonly read: Result<Instrument, readonly FormFault[]>;
}

const EMPTY = { by: "", terms: "", on: "" };
type Licence = typeof EMPTY;

export function AddingForm(props: {
  /** Ids of those that the community has. */
  readonly present: ReadonlySet<string>;
  readonly onAdded: (title: string) => void;
}) {
  const { present, onAdded } = props;
  const [chosen, setChosen] = useState<Chosen | "unreadable" | null>(null);
  const [licence, setLicence, draft] = useDraft<Licence>("stewardship/instrument", EMPTY);
  const [protocolReady, setProtocolReady] = useState(false);
  const file = chosen === "unreadable" ? null : chosen;
  const instrument = file?.read.ok === true ? file.read.value : null;
  const needsProtocol = instrument?.scorer.protocol !== undefined;
  const missing = {
    by: licence.by.trim() === "",
    terms: licence.terms.trim() === "",
    on: licence.on === "",
  };
  const isGood = !missing.by && !missing.terms && !missing.on && (!needsProtocol || protocolReady);

  const handingIn = useHandingIn(isGood, async () => {
    if (file === null || instrument === null) return null;
    const added = await call(addInstrument, {
      body: { questionnaire: file.text, licence, protocolReady },
    });
    if (!added.ok) return refusedToWords(added.refusal);
    setChosen(null);
    setLicence(EMPTY);
    draft.clear();
    onAdded(instrument.form.title);
    return null;
  });
  const { isLookedAt, busy, trouble, onSubmit } = handingIn;
  const choose = async ([picked]: readonly File[]) => {
    if (picked === undefined) return;
    handingIn.forgetTrouble();
    setProtocolReady(false);
    setChosen(await readFile(picked));
  };
  const field = (key: keyof Licence, faultText: string) => ({
    zone: readBy.community,
    value: licence[key],
    error: isLookedAt && missing[key] ? faultText : null,
    onChange: (value: string) => setLicence((before) => ({ ...before, [key]: value })),
  });

  return (
    <form className={style["form"]} noValidate onSubmit={onSubmit}>
      <FileField
        label={words.file}
        hint={words.fileHint}
        zone={readBy.community}
        accept="application/json,application/fhir+json,.json"
        chosen={file === null ? undefined : words.chosen(file.name)}
        error={chosen === "unreadable" ? words.unreadable : null}
        onChoose={(files) => void choose(files)}
      />
      {file?.read.ok === false && <FaultsTold faults={file.read.refusal} />}
      {instrument !== null && (
        <>
          <FileTold instrument={instrument} />
          {present.has(instrument.scorer.id) && <p>{words.replaces}</p>}
          {needsProtocol && (
            <Notice kind="warm" title={words.protocolTitle}>
              <p>{instrument.scorer.protocol}</p>
              <Checkbox
                label={words.protocol}
                zone={readBy.community}
                checked={protocolReady}
                error={isLookedAt && !protocolReady ? words.protocolMissing : null}
                onChange={setProtocolReady}
              />
            </Notice>
          )}
          <h3>{words.licenceTitle}</h3>
          <p className={style["quiet"]}>{words.licenceLead}</p>
          <TextField
            {...field("by", words.byFault)}
            label={words.by}
            hint={words.byHint}
            maxLength={120}
            autoComplete="off"
          />
          <TextArea
            {...field("terms", words.termsFault)}
            label={words.terms}
            hint={words.termsHint}
            maxLength={600}
            rows={3}
          />
          <TextField
            {...field("on", words.onFault)}
            type="date"
            width="short"
            label={words.on}
            max={Temporal.Now.plainDateISO().toString()}
          />
          <p className={style["quiet"]}>{words.logged}</p>
          {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
          <Button kind="primary" type="submit" busy={busy} busyText={words.busy}>
            {words.add}
          </Button>
        </>
      )}
    </form>
  );
}

/** A file that is far too large isn't even read. */
async function readFile(file: File): Promise<Chosen | "unreadable"> {
  if (file.size > 4 * MOST_CHARACTERS) {
    const faults = [fault("TooLarge", undefined, String(MOST_CHARACTERS))];
    return { name: file.name, text: "", read: refuse(faults) };
  }
  try {
    const text = await file.text();
    return { name: file.name, text, read: readInstrument(text) };
  } catch {
    return "unreadable";
  }
}

function refusedToWords(refusal: Parameters<typeof refusalToWords>[0]): string {
  if (refusal.type === "NotFitting") return words.notFitting;
  if (refusal.type === "ProtocolNeeded") return words.protocolNeeded;
  return refusalToWords(refusal);
}
