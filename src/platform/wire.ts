/** The field shapes that contracts of all slices share: bytes as base64url, ids, zones, plain text. */
import * as v from "valibot";
import { base64urlLength } from "./bytes.ts";

/** Exactly `length` bytes as base64url. */
export const bytesField = (length: number) =>
  v.pipe(
    v.string(),
    v.maxLength(Math.ceil((length * 4) / 3)),
    v.check((text) => base64urlLength(text) === length, "bytes"),
  );

/** Up to `most` bytes as base64url, at least one. */
export const sealedField = (most: number) =>
  v.pipe(
    v.string(),
    v.minLength(2),
    v.maxLength(Math.ceil((most * 4) / 3)),
    v.check((text) => base64urlLength(text) !== null, "bytes"),
  );

/** A UUID in lower case. */
export const idField = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, "id"),
);

// Control characters but tab and line feed; also the ones that turn the reading direction around and
// could make one name look like another.
// eslint-disable-next-line no-control-regex -- they are what is refused
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/;
// Blanks and joiners alone would be a name that nobody sees; five that count as letters or symbols are blank too.
const VISIBLE =
  /[[\p{Letter}\p{Number}\p{Punctuation}\p{Symbol}]--[\u115f\u1160\u2800\u3164\uffa0]]/v;

/** Text of a person in one line or more: trimmed, in NFC, without control characters, well-formed. */
export const textField = (most: number, least = 1) =>
  v.pipe(
    v.string(),
    v.maxLength(most * 2),
    v.check((text) => text.isWellFormed(), "text"),
    v.transform((text) => text.normalize("NFC").trim()),
    v.check((text) => !CONTROL.test(text), "text"),
    v.check((text) => text === "" || VISIBLE.test(text), "text"),
    v.minLength(least, "empty"),
    v.maxLength(most, "long"),
  );

/** The same in one line, as names are. */
export const lineField = (most: number) =>
  v.pipe(
    textField(most),
    v.check((text) => !/[\t\n\u2028\u2029]/.test(text), "line"),
  );

/** Opaque protocol messages: base64url of any length up to `most` letters. */
export const messageField = (most: number) =>
  v.pipe(v.string(), v.maxLength(most), v.regex(/^[A-Za-z0-9_-]+$/, "message"));

/** Minutes since the epoch. */
export const minuteField = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(26_297_280),
  v.maxValue(68_374_080),
);

/** A zone name that this runtime knows. */
export const zoneField = v.pipe(
  v.string(),
  v.maxLength(64),
  v.check((name) => isTimeZone(name), "zone"),
);

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId !== "";
  } catch {
    return false;
  }
}

export const countryField = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, "country"));
export const empty = v.strictObject({});
