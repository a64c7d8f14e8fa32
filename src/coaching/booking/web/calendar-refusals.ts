/** Why a calendar could not be read, as exactly as the server could say it: the line, the reason, the answer. */
import type { WireRefusal } from "#platform/contract.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import type { CalendarShown } from "../contract.ts";
import { words } from "./desk-words.ts";

export function calendarRefusalWords(refusal: WireRefusal): string {
  const { line, reason, status } = refusal.detail ?? {};
  return calendarWords(refusal.type, reason, line, status) ?? refusalToWords(refusal);
}

/** Of a calendar that is read again by itself, from its own record. Null for an unknown problem. */
export function problemWords(problem: NonNullable<CalendarShown["problem"]>): string | null {
  const { type, reason, line, status } = problem;
  return calendarWords(type, reason ?? undefined, line ?? undefined, status ?? undefined);
}

function calendarWords(type: string, reason: Detail, line: Detail, status: Detail): string | null {
  const exact = exactWords(type, reason, line, status);
  if (exact !== null) return exact;
  const sentence = named(words.refusals, type);
  return sentence === null || typeof line !== "number"
    ? sentence
    : `${sentence} ${words.atLine(line)}`;
}

type Detail = string | number | undefined;

function exactWords(type: string, reason: Detail, line: Detail, status: Detail): string | null {
  switch (type) {
    case "AddressNotAllowed":
      return named(words.addressFaults, reason);
    case "AddressNotReached":
      return typeof status === "number" && status > 0 ? words.answeredWith(status) : null;
    case "BrokenLine": {
      const why = named(words.brokenReasons, reason);
      return why === null || typeof line !== "number" ? null : words.brokenAt(line, why);
    }
    default:
      return null;
  }
}

function named(sentences: Readonly<Record<string, string>>, name: Detail): string | null {
  return typeof name === "string" && Object.hasOwn(sentences, name) ? sentences[name]! : null;
}
