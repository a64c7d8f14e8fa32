/**
 * What a coach hands over for reading: a file's bytes or an address, brought on the device to the one form
 * that is sent. Older programs write other letters than UTF-8, and address books say webcal.
 */

/** By its byte order mark, else UTF-8, else the one-byte letters of older Windows programs. */
export function calendarBytesToText(bytes: Uint8Array<ArrayBuffer>): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** As https where it says webcal; null for what is no web address. Whether it may be asked, the server decides. */
export function typedToCalendarAddress(typed: string): string | null {
  const address = typed.trim().replace(/^webcals?:\/\//i, "https://");
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null;
  return new URL(address).hostname.includes(".") ? address : null;
}
