/** Why a calendar could not be read, with the line at fault where there is one. */
import { refusalToWords } from "#platform/web/refusal-words.ts";
import type { WireRefusal } from "#platform/contract.ts";
import { words } from "./desk-words.ts";

export function calendarRefusalWords(refusal: WireRefusal): string {
  const line = refusal.detail?.["line"];
  return (
    problemWords(refusal.type, typeof line === "number" ? line : null) ?? refusalToWords(refusal)
  );
}

/** Null for what is not a calendar's own fault. */
export function problemWords(type: string, line: number | null): string | null {
  const sentence = Object.hasOwn(words.refusals, type) ? words.refusals[type]! : null;
  if (sentence === null || line === null) return sentence;
  return `${sentence} ${words.atLine(line)}`;
}
