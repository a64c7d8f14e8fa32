/** The sentences for what is wrong with a profile, beside the field and in the summary above the form. */
import type { ProfileFault, ProfileField } from "../profile-form.ts";
import { words } from "./words.ts";

type FieldFault = Exclude<ProfileFault, { field: "credentials" }>;

export function faultWords(faults: readonly ProfileFault[], field: ProfileField): string | null {
  const fault = faults.find((each): each is FieldFault => each.field === field);
  return fault === undefined ? null : fieldWords(fault);
}

export function faultLine(fault: ProfileFault): string {
  return fault.field === "credentials"
    ? `${words.credentials.nth(fault.nth + 1)}: ${words.credentials.faults[fault.part][fault.kind]}`
    : `${words.fields[fault.field]}: ${fieldWords(fault)}`;
}

function fieldWords({ field, kind, line }: FieldFault): string {
  return line === null ? words.faults[field][kind] : words.employerLine(line, kind);
}
