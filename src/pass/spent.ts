/**
 * A pass is spent once, on one act; doing the same act again repeats its answer, so that a phone may try again
 * after a broken connection. The list goes by what was signed, not by the signature, of which there could be
 * more than one.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, framedBytes, isSameBytes, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { signedMessage, type Pass } from "./token.ts";

export interface SpentRow {
  /** `spentKey` of the pass: 32 bytes. */
  readonly pass: Uint8Array;
  /** `actHash` of what it was spent on: 32 bytes. */
  readonly act: Uint8Array;
}

export const spentKey = (pass: Pass): Bytes => concatBytes(sha256(signedMessage(pass)));

/** `kind` names the route; the fields are everything the act says, each exactly as it was sent. */
export const actHash = (kind: string, ...fields: readonly (Uint8Array | string)[]): Bytes =>
  concatBytes(sha256(framedBytes("callroom/v1/act", kind, ...fields)));

/** `row` is what the list held under the pass's key when the act's transaction tried to write its own row. */
export function spendingOf(
  row: SpentRow | null,
  spending: SpentRow,
): Result<"first" | "again", { type: "AlreadySpent" }> {
  if (row === null) return ok("first");
  const isSame = isSameBytes(row.pass, spending.pass) && isSameBytes(row.act, spending.act);
  return isSame ? ok("again") : refuse({ type: "AlreadySpent" });
}
