/**
 * A coach's credentials: who granted which level, under which number, until when. The number is for the
 * stewards; everything else stands on the card.
 */
import { useRef } from "react";
import { Button } from "#design/button.tsx";
import { Checkbox } from "#design/checkbox.tsx";
import { SelectField, TextField } from "#design/field.tsx";
import { Icon } from "#design/icon.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import { standingOf, type CredentialOnFile } from "../credential.ts";
import {
  CREDENTIAL_BODIES,
  CREDENTIALS_MOST,
  emptyCredentialForm,
  formToDeclared,
  isVerified,
  LEVELS_BY_BODY,
  type CredentialBody,
  type CredentialForm,
  type ProfileFault,
} from "../profile-form.ts";
import { words } from "./words.ts";
import style from "./profile-editor.module.css";

type Change = (next: (credentials: readonly CredentialForm[]) => readonly CredentialForm[]) => void;

export interface CredentialsEditorProps {
  readonly credentials: readonly CredentialForm[];
  readonly onFile: readonly CredentialOnFile[];
  readonly faults: readonly ProfileFault[];
  readonly onChange: Change;
}

export function CredentialsEditor(props: CredentialsEditorProps) {
  const { credentials, onFile, faults, onChange } = props;
  const text = words.credentials;
  const toast = useToast();
  const add = useRef<HTMLButtonElement>(null);

  const drop = (nth: number) => {
    const dropped = credentials[nth]!;
    onChange((before) => before.toSpliced(nth, 1));
    add.current?.focus();
    toast({
      text: text.dropped,
      undo: { text: text.undo, run: () => onChange((now) => now.toSpliced(nth, 0, dropped)) },
    });
  };

  return (
    <Section title={text.title} lead={text.lead}>
      {credentials.length === 0 && <p className={style["quiet"]}>{text.empty}</p>}
      {credentials.map((credential, nth) => (
        <CredentialFields
          key={nth}
          nth={nth}
          credential={credential}
          isChecked={isVerified(credential, onFile)}
          faults={faults}
          onChange={(part) =>
            onChange((before) =>
              before.map((each, at) => (at === nth ? { ...each, ...part } : each)),
            )
          }
          onDrop={() => drop(nth)}
        />
      ))}
      <div>
        <Button
          ref={add}
          icon={<Icon name="plus" />}
          disabled={credentials.length >= CREDENTIALS_MOST}
          onClick={() => onChange((before) => [...before, emptyCredentialForm])}
        >
          {text.add}
        </Button>
      </div>
      {credentials.length >= CREDENTIALS_MOST && <p className={style["quiet"]}>{text.most}</p>}
    </Section>
  );
}

function CredentialFields(props: {
  readonly nth: number;
  readonly credential: CredentialForm;
  readonly isChecked: boolean;
  readonly faults: readonly ProfileFault[];
  readonly onChange: (part: Partial<CredentialForm>) => void;
  readonly onDrop: () => void;
}) {
  const { nth, credential, isChecked, faults, onChange, onDrop } = props;
  const text = words.credentials;
  const faultOf = (part: "level" | "number" | "expires") => {
    const fault = faults.find(
      (each) => each.field === "credentials" && each.nth === nth && each.part === part,
    );
    return fault === undefined ? null : text.faults[part][fault.kind];
  };
  const levels: readonly string[] = LEVELS_BY_BODY[credential.body];
  return (
    <fieldset className={style["credential"]}>
      <legend className={style["legend"]}>{text.nth(nth + 1)}</legend>
      <SelectField
        label={text.body}
        zone={readBy.community}
        value={credential.body}
        options={CREDENTIAL_BODIES.map((body) => ({ value: body, text: words.bodies[body] }))}
        onChange={(value) => {
          const body = value as CredentialBody;
          onChange({ body, level: LEVELS_BY_BODY[body][0] ?? "" });
        }}
      />
      {levels.length > 1 && (
        <SelectField
          label={text.level}
          zone={readBy.community}
          value={credential.level}
          error={faultOf("level")}
          options={levels.map((level) => ({ value: level, text: level }))}
          onChange={(level) => onChange({ level })}
        />
      )}
      {levels.length === 0 && (
        <TextField
          label={text.levelOther}
          zone={readBy.community}
          value={credential.level}
          error={faultOf("level")}
          autoComplete="off"
          onChange={(level) => onChange({ level })}
        />
      )}
      <TextField
        label={text.number}
        zone={readBy.stewards}
        value={credential.number}
        error={faultOf("number")}
        autoComplete="off"
        spellCheck={false}
        onChange={(number) => onChange({ number })}
      />
      <Expiry credential={credential} error={faultOf("expires")} onChange={onChange} />
      <Standing credential={credential} isChecked={isChecked} />
      <div>
        <Button kind="quiet" onClick={onDrop}>
          {text.drop}
        </Button>
      </div>
    </fieldset>
  );
}

/** Two lists rather than a month input, which half of the browsers show as a bare line of text. */
function Expiry(props: {
  readonly credential: CredentialForm;
  readonly error: string | null;
  readonly onChange: (part: Partial<CredentialForm>) => void;
}) {
  const { credential, error, onChange } = props;
  const text = words.credentials;
  const thisYear = Temporal.Now.plainDateISO().year;
  const years = Array.from({ length: 12 }, (_, nth) => String(thisYear - 1 + nth));
  const listed =
    credential.endYear === "" || years.includes(credential.endYear)
      ? years
      : [credential.endYear, ...years].toSorted();
  return (
    <>
      {!credential.hasNoEnd && (
        <div className={style["pair"]}>
          <SelectField
            label={text.month}
            zone={readBy.community}
            value={credential.endMonth}
            emptyText={text.monthEmpty}
            error={error}
            options={months.map((name, nth) => ({
              value: String(nth + 1).padStart(2, "0"),
              text: name,
            }))}
            onChange={(endMonth) => onChange({ endMonth })}
          />
          <SelectField
            label={text.year}
            zone={readBy.community}
            value={credential.endYear}
            emptyText={text.yearEmpty}
            options={listed.map((year) => ({ value: year, text: year }))}
            onChange={(endYear) => onChange({ endYear })}
          />
        </div>
      )}
      <Checkbox
        label={text.hasNoEnd}
        zone={readBy.community}
        checked={credential.hasNoEnd}
        onChange={(hasNoEnd) => onChange({ hasNoEnd })}
      />
    </>
  );
}

function Standing({ credential, isChecked }: { credential: CredentialForm; isChecked: boolean }) {
  const text = words.credentials;
  const { granted, expires } = formToDeclared(credential);
  const isDated = expires === null || /^\d{4}-\d\d$/.test(expires);
  const standing = isDated
    ? standingOf(
        { granted, expires, state: "self-declared" },
        Temporal.Now.plainDateISO().toString(),
      )
    : "current";
  return (
    <p className={style["standing"]}>
      <Icon name={isChecked ? "check" : "info"} />
      <span>
        {isChecked ? text.verified : text.willBeChecked} {text.standings[standing]}
      </span>
    </p>
  );
}

const months = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat(undefined, { month: "long", timeZone: "UTC" }).format(
    Date.UTC(2026, month, 15),
  ),
);
