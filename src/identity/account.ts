/** Who somebody is to the community: stage, roles, what to be called, and the address letters go to. */
import * as v from "valibot";
import { lineField } from "#platform/wire.ts";

export const STAGES = ["student", "resident", "attending", "leader", "pre-retirement"] as const;
export type Stage = (typeof STAGES)[number];

export const ROLES = ["coach", "steward"] as const;
export type Role = (typeof ROLES)[number];

export const stageField = v.picklist(STAGES);
export const roleField = v.picklist(ROLES);
/** What to be called: a first name, a nickname, anything the person likes. */
export const nameField = lineField(60);
export const labelField = lineField(40);

/**
 * An e-mail address in the one form Callroom compares: trimmed, NFC, domain in lower case, local part in
 * lower case too, because no real mailbox tells two spellings apart. Null where it can't be one.
 */
export function normaliseEmail(typed: string): string | null {
  const address = typed.normalize("NFC").trim().toLowerCase();
  if (address.length > 254 || !EMAIL.test(address)) return null;
  const [local, domain] = [
    address.slice(0, address.lastIndexOf("@")),
    address.slice(address.lastIndexOf("@") + 1),
  ];
  if (local.length > 64 || local.startsWith(".") || local.endsWith(".") || local.includes(".."))
    return null;
  if (domain.split(".").some((label) => label === "" || label.length > 63 || /^-|-$/.test(label)))
    return null;
  return address;
}

// RFC 5321's dot-string and a domain with a dot; quoted local parts and address literals are not taken.
const EMAIL = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u;

export const emailField = v.pipe(
  v.string(),
  v.maxLength(300),
  v.check((typed) => normaliseEmail(typed) !== null, "email"),
  v.transform((typed) => normaliseEmail(typed)!),
);
