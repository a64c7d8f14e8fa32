/** A chosen file as text, or why not, before anything is sent. */
import { ok, refuse, type Result } from "#platform/result.ts";
import { calendarBytesToText } from "../calendar-handed-over.ts";
import { words } from "./desk-words.ts";

/** As the server's own limit; a calendar of ten years rarely has a tenth of it. */
const MOST_BYTES = 5 * 1024 * 1024;

export async function readCalendarFile(file: File): Promise<Result<string, string>> {
  if (file.size > MOST_BYTES) return refuse(words.add.fileTooLarge);
  try {
    return ok(calendarBytesToText(new Uint8Array(await file.arrayBuffer())));
  } catch {
    // Taken away since it was chosen, or not ours to open.
    return refuse(words.add.fileUnread);
  }
}
