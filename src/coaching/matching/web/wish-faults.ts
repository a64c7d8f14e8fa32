/** The sentences for what is missing in a member's wishes, beside the field and in the summary above the form. */
import type { WishFault, WishField } from "../wishes-form.ts";
import { words } from "./words.ts";

export function faultIn(faults: readonly WishFault[], field: WishField): string | null {
  const fault = faults.find((each) => each.field === field);
  return fault === undefined ? null : faultWords(fault);
}

export function faultLine(fault: WishFault): string {
  return words.faultLine(words.fields[fault.field], faultWords(fault));
}

function faultWords({ field, kind, line }: WishFault): string {
  return line === null || field === "ceilings"
    ? words.faults[field][kind]
    : words.faultInLine(line, kind);
}
