/** The text of a roster's file, in whichever encoding the spreadsheet saved it. */
import { refuse, ok, type Result } from "#platform/result.ts";

export type RosterFileRefusal = { readonly type: "NotText" } | { readonly type: "TooLong" };

/** As many letters as the route takes. */
const MOST_LETTERS = 600_000;

export function bytesToRosterText(bytes: Uint8Array): Result<string, RosterFileRefusal> {
  if (bytes.length > 2 * MOST_LETTERS) return refuse({ type: "TooLong" });
  const text = decode(bytes);
  if (text.includes("\0")) return refuse({ type: "NotText" });
  return text.length > MOST_LETTERS ? refuse({ type: "TooLong" }) : ok(text);
}

// Excel's "Unicode text" is UTF-16 with a mark; its plain CSV is Windows-1252 in the West, UTF-8 elsewhere.
// A workbook (.xlsx) is a ZIP archive, an older one an OLE file: both hold zero bytes.
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
