/**
 * The National Provider Identifier of the United States: ten digits, of which the last is a check digit, and
 * the taxonomy codes by which its public registry says what somebody is. Looks nothing up.
 */

/** Ten digits in any spacing; null where the check digit (Luhn over `80840` and the number) is wrong. */
export function normaliseNpi(typed: string): string | null {
  const digits = typed.normalize("NFKC").replace(/[\s\p{Dash_Punctuation}.]/gu, "");
  return /^[12]\d{9}$/.test(digits) && passesLuhn(`80840${digits}`) ? digits : null;
}

/** ISO/IEC 7812-1 annex B: from the right every second digit is doubled. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [fromRight, digit] of [...digits].toReversed().entries()) {
    const value = Number(digit) * (fromRight % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

/** All codes of allopathic and osteopathic physicians begin so. */
export const isPhysicianTaxonomy = (code: string): boolean => code.startsWith("20");

/** Students in an organised training programme; many residents are registered so. */
export const STUDENT_TAXONOMY = "390200000X";

/** What somebody says their name in the registry is, or what the registry says. */
export interface RegisteredName {
  readonly givenName: string;
  readonly familyName: string;
}

/**
 * Whether two spellings may be one person's: family names equal without case, accents and marks, given names
 * equal or one the beginning of the other, as initials are. A hint for a steward, never a decision.
 */
export function isNameLike(one: RegisteredName, other: RegisteredName): boolean {
  const [given, otherGiven] = [foldedName(one.givenName), foldedName(other.givenName)];
  const family = foldedName(one.familyName);
  if (family === "" || family !== foldedName(other.familyName)) return false;
  return given !== "" && otherGiven !== "" && isBeginning(given, otherGiven);
}

const isBeginning = (one: string, other: string): boolean =>
  one.startsWith(other) || other.startsWith(one);

const foldedName = (name: string): string =>
  name.normalize("NFKD").toLowerCase().replace(/\P{L}/gu, "");
