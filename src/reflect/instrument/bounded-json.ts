/**
 * JSON of somebody else's making, held to a size, a depth and a number of parts before anything looks at it.
 * Fields that begin with an underscore (FHIR's remarks on a primitive) are left out.
 */
import { ok, refuse, type Result } from "#platform/result.ts";
import { fault, type FormFault } from "./form-fault.ts";

export const MOST_CHARACTERS = 131_072;
const MOST_PARTS = 20_000;
const DEEPEST = 24;
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

export function readBoundedJson(text: string): Result<unknown, FormFault> {
  const tooLarge = fault("TooLarge", undefined, String(MOST_CHARACTERS));
  if (text.length > MOST_CHARACTERS) return refuse(tooLarge);
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return refuse(fault("NotJson"));
  }
  const read = bounded(raw);
  // Kept is what it says, written anew: numbers may take more room than they came with, 1e20 has 21 digits.
  return read.ok && JSON.stringify(raw).length > MOST_CHARACTERS ? refuse(tooLarge) : read;
}

function bounded(raw: unknown): Result<unknown, FormFault> {
  let parts = 0;
  let found: FormFault | null = null;
  const copy = (part: unknown, depth: number): unknown => {
    parts += 1;
    if (parts > MOST_PARTS) found ??= fault("TooMany", undefined, "parts");
    if (depth > DEEPEST) found ??= fault("TooDeep");
    if (found !== null || typeof part !== "object" || part === null) return part;
    if (Array.isArray(part)) return part.map((each) => copy(each, depth + 1));
    const entries: [string, unknown][] = [];
    for (const [key, value] of Object.entries(part)) {
      if (FORBIDDEN.has(key)) found ??= fault("ForbiddenKey", undefined, key);
      else if (!key.startsWith("_")) entries.push([key, copy(value, depth + 1)]);
    }
    return Object.fromEntries(entries);
  };
  const copied = copy(raw, 0);
  return found === null ? ok(copied) : refuse(found);
}
