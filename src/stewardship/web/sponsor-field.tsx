/** Choosing the sponsor a roster is from, or adding one by name. */
import { useId, useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Dialog } from "#design/dialog.tsx";
import { SelectField, TextField } from "#design/field.tsx";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { addSponsor, type readRosters } from "../contract.ts";
import { words } from "./words.ts";
import style from "./stewardship.module.css";

export type Sponsor = AnswerOf<typeof readRosters>["sponsors"][number];

export interface SponsorFieldProps {
  readonly sponsors: readonly Sponsor[];
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (id: string) => void;
  readonly onAdded: (id: string) => void;
}

export function SponsorField({ sponsors, value, error, onChange, onAdded }: SponsorFieldProps) {
  const text = words.rosters;
  const [adding, setAdding] = useState(false);
  return (
    <div className={style["form"]}>
      <SelectField
        label={text.sponsor}
        emptyText={text.pickSponsor}
        options={sponsors.map(({ id, name }) => ({ value: id, text: name }))}
        value={value}
        error={error}
        onChange={onChange}
      />
      <Actions>
        <Button onClick={() => setAdding(true)}>{text.addSponsor}</Button>
      </Actions>
      {adding && (
        <NewSponsor
          onClose={() => setAdding(false)}
          onAdded={(id) => {
            setAdding(false);
            onAdded(id);
          }}
        />
      )}
    </div>
  );
}

function NewSponsor(props: {
  readonly onClose: () => void;
  readonly onAdded: (id: string) => void;
}) {
  const text = words.rosters;
  const form = useId();
  const [name, setName] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const add = async () => {
    if (name.trim() === "") {
      setError(text.newSponsorEmpty);
      return;
    }
    setBusy(true);
    const added = await call(addSponsor, { body: { name } });
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
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // The dialog lies inside the roster's form.
          event.stopPropagation();
          if (!busy) void add();
        }}
      >
        <TextField
          label={text.newSponsor}
          hint={text.newSponsorHint}
          value={name}
          error={error}
          maxLength={120}
          autoComplete="off"
          onChange={setName}
        />
      </form>
    </Dialog>
  );
}
