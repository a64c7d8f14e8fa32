/**
 * Passkeys: signing in and unlocking by one touch. The PRF extension's output wraps the vault key; it is
 * taken out of everything that is sent, because a credential's own JSON form contains it.
 */
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from "@simplewebauthn/browser";
import { base64urlToBytes, utf8ToBytes, type Bytes } from "#platform/bytes.ts";

export const canUsePasskeys = (): boolean => browserSupportsWebAuthn();

const PRF_INPUT = utf8ToBytes("callroom/v1/vault-key");

export interface PasskeyMade {
  readonly attestation: Record<string, unknown>;
  readonly id: string;
  /** 32 bytes; null where the authenticator has no PRF: then it signs in, but does not unlock. */
  readonly secret: Bytes | null;
}

/** Null where the person, or the device, declined. */
export async function makePasskey(options: Record<string, unknown>): Promise<PasskeyMade | null> {
  const optionsJSON = withPrf(options) as unknown as PublicKeyCredentialCreationOptionsJSON;
  const made = await declinedAsNull(startRegistration({ optionsJSON }));
  if (!made) return null;
  const secret = prfOutput(made);
  return { attestation: withoutPrf(made), id: made.id, secret };
}

export interface PasskeyUsed {
  readonly assertion: Record<string, unknown>;
  readonly id: string;
  readonly secret: Bytes | null;
}

export async function askPasskey(options: Record<string, unknown>): Promise<PasskeyUsed | null> {
  const optionsJSON = withPrf(options) as unknown as PublicKeyCredentialRequestOptionsJSON;
  const used = await declinedAsNull(startAuthentication({ optionsJSON }));
  if (!used) return null;
  return { assertion: withoutPrf(used), id: used.id, secret: prfOutput(used) };
}

/** Asks a passkey of this account for its secret alone, without the server: unlocking works offline. */
export async function unlockWithPasskey(
  ids: readonly string[],
): Promise<{ id: string; secret: Bytes } | null> {
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const asked = navigator.credentials.get({
    publicKey: {
      challenge,
      rpId: location.hostname,
      userVerification: "required",
      allowCredentials: ids.map((id) => ({ type: "public-key", id: base64urlToBytes(id)! })),
      extensions: { prf: { eval: { first: PRF_INPUT } } },
    },
  });
  const credential = (await declinedAsNull(asked)) as PublicKeyCredential | null;
  const secret = credential?.getClientExtensionResults().prf?.results?.first;
  if (!credential || !secret) return null;
  return { id: credential.id, secret: toBytes(secret) };
}

const withPrf = (options: Record<string, unknown>) => ({
  ...options,
  extensions: {
    ...(options["extensions"] as object | undefined),
    prf: { eval: { first: PRF_INPUT } },
  },
});

type Answered = RegistrationResponseJSON | AuthenticationResponseJSON;

function prfOutput(answered: Answered): Bytes | null {
  const { prf } = answered.clientExtensionResults as {
    prf?: { results?: { first?: BufferSource } };
  };
  return prf?.results?.first ? toBytes(prf.results.first) : null;
}

function withoutPrf(answered: Answered): Record<string, unknown> {
  return { ...answered, clientExtensionResults: {} };
}

function toBytes(source: BufferSource): Bytes {
  const view = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
  return Uint8Array.from(view);
}

// Closing the browser's dialog is an answer, not a fault.
async function declinedAsNull<Value>(asked: Promise<Value>): Promise<Value | null> {
  try {
    return await asked;
  } catch {
    return null;
  }
}
