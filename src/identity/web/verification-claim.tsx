/**
 * The licence and the name on it, which every way but a student's asks for. Typed once for all ways, and kept
 * sealed on this device until it has been asked with.
 */
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { SelectField, TextField } from "#design/field.tsx";
import { focusFirstFault } from "#design/first-fault.ts";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import type { WireRefusal } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useDraft } from "#vault/web/safe-context.tsx";
import { community } from "../contract.ts";
import { normaliseLicence, type Licence } from "../licence.ts";
import { countriesByName } from "./set-up-countries.ts";
import { isCertain, numberFault, type NumberFault } from "./verification-fields.ts";
import { words } from "./verification-words.ts";
import style from "./verification.module.css";

interface Typed {
  readonly country: string;
  readonly number: string;
  readonly givenName: string;
  readonly familyName: string;
}

/** As the contract takes it. */
interface Claim {
  readonly licence: Licence;
  readonly givenName: string;
  readonly familyName: string;
}

export interface ClaimDraft {
  readonly typed: Typed;
  readonly change: (part: Partial<Typed>) => void;
  /** Null while something in it is missing or wrong. */
  readonly claim: Claim | null;
  readonly isRestored: boolean;
  /** After it was asked with, or where somebody starts empty. */
  readonly clear: () => void;
}

const EMPTY: Typed = { country: "", number: "", givenName: "", familyName: "" };

/** `only`: the one country of this way. */
export function useClaim(only: "US" | null = null): ClaimDraft {
  const [kept, setKept, draft] = useDraft<Typed>("identity/verification", EMPTY);
  const home = useHomeCountry();
  const typed = { ...kept, country: only ?? (kept.country === "" ? home : kept.country) };
  return {
    typed,
    change: (part) => setKept((before) => ({ ...before, ...part })),
    claim: claimOf(typed),
    isRestored: draft.restored && Object.values(kept).some((text) => text !== ""),
    clear: () => {
      setKept(EMPTY);
      draft.clear();
    },
  };
}

function claimOf({ country, number, givenName, familyName }: Typed): Claim | null {
  const licence = country === "" ? null : normaliseLicence(country, number);
  if (licence === null || givenName.trim() === "" || familyName.trim() === "") return null;
  return { licence, givenName, familyName };
}

/** Where most here have their licence; empty until that is known. */
function useHomeCountry(): string {
  const [country, setCountry] = useState("");
  useEffect(() => {
    void call(community, {}).then((read) => {
      if (read.ok && read.value.setUp) setCountry(read.value.country);
    });
  }, []);
  return country;
}

interface AskFormProps {
  /** Null for a student, who claims nothing. */
  readonly claim: ClaimDraft | null;
  readonly isNpi?: boolean | undefined;
  readonly nameHint?: string | undefined;
  /** False while one of `children` is missing or wrong. */
  readonly isComplete?: boolean | undefined;
  readonly submit: string;
  readonly busyText: string;
  /** The way's own fields; `isShown` once faults are to be told. */
  readonly children?: ((isShown: boolean) => ReactNode) | undefined;
  /** What went wrong, in words; null where it went well. */
  readonly onAsk: () => Promise<string | null>;
}

export function AskForm(props: AskFormProps) {
  const { claim, isNpi = false, nameHint, isComplete = true, submit, busyText, children } = props;
  const [isShown, setShown] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    setTrouble(null);
    const told = await props.onAsk();
    setBusy(false);
    setTrouble(told);
  };
  return (
    <form
      className={style["form"]}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setShown(true);
        if (!isComplete || claim?.claim === null) focusFirstFault(event.currentTarget);
        else if (!busy) void ask();
      }}
    >
      {claim !== null && (
        <ClaimFields
          claim={claim}
          isNpi={isNpi}
          nameHint={nameHint ?? words.claim.nameHint}
          isShown={isShown}
        />
      )}
      {children?.(isShown)}
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Button kind="primary" type="submit" busy={busy} busyText={busyText}>
        {submit}
      </Button>
    </form>
  );
}

interface FieldsProps {
  readonly claim: ClaimDraft;
  readonly isNpi: boolean;
  readonly nameHint: string;
  readonly isShown: boolean;
}

function ClaimFields({ claim, isNpi, nameHint, isShown }: FieldsProps) {
  const text = words.claim;
  const { typed, change } = claim;
  const fault = numberFault(typed.country, typed.number);
  const hasNpi = typed.country === "US";
  const nameError = (name: string) => (isShown && name.trim() === "" ? text.nameError : null);
  return (
    <>
      {claim.isRestored && (
        <Notice>
          <p>{text.restored}</p>
          <Actions>
            <Button kind="quiet" onClick={claim.clear}>
              {text.discard}
            </Button>
          </Actions>
        </Notice>
      )}
      {!isNpi && <CountryField typed={typed} isShown={isShown} change={change} />}
      <TextField
        label={hasNpi ? text.npi : text.number}
        zone={readBy.stewards}
        hint={hasNpi ? text.npiHint : undefined}
        value={typed.number}
        error={
          fault !== null && (isShown || isCertain(fault, typed.number)) ? faultWords(fault) : null
        }
        inputMode={hasNpi ? "numeric" : undefined}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={60}
        onChange={(number) => change({ number })}
      />
      <TextField
        label={text.givenName}
        zone={readBy.stewards}
        hint={nameHint}
        value={typed.givenName}
        error={nameError(typed.givenName)}
        autoComplete="given-name"
        maxLength={80}
        onChange={(givenName) => change({ givenName })}
      />
      <TextField
        label={text.familyName}
        zone={readBy.stewards}
        value={typed.familyName}
        error={nameError(typed.familyName)}
        autoComplete="family-name"
        maxLength={80}
        onChange={(familyName) => change({ familyName })}
      />
    </>
  );
}

function CountryField(props: {
  readonly typed: Typed;
  readonly isShown: boolean;
  readonly change: ClaimDraft["change"];
}) {
  const { typed, isShown, change } = props;
  const options = useMemo(
    () =>
      countriesByName(navigator.language).map(({ code, name }) => ({ value: code, text: name })),
    [],
  );
  return (
    <SelectField
      label={words.claim.country}
      zone={readBy.stewards}
      emptyText={words.claim.countryEmpty}
      options={options}
      value={typed.country}
      error={isShown && typed.country === "" ? words.claim.countryError : null}
      onChange={(country) => change({ country })}
    />
  );
}

function faultWords(fault: NumberFault): string {
  switch (fault) {
    case "missing":
      return words.claim.numberError;
    case "npi-unfinished":
      return words.claim.npiUnfinished;
    case "npi-wrong":
      return words.claim.npiWrong;
    case "number-wrong":
      return words.claim.numberWrong;
  }
}

/** What stopped an asking, the same for every way. */
export function askTrouble(refusal: WireRefusal): string {
  switch (refusal.type) {
    case "VerifiedAlready":
      return words.verifiedAlready;
    case "NoRoster":
      return words.roster.noRoster;
    case "ClaimNeeded":
      return words.roster.claimNeeded;
    case "DomainNotListed":
      return words.mail.notListed;
    default:
      return refusalToWords(refusal);
  }
}
