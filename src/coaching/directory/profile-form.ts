/**
 * A coach's profile as it stands in the form, unfinished included, and the way to what is sent. The contract
 * decides what fits; here each of its faults gets its place beside a field.
 */
import * as v from "valibot";
import type { BodyOf } from "#platform/contract.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { writeProfile, type DeclaredCredential, type Profile } from "./contract.ts";
import type { CredentialOnFile } from "./credential.ts";
import { amountTextToMinorUnits, minorUnitsToAmountText } from "./price-text.ts";

/** The limits of the contract that the form shows while one types. */
export const STORY_MOST = 2000;
export const LIVED_EXPERIENCES_MOST = 12;
export const STYLES_MOST = 6;
export const LANGUAGES_MOST = 12;
export const CREDENTIALS_MOST = 8;

export const CREDENTIAL_BODIES = ["ICF", "NBHWC", "CCE", "other"] as const;
export type CredentialBody = (typeof CREDENTIAL_BODIES)[number];

/** A body that grants one level only needs no choice. */
export const LEVELS_BY_BODY = {
  ICF: ["ACC", "PCC", "MCC"],
  NBHWC: ["NBC-HWC"],
  CCE: ["BCC"],
  other: [],
} as const satisfies Record<CredentialBody, readonly string[]>;

export interface CredentialForm {
  readonly body: CredentialBody;
  /** Free text where the body is another one. */
  readonly level: string;
  readonly number: string;
  readonly hasNoEnd: boolean;
  /** `04`, or nothing. */
  readonly endMonth: string;
  /** `2027`, or nothing. */
  readonly endYear: string;
}

export interface ProfileForm {
  readonly story: string;
  readonly paths: readonly string[];
  readonly stages: readonly string[];
  readonly languages: readonly string[];
  /** Nothing for none. */
  readonly specialty: string;
  readonly livedExperiences: readonly string[];
  readonly styles: readonly string[];
  readonly currency: string;
  /** As typed: "250", "250,50". */
  readonly amount: string;
  readonly freeChemistryCall: boolean;
  readonly modalities: readonly string[];
  /** One a line. */
  readonly employers: string;
  readonly credentials: readonly CredentialForm[];
}

export type ProfileField = keyof Profile;

/** Empty or too few, too long or too many, letters that can't be kept, or not what the field asks for. */
export type FaultKind = "empty" | "long" | "text" | "form";

export type ProfileFault =
  /** `line` counts from 1 among the lines that say something. */
  | { readonly field: ProfileField; readonly kind: FaultKind; readonly line: number | null }
  | {
      readonly field: "credentials";
      readonly nth: number;
      readonly part: "level" | "number" | "expires";
      readonly kind: FaultKind;
    };

export const emptyProfileForm: ProfileForm = {
  story: "",
  paths: [],
  stages: [],
  languages: [],
  specialty: "",
  livedExperiences: [],
  styles: [],
  currency: "USD",
  amount: "",
  freeChemistryCall: true,
  modalities: [],
  employers: "",
  credentials: [],
};

export const emptyCredentialForm: CredentialForm = {
  body: "ICF",
  level: "ACC",
  number: "",
  hasNoEnd: false,
  endMonth: "",
  endYear: "",
};

export function profileToForm(
  profile: Profile | null,
  credentials: readonly CredentialOnFile[],
): ProfileForm {
  const shown = { ...emptyProfileForm, credentials: credentials.map(credentialToForm) };
  if (profile === null) return shown;
  const { price, employers, specialty, ...same } = profile;
  return {
    ...shown,
    ...same,
    specialty: specialty ?? "",
    currency: price.currency,
    amount: minorUnitsToAmountText(price.minorUnitsPerSession, price.currency),
    freeChemistryCall: price.freeChemistryCall,
    employers: employers.join("\n"),
  };
}

