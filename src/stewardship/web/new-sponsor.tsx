/** A new sponsor, by name and what its lists are. Stands outside the roster's form: a form can't hold another. */
import { useId, useState } from "react";
import { Button } from "#design/button.tsx";
import { Choice } from "#design/choice.tsx";
import { Dialog } from "#design/dialog.tsx";
import { TextField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { ROSTER_KINDS, type RosterKind } from "#identity/verification.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { addSponsor } from "../contract.ts";
import { words as verificationWords } from "./verification-words.ts";
import { words } from "./words.ts";
import style from "./stewardship.module.css";

export function NewSponsor(props: {
  readonly onClose: () => void;
  readonly onAdded: (id: string) => void;
}) {
  const text = words.rosters;
  const form = useId();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<string>("employer" satisfies RosterKind);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const add = async () => {
    if (name.trim() === "") {
      setError(text.newSponsorEmpty);
      return;
    }
    setBusy(true);
    const added = await call(addSponsor, { body: { name, kind: kind as RosterKind } });
    setBusy(false);
    if (added.ok) props.onAdded(added.value.id);
    else
      setError(added.refusal.type === "NameTaken" ? text.nameTaken : refusalToWords(added.refusal));
  };
  return (
    <Dialog
      open
      title={text.addSponsor}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{text.cancel}</Button>
          <Button kind="primary" type="submit" form={form} busy={busy} busyText={words.busy}>
            {text.add}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={style["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void add();
        }}
      >
        <TextField
          label={text.newSponsor}
          zone={readBy.stewards}
          hint={text.newSponsorHint}
          value={name}
          error={error}
          maxLength={120}
          autoComplete="off"
          onChange={setName}
        />
        <Choice
          label={verificationWords.sponsorKind}
          zone={readBy.stewards}
          options={ROSTER_KINDS.map((value) => ({
            value,
            text: verificationWords.sponsorKinds[value],
            note: verificationWords.sponsorKindNotes[value],
          }))}
          value={kind}
          onChange={setKind}
        />
      </form>
    </Dialog>
  );
}
