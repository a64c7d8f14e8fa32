/**
 * What a member asks of a coach as it stands in the form, unfinished included, and the way to preferences.
 * Whom they pointed at on a card is not in the form: a draft that lay for a week must not bring anybody back.
 */
import * as v from "valibot";
import type { Stage } from "#identity/account.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import type { CoachId, Path } from "../directory/coach.ts";
import { amountTextToMinorUnits, minorUnitsToAmountText } from "../directory/price-text.ts";
import { employerLines, type FaultKind } from "../directory/profile-form.ts";
import { partsToWeeklyHours, weeklyHoursToParts } from "./day-part.ts";
import { preferencesSchema, type Preferences } from "./preferences.ts";

export const LANGUAGES_MOST = 12;
export const CEILINGS_MOST = 8;
export const WISHES_MOST = 12;

interface CeilingForm {
  readonly currency: string;
  /** As typed; nothing for no ceiling. */
  readonly amount: string;
}

export interface WishesForm {
  /** Nothing while none is chosen. */
  readonly path: string;
  readonly languages: readonly string[];
  readonly timeZone: string;
  readonly when: "any" | "marked";
  /** See `day-part.ts`. */
  readonly parts: readonly string[];
  readonly sharedHours: string;
  readonly ceilings: readonly CeilingForm[];
  readonly modalities: readonly string[];
  readonly doctorsOnly: boolean;
  /** One a line, as the two below. */
  readonly ownEmployers: string;
  readonly people: string;
  readonly employers: string;
  /** Nothing where it doesn't matter, as the one below. */
  readonly stage: string;
  readonly specialty: string;
  readonly livedExperiences: readonly string[];
  readonly styles: readonly string[];
}

const WISH_FIELDS = [
  "path",
  "languages",
  "timeZone",
  "parts",
  "sharedHours",
  "ceilings",
  "modalities",
  "ownEmployers",
  "people",
  "employers",
  "stage",
  "specialty",
  "livedExperiences",
  "styles",
] as const;
export type WishField = (typeof WISH_FIELDS)[number];

export interface WishFault {
  readonly field: WishField;
  readonly kind: FaultKind;
  /** From 1, in fields of lines and in ceilings. */
  readonly line: number | null;
}

export function emptyWishes(known: {
  readonly path: Path | null;
  readonly stage: Stage;
  readonly timeZone: string;
  readonly languages: readonly string[];
  readonly currency: string;
}): WishesForm {
  return {
    path: known.path ?? "",
    languages: known.languages,
    timeZone: known.timeZone,
    when: "any",
    parts: [],
    sharedHours: "1",
    ceilings: [{ currency: known.currency, amount: "" }],
    modalities: [],
    doctorsOnly: false,
    ownEmployers: "",
    people: "",
    employers: "",
    stage: known.stage,
    specialty: "",
    livedExperiences: [],
    styles: [],
  };
}

/** `currency`: for the empty line where no ceiling was set. */
export function preferencesToForm(preferences: Preferences, currency: string): WishesForm {
  const { freeHours, sharedHours, priceCeilings, conflicts, ownEmployers, stage, specialty } =
    preferences;
  return {
    path: preferences.path,
    languages: preferences.languages,
    timeZone: preferences.timeZone,
    when: freeHours === null ? "any" : "marked",
    parts: freeHours === null ? [] : weeklyHoursToParts(freeHours),
    sharedHours: String(sharedHours),
    ceilings:
      priceCeilings.length === 0
        ? [{ currency, amount: "" }]
        : priceCeilings.map((ceiling) => ({
            currency: ceiling.currency,
            amount: minorUnitsToAmountText(ceiling.minorUnitsPerSession, ceiling.currency),
          })),
    modalities: preferences.modalities,
    doctorsOnly: preferences.doctorsOnly,
    ownEmployers: ownEmployers.join("\n"),
    people: conflicts.people.join("\n"),
    employers: conflicts.employers.join("\n"),
    stage: stage ?? "",
    specialty: specialty ?? "",
    livedExperiences: preferences.livedExperiences,
    styles: preferences.styles,
  };
}

/** `neverOffered`: the cards that the member put on the list, which stay on it. */
export function formToPreferences(
  form: WishesForm,
  neverOffered: readonly CoachId[],
): Result<Preferences, readonly WishFault[]> {
  const isMarked = form.when === "marked";
  const parsed = v.safeParse(preferencesSchema, {
    path: form.path,
    languages: form.languages,
    timeZone: form.timeZone,
    freeHours: isMarked ? partsToWeeklyHours(form.parts) : null,
    sharedHours: Number(form.sharedHours),
    priceCeilings: form.ceilings.filter(isSet).map(({ currency, amount }) => ({
      currency,
      minorUnitsPerSession: amountTextToMinorUnits(amount, currency) ?? -1,
    })),
    modalities: form.modalities,
    doctorsOnly: form.doctorsOnly,
    ownEmployers: employerLines(form.ownEmployers),
    conflicts: {
      people: employerLines(form.people),
      employers: employerLines(form.employers),
      coaches: neverOffered,
    },
    stage: form.stage === "" ? null : form.stage,
    specialty: form.specialty === "" ? null : form.specialty,
    livedExperiences: form.livedExperiences,
    styles: form.styles,
  });
  const faults = parsed.success
    ? []
    : firstPerField(parsed.issues.map((issue) => faultOf(issue, form)));
  if (isMarked && form.parts.length === 0)
    faults.push({ field: "parts", kind: "empty", line: null });
  if (faults.length > 0 || !parsed.success)
    return refuse(faults.toSorted((a, b) => placeOf(a) - placeOf(b)));
  return ok(parsed.output);
}

const isSet = ({ amount }: CeilingForm): boolean => amount.trim() !== "";

const fieldByKey: Readonly<Record<string, WishField>> = {
  freeHours: "parts",
  priceCeilings: "ceilings",
};

function faultOf(issue: v.BaseIssue<unknown>, form: WishesForm): WishFault {
  const [first, second, third] = (issue.path ?? []).map(({ key }) => key as string | number);
  const isList = first === "conflicts";
  const key = String(isList ? second : first);
  const field = fieldByKey[key] ?? (key as WishField);
  const nth = isList ? third : second;
  const kind = field === "path" && form.path === "" ? "empty" : kindOf(issue);
  if (typeof nth !== "number") return { field, kind, line: null };
  // Empty ceilings were left out on the way; the line is the one in the form.
  const line =
    field === "ceilings" ? form.ceilings.indexOf(form.ceilings.filter(isSet)[nth]!) : nth;
  return { field, kind, line: line + 1 };
}

/** The contract's own checks say "text", "empty" and "long"; the others are known by their type. */
function kindOf({ type, message }: v.BaseIssue<unknown>): FaultKind {
  if (message === "text" || message === "empty" || message === "long") return message;
  if (type === "min_length") return "empty";
  return type === "max_length" || type === "max_value" ? "long" : "form";
}

function firstPerField(faults: readonly WishFault[]): WishFault[] {
  return faults.filter(
    (fault, at) => faults.findIndex((other) => other.field === fault.field) === at,
  );
}

const placeOf = ({ field }: WishFault): number => WISH_FIELDS.indexOf(field);
