/** The first page of a new installation: makes the community, once, and hands its first steward on to join. */
import { useCallback, useEffect, useMemo, useState } from "react";
import { useLocation } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Checkbox } from "#design/checkbox.tsx";
import { SelectField, TextField } from "#design/field.tsx";
import { focusFirstFault } from "#design/first-fault.ts";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Skeleton } from "#design/skeleton.tsx";
import crisisLines from "virtual:content/crisis/lines";
import type { WireRefusal } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { community, setUpCommunity } from "../contract.ts";
import { countriesByName, type Country } from "./set-up-countries.ts";
import { words } from "./set-up-words.ts";
import style from "./set-up.module.css";

type Looked =
  | { readonly at: "looking" }
  | { readonly at: "unreached"; readonly refusal: WireRefusal }
  | { readonly at: "already" }
  | { readonly at: "open" };

export function SetUp() {
  // What follows the # never reaches a server by itself.
  const [token] = useState(() => location.hash.slice(1));
  const [looked, setLooked] = useState<Looked>({ at: "looking" });
  const look = useCallback(() => {
    void call(community, {}).then((found) =>
      setLooked(
        found.ok
          ? { at: found.value.setUp ? "already" : "open" }
          : { at: "unreached", refusal: found.refusal },
      ),
    );
  }, []);
  useEffect(look, [look]);

  switch (looked.at) {
    case "looking":
      return (
        <Page title={words.title} lead={words.lead}>
          <Skeleton label={words.looking} lines={6} />
        </Page>
      );
    case "unreached":
      return (
        <Page title={words.title} lead={words.lead}>
          <Notice kind="refusal">
            <p>{refusalToWords(looked.refusal)}</p>
            <Actions>
              <Button onClick={look}>{words.again}</Button>
            </Actions>
          </Notice>
        </Page>
      );
    case "already":
      return (
        <Page
          title={words.already}
          lead={words.alreadyText}
          action={
            <LinkButton kind="primary" href="/sign-in">
              {words.signIn}
            </LinkButton>
          }
        />
      );
    case "open":
      return token === "" ? (
        <Page title={words.noToken} lead={words.noTokenText} />
      ) : (
        <SetUpForm token={token} />
      );
  }
}

interface Form {
  readonly name: string;
  readonly country: string;
  readonly floor: string;
  readonly sample: boolean;
}

function SetUpForm({ token }: { readonly token: string }) {
  const [, navigate] = useLocation();
  const [form, setForm] = useState<Form>({ name: "", country: "", floor: "8", sample: false });
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const countries = useMemo(() => linesFirst(countriesByName(navigator.language)), []);
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const errors = {
    name: form.name.trim() === "" ? words.nameError : null,
    country: form.country === "" ? words.countryError : null,
    floor: isFloor(form.floor) ? null : words.floorError,
  };

  const make = async () => {
    setBusy(true);
    setTrouble(null);
    const { name, country, floor, sample } = form;
    const made = await call(setUpCommunity, {
      body: { token, name, country, floor: Number(floor), sample },
    });
    if (made.ok) {
      // Replaced, so that going back does not lead to a link that has been used.
      navigate(`/join#${made.value.code}`, { replace: true });
      return;
    }
    setBusy(false);
    setTrouble(troubleText(made.refusal));
  };

  return (
    <Page title={words.title} lead={words.lead} zone={readBy.anyone}>
      <form
        className={style["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setShown(true);
          if (busy) return;
          if (Object.values(errors).every((error) => error === null)) void make();
          else focusFirstFault(event.currentTarget);
        }}
      >
        <TextField
          label={words.name}
          zone={readBy.anyone}
          hint={words.nameHint}
          error={shown ? errors.name : null}
          value={form.name}
          maxLength={80}
          autoComplete="organization"
          onChange={(name) => change({ name })}
        />
        <SelectField
          label={words.country}
          zone={readBy.anyone}
          hint={words.countryHint(countriesWithLines.size)}
          error={shown ? errors.country : null}
          emptyText={words.pickCountry}
          autoComplete="country"
          options={countries.map(({ code, name }) => ({ value: code, text: name }))}
          value={form.country}
          onChange={(country) => change({ country })}
        />
        {form.country !== "" && !countriesWithLines.has(form.country) && (
          <Notice live="polite">{words.countryWithoutLines}</Notice>
        )}
        <TextField
          label={words.floor}
          zone={readBy.anyone}
          hint={words.floorHint}
          error={shown ? errors.floor : null}
          type="number"
          inputMode="numeric"
          min={8}
          max={50}
          step={1}
          width="short"
          suffix={words.floorSuffix}
          value={form.floor}
          onChange={(floor) => change({ floor })}
        />
        <Checkbox
          label={words.sample}
          zone={readBy.anyone}
          hint={words.sampleHint}
          checked={form.sample}
          onChange={(sample) => change({ sample })}
        />
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
        <Button
          kind="primary"
          type="submit"
          busy={busy}
          busyText={form.sample ? words.makingSample : words.making}
        >
          {words.make}
        </Button>
      </form>
    </Page>
  );
}

const countriesWithLines = new Set(
  crisisLines.lines.map(({ country }) => country).filter((code) => code !== "*"),
);

function linesFirst(countries: readonly Country[]): readonly Country[] {
  const hasLines = ({ code }: Country) => countriesWithLines.has(code);
  return [...countries.filter(hasLines), ...countries.filter((country) => !hasLines(country))];
}

const isFloor = (typed: string): boolean =>
  /^\d{1,2}$/.test(typed.trim()) && Number(typed) >= 8 && Number(typed) <= 50;

function troubleText(refusal: WireRefusal): string {
  switch (refusal.type) {
    case "LinkNotValid":
      return words.linkNotValid;
    case "BadInput":
      return refusal.detail?.["field"] === "token" ? words.linkNotValid : refusalToWords(refusal);
    case "Offline":
      return words.noAnswer;
    default:
      return refusalToWords(refusal);
  }
}
