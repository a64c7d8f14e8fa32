/**
 * Whoever watches the line sees how much goes back and forth. On the nameless side every body, asked or
 * answered, has one of a few sizes: JSON may end in blanks (RFC 8259 section 2), so blanks fill it up.
 */
import { utf8ToBytes } from "./bytes.ts";

const KIB = 1024;
const SIZES = [KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB] as const;
const LARGEST = 256 * KIB;

/** The size that so many bytes are filled up to; beyond the largest, a multiple of it. */
export const paddedSize = (bytes: number): number =>
  SIZES.find((size) => bytes <= size) ?? Math.ceil(bytes / LARGEST) * LARGEST;

export function padJson(text: string): string {
  const bytes = utf8ToBytes(text).length;
  return text + " ".repeat(paddedSize(bytes) - bytes);
}
