/** What the directory is searched and sifted by; on a phone the filters wait behind one line. */
import { useSyncExternalStore, type ReactNode } from "react";
import { Checkbox } from "#design/checkbox.tsx";
import { Disclosure } from "#design/disclosure.tsx";
import { SelectField, TextField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { ZoneMark, ZoneSaid } from "#design/zone-mark.tsx";
import { STAGES } from "#identity/account.ts";
import { PATHS, type Coach } from "../coach.ts";
import type { CoachFilter } from "../coach-search.ts";
import { amountTextToMinorUnits } from "../price-text.ts";
import { languageName } from "./vocabulary.ts";
import { words } from "./directory-words.ts";
import { words as cardWords } from "./words.ts";
import style from "./directory.module.css";

export interface FiltersForm {
  readonly text: string;
  /** Nothing for any, as in the next three. */
  readonly path: string;
  readonly language: string;
  readonly stage: string;
  readonly amount: string;
  readonly currency: string;
  readonly doctorsOnly: boolean;
}

export const emptyFilters: FiltersForm = {
  text: "",
  path: "",
  language: "",
  stage: "",
  amount: "",
  currency: "",
  doctorsOnly: false,
};

export function filtersToFilter(form: FiltersForm): CoachFilter {
  const { text, doctorsOnly, amount, currency } = form;
  const most = currency === "" ? null : amountTextToMinorUnits(amount, currency);
  return {
    text,
    doctorsOnly,
    path: PATHS.find((path) => path === form.path) ?? null,
    stage: STAGES.find((stage) => stage === form.stage) ?? null,
    language: form.language === "" ? null : form.language,
    ceiling: most === null ? null : { currency, minorUnitsPerSession: most },
  };
}

export const isAnySet = (form: FiltersForm): boolean => form.text.trim() !== "" || setIn(form) > 0;

/** How many of those behind the line. */
function setIn({ path, language, stage, amount, doctorsOnly }: FiltersForm): number {
  return (
    [path, language, stage, amount.trim()].filter((each) => each !== "").length +
    Number(doctorsOnly)
  );
}

export interface FiltersProps {
  readonly filters: FiltersForm;
  /** Those listed: only what they have is offered as a filter. */
  readonly coaches: readonly Coach[];
  readonly onChange: (next: (filters: FiltersForm) => FiltersForm) => void;
}

export function Filters({ filters, coaches, onChange }: FiltersProps) {
  const text = words.directory;
  const put = (part: Partial<FiltersForm>) => onChange((before) => ({ ...before, ...part }));
  const currencies = [...new Set(coaches.map(({ price }) => price.currency))].toSorted();
  const currency = filters.currency === "" ? (currencies[0] ?? "USD") : filters.currency;
  const isUnreadable =
    filters.amount.trim() !== "" && amountTextToMinorUnits(filters.amount, currency) === null;
  const set = setIn(filters);
  return (
    <search className={style["search"]}>
      <ZoneMark of={readBy.onlyYou} />
      <ZoneSaid zone={readBy.onlyYou}>
        <TextField
          type="search"
          label={text.search}
          zone={readBy.onlyYou}
          hint={text.searchHint}
          value={filters.text}
          maxLength={200}
          autoComplete="off"
          enterKeyHint="search"
          onChange={(typed) => put({ text: typed })}
        />
        <OnPhonesBehind summary={set === 0 ? text.filters : text.filtersOn(set)}>
          <div className={style["filters"]}>
            <SelectField
              label={text.path}
              zone={readBy.onlyYou}
              emptyText={text.anyPath}
              value={filters.path}
              options={PATHS.map((value) => ({ value, text: cardWords.paths[value] }))}
              onChange={(path) => put({ path })}
            />
            <SelectField
              label={text.stage}
              zone={readBy.onlyYou}
              emptyText={text.anyStage}
              value={filters.stage}
              options={STAGES.map((value) => ({ value, text: cardWords.stages[value] }))}
              onChange={(stage) => put({ stage })}
            />
            <SelectField
              label={text.language}
              zone={readBy.onlyYou}
              emptyText={text.anyLanguage}
              value={filters.language}
              options={languageOptions(coaches, filters.language)}
              onChange={(language) => put({ language })}
            />
            <div className={style["ceiling"]}>
              <TextField
                label={text.ceiling}
                zone={readBy.onlyYou}
                error={isUnreadable ? text.ceilingFault : null}
                value={filters.amount}
                placeholder={text.noCeiling}
                inputMode="decimal"
                autoComplete="off"
                maxLength={15}
                onChange={(amount) => put({ amount, currency })}
              />
              <SelectField
                label={text.currency}
                zone={readBy.onlyYou}
                value={currency}
                options={currencies.map((code) => ({ value: code, text: code }))}
                onChange={(chosen) => put({ currency: chosen })}
              />
            </div>
            <Checkbox
              label={text.doctorsOnly}
              zone={readBy.onlyYou}
              checked={filters.doctorsOnly}
              onChange={(doctorsOnly) => put({ doctorsOnly })}
            />
          </div>
        </OnPhonesBehind>
      </ZoneSaid>
    </search>
  );
}

function OnPhonesBehind({ summary, children }: { summary: string; children: ReactNode }) {
  const isWide = useSyncExternalStore(watchWidth, () => wide.matches);
  return isWide ? children : <Disclosure summary={summary}>{children}</Disclosure>;
}

const wide = matchMedia("(width >= 60rem)");

function watchWidth(listener: () => void): () => void {
  wide.addEventListener("change", listener);
  return () => wide.removeEventListener("change", listener);
}

function languageOptions(coaches: readonly Coach[], chosen: string) {
  const spoken = coaches.flatMap(({ languages }) =>
    languages.map((each) => each.split("-", 1)[0]!),
  );
  return [...new Set(chosen === "" ? spoken : [...spoken, chosen])]
    .map((id) => ({ value: id, text: languageName(id) }))
    .toSorted((a, b) => a.text.localeCompare(b.text));
}
