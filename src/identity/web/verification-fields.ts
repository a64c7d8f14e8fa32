/** What is wrong with a licence's number, said as early as it is certain. */
import { normaliseLicence } from "../licence.ts";

export type NumberFault = "missing" | "npi-unfinished" | "npi-wrong" | "number-wrong";

/** Null where it can be a number of that country. `country` may be empty still. */
export function numberFault(country: string, typed: string): NumberFault | null {
  if (typed.trim() === "") return "missing";
  if (normaliseLicence(country, typed) !== null) return null;
  if (country !== "US") return "number-wrong";
  const bare = typed.normalize("NFKC").replace(/[\s\p{Dash_Punctuation}.]/gu, "");
  return /^\d{0,9}$/.test(bare) ? "npi-unfinished" : "npi-wrong";
}

/** Where more typing won't mend it: told before anybody asks. */
export const isCertain = (fault: NumberFault | null, typed: string): boolean =>
  fault === "npi-wrong" || (fault === "number-wrong" && typed.trim().length > 24);
