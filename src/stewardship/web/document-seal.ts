/** Seals a document to the stewards' key on the doctor's device, and opens it in a steward's browser. */
import { base64urlToBytes, bytesToBase64url, concatBytes, type Bytes } from "#platform/bytes.ts";
import type { EpochKeys } from "../log-entry.ts";
import { documentInfo, padDocument, unpadDocument } from "../steward-wrap.ts";
import { hpkeSuite, type EpochSecret } from "./steward-key.ts";

const ENC = 32;

/** base64url. `account` is the doctor's; the keys come from the log that this device has checked. */
export async function sealDocument(
  epoch: number,
  epochKeys: EpochKeys,
  account: string,
  file: Uint8Array,
): Promise<string> {
  const recipientPublicKey = await hpkeSuite.kem.deserializePublicKey(
    base64urlToBytes(epochKeys.hpkeKey)!,
  );
  const { enc, ct } = await hpkeSuite.seal(
    { recipientPublicKey, info: documentInfo(epoch, epochKeys, account) },
    padDocument(file),
  );
  return bytesToBase64url(concatBytes(new Uint8Array(enc), new Uint8Array(ct)));
}

/** Null for every way in which it does not open. */
export async function openDocument(
  secret: EpochSecret,
  epoch: number,
  epochKeys: EpochKeys,
  account: string,
  sealed: string,
): Promise<Bytes | null> {
  const bytes = base64urlToBytes(sealed);
  if (!bytes || bytes.length <= ENC) return null;
  try {
    const recipientKey = await hpkeSuite.kem.importKey("raw", secret.hpke.slice().buffer, false);
    const padded = await hpkeSuite.open(
      { recipientKey, enc: bytes.slice(0, ENC), info: documentInfo(epoch, epochKeys, account) },
      bytes.slice(ENC),
    );
    return unpadDocument(new Uint8Array(padded));
  } catch {
    return null;
  }
}
