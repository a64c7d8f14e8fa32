/** Bytes and their text forms. Decoders return null for what isn't exactly their format. */
export type Bytes = Uint8Array<ArrayBuffer>;

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder("utf-8", { fatal: true });

export const utf8ToBytes = (text: string): Bytes => ENCODER.encode(text);
export const bytesToUtf8 = (bytes: Uint8Array): string => DECODER.decode(bytes);

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const CODES = utf8ToBytes(ALPHABET);
const VALUES = new Int8Array(128).fill(-1);
for (const [value, code] of CODES.entries()) VALUES[code] = value;

/** RFC 4648 section 5, without padding. */
export function bytesToBase64url(bytes: Uint8Array): string {
  const letters = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let at = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    letters[at++] = CODES[group >> 18]!;
    letters[at++] = CODES[(group >> 12) & 63]!;
    // Beyond the end these write nothing.
    letters[at++] = CODES[(group >> 6) & 63]!;
    letters[at++] = CODES[group & 63]!;
  }
  return bytesToUtf8(letters);
}

/** How many bytes it stands for, without making them; null where `base64urlToBytes` gives null. */
export function base64urlLength(text: string): number | null {
  const over = text.length % 4;
  if (over === 1 || !/^[\w-]*$/.test(text)) return null;
  // The bits of the last letter that belong to no byte.
  const stray = over === 2 ? 15 : over === 3 ? 3 : 0;
  if (stray !== 0 && (VALUES[text.charCodeAt(text.length - 1)]! & stray) !== 0) return null;
  return Math.floor((text.length * 3) / 4);
}

/** Strict: refuses other letters, an impossible length and stray bits, so that one value has one spelling. */
export function base64urlToBytes(text: string): Bytes | null {
  const length = base64urlLength(text);
  if (length === null) return null;
  // Many times faster than what follows, where the runtime has it.
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text, { alphabet: "base64url" });
  const bytes = new Uint8Array(length);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    held = ((held << 6) | VALUES[text.charCodeAt(i)]!) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 0xff;
    }
  }
  return bytes;
}

/** Of 16 bytes, as PostgreSQL writes it. */
export const bytesToUuid = (bytes: Uint8Array): string =>
  bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

export function bytesToHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

export function hexToBytes(text: string): Bytes | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Of what is no secret: how long it takes tells where two differ. */
export const isSameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

/** Each field behind its length as four bytes, big-endian: no two lists of fields give the same bytes. */
export function framedBytes(...fields: readonly (Uint8Array | string)[]): Bytes {
  const parts = fields.map((field) => (typeof field === "string" ? utf8ToBytes(field) : field));
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + 4 + length, 0));
  const lengths = new DataView(whole.buffer);
  let at = 0;
  for (const part of parts) {
    lengths.setUint32(at, part.length);
    whole.set(part, at + 4);
    at += 4 + part.length;
  }
  return whole;
}
