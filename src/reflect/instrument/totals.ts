/** LOINC's codes of what a panel's own items add up to: counted by the scorer here, and never asked. */
import { codingToName } from "./form.ts";

const LOINC = "http://loinc.org";

/** By scorer and scale. */
export const TOTAL_CODES: Readonly<Record<string, string>> = {
  "phq-9.total": "44261-6",
  "phq-2.total": "55758-7",
  "gad-7.total": "70274-6",
  "phq-4.total": "70272-0",
};

/** The level that the Columbia screener comes to. */
const RISK_LEVEL = "93374-7";

const NAMES = new Set(
  [...Object.values(TOTAL_CODES), RISK_LEVEL].map((code) => codingToName({ system: LOINC, code })),
);

export const isTotal = (
  codes: readonly { readonly system?: string; readonly code: string }[],
): boolean =>
  codes.some(({ system, code }) => NAMES.has(codingToName({ system: system ?? null, code })));
