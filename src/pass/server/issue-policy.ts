/** Who is issued passes, and with which keys. */
import { isVerified } from "#identity/server/verification-store.ts";
import type { Bytes } from "#platform/bytes.ts";
import type { IssuerKeyRow, IssuingDb } from "./issue-store.ts";

/** Verified doctors, residents and students, however they were verified: the one place that asks who is one. */
export const mayHoldPasses = (db: IssuingDb, account: string): Promise<boolean> =>
  isVerified(db, account);

/** A key that every device could have seen, and that still has its private half. */
export interface SigningKey extends IssuerKeyRow {
  readonly sealed: Bytes;
}

export const canSign = (key: IssuerKeyRow): key is SigningKey =>
  key.position !== null && key.sealed !== null;