export function formToProfile(
  form: ProfileForm,
): Result<BodyOf<typeof writeProfile>, readonly ProfileFault[]> {
  const minorUnitsPerSession = amountTextToMinorUnits(form.amount, form.currency);
  const parsed = v.safeParse(writeProfile.body!, {
    profile: {
      story: form.story,
      paths: form.paths,
      stages: form.stages,
      languages: form.languages,
      specialty: form.specialty === "" ? null : form.specialty,
      livedExperiences: form.livedExperiences,
      styles: form.styles,
      price: {
        currency: form.currency,
        minorUnitsPerSession: minorUnitsPerSession ?? -1,
        freeChemistryCall: form.freeChemistryCall,
      },
      modalities: form.modalities,
      employers: employerLines(form.employers),
    },
    credentials: form.credentials.map(formToDeclared),
  });
  if (parsed.success) return ok(parsed.output);
  const faults = parsed.issues.map((issue) => {
    const path = (issue.path ?? []).map(({ key }) => key as string | number);
    return faultAt(path, kindOf(issue.type, issue.message), form);
  });
  return refuse(firstPerPlace(faults));
}

export function employerLines(typed: string): string[] {
  return typed
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** What the form declares, or a shape that the contract refuses where it is unfinished. */
export function formToDeclared(form: CredentialForm): DeclaredCredential {
  return {
    granted: { body: form.body, level: form.level } as DeclaredCredential["granted"],
    number: form.number,
    expires: form.hasNoEnd ? null : `${form.endYear}-${form.endMonth}`,
  };
}

/** A credential stays checked only as long as nothing on it was changed. */
export function isVerified(form: CredentialForm, onFile: readonly CredentialOnFile[]): boolean {
  const { granted, number, expires } = formToDeclared(form);
  return onFile.some(
    (each) =>
      each.state === "verified" &&
      each.granted.body === granted.body &&
      each.granted.level === granted.level &&
      each.number === number.trim() &&
      each.expires === expires,
  );
}

function credentialToForm({ granted, number, expires }: CredentialOnFile): CredentialForm {
  const [endYear = "", endMonth = ""] = expires?.split("-") ?? [];
  return {
    body: granted.body,
    level: granted.level,
    number,
    hasNoEnd: expires === null,
    endMonth,
    endYear,
  };
}

function faultAt(
  path: readonly (string | number)[],
  kind: FaultKind,
  form: ProfileForm,
): ProfileFault {
  const [part, key, inner] = path;
  if (part === "credentials") {
    const nth = Number(key ?? CREDENTIALS_MOST);
    const field = inner === "number" || inner === "expires" ? inner : "level";
    const isUnfinished = field === "expires" && !/^\d{4}-\d\d$/.test(expiresOf(form, nth));
    return { field: "credentials", nth, part: field, kind: isUnfinished ? "empty" : kind };
  }
  const field = key as ProfileField;
  if (field === "price" && form.amount.trim() === "") return { field, kind: "empty", line: null };
  const line = field === "employers" && typeof inner === "number" ? inner + 1 : null;
  return { field, kind, line };
}

function expiresOf({ credentials }: ProfileForm, nth: number): string {
  const credential = credentials[nth];
  return credential === undefined ? "" : `${credential.endYear}-${credential.endMonth}`;
}

/** The contract's own checks say "text", "empty" and "long"; the others are known by their type. */
function kindOf(type: string, message: string): FaultKind {
  if (message === "text" || message === "empty" || message === "long") return message;
  if (type === "min_length") return "empty";
  return type === "max_length" || type === "max_value" ? "long" : "form";
}

function firstPerPlace(faults: readonly ProfileFault[]): readonly ProfileFault[] {
  const seen = new Set<string>();
  return faults.filter((fault) => {
    const place =
      fault.field === "credentials" ? `credentials ${fault.nth} ${fault.part}` : fault.field;
    return !seen.has(place) && seen.add(place);
  });
}
