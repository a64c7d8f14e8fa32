/**
 * The acts of joining, signing in, unlocking and recovering, each from what the person typed to an open
 * vault key. The passphrase reaches only the OPAQUE worker; secrets are wiped when they have served.
 */
import { base64urlToBytes, bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import type { WireRefusal } from "#platform/contract.ts";
import { unwrapVaultKey, wrapVaultKey } from "#vault/envelope.ts";
import type { WrapSlot } from "#vault/keyring.ts";
import { readMeta, writeMeta, type Device } from "#vault/web/device.ts";
import { toOpenKey } from "#vault/web/keys.ts";
import type { Stage } from "../account.ts";
import * as contract from "../contract.ts";
import { beginLogin, beginRegistration, OpaqueRefused, type Registration } from "./opaque.ts";
import { makePasskey, unlockWithPasskey, askPasskey } from "./passkey.ts";

export interface Entered {
  readonly account: string;
  readonly vaultKey: Bytes;
}

export type EnterRefusal = WireRefusal;

export interface JoinStarted {
  readonly account: string;
  readonly ticket: string;
  /** True where eight digits went to the address. */
  readonly addressCheck: boolean;
  readonly record: string;
  readonly exportKey: Bytes;
}

export async function startJoining(
  code: string,
  email: string,
  passphrase: string,
): Promise<Result<JoinStarted, EnterRefusal>> {
  const registration = await beginRegistration(passphrase);
  const started = await call(contract.startRegistration, {
    body: { code, email, registrationRequest: registration.request },
  });
  if (!started.ok) return started;
  const { account, ticket, addressCheck, registrationResponse } = started.value;
  return ok({
    account,
    ticket,
    addressCheck,
    ...(await registration.finish(registrationResponse)),
  });
}

export interface JoinDetails {
  readonly addressCode: string | null;
  readonly name: string;
  readonly stage: Stage;
  readonly timeZone: string;
  readonly label: string;
  /** The recovery phrase's 32 bytes. */
  readonly entropy: Bytes;
}

export async function finishJoining(
  started: JoinStarted,
  details: JoinDetails,
): Promise<Result<Entered, EnterRefusal>> {
  const [{ publicKeys }, { recoveryPublicKey }] = await Promise.all([
    import("./account-keys.ts"),
    import("#vault/recovery.ts"),
  ]);
  const vaultKey = crypto.getRandomValues(new Uint8Array(32));
  const keys = await publicKeys(await toOpenKey(Uint8Array.from(vaultKey)));
  const { account } = started;
  const { entropy, ...shown } = details;
  const finished = await call(contract.finishRegistration, {
    body: {
      ...shown,
      ticket: started.ticket,
      registrationRecord: started.record,
      passphraseWrap: wrapped(account, "passphrase", started.exportKey, vaultKey),
      phraseWrap: wrapped(account, "phrase", entropy, vaultKey),
      hpkeKey: bytesToBase64url(keys.hpke),
      signingKey: bytesToBase64url(keys.signing),
      recoveryKey: bytesToBase64url(recoveryPublicKey(entropy)),
    },
  });
  return finished.ok ? ok({ account, vaultKey }) : finished;
}

export async function signIn(
  device: Device,
  email: string,
  passphrase: string,
  label: string,
): Promise<Result<Entered & { failedSignIns: number }, EnterRefusal>> {
  const login = await beginLogin(passphrase);
  const started = await call(contract.startSignIn, {
    body: { email, startLoginRequest: login.request },
  });
  if (!started.ok) return started;
  const finished = await finishedLogin(login.finish(started.value.loginResponse));
  if (!finished) return refuse({ type: "SignInRefused" });
  if (!(await isKnownServer(device, finished.serverKey))) return refuse({ type: "ServerChanged" });
  const signed = await call(contract.finishSignIn, {
    body: { ticket: started.value.ticket, finishLoginRequest: finished.message, label },
  });
  if (!signed.ok) return signed;
  const { account, wraps, failedSignIns } = signed.value;
  const vaultKey = unwrapped(account, "passphrase", finished.exportKey, wraps);
  return vaultKey ? ok({ account, vaultKey, failedSignIns }) : refuse({ type: "CouldNotBeOpened" });
}

/** A wrong passphrase shows on the device already; the server hears of it when the last message fails to come. */
async function finishedLogin<Value>(finishing: Promise<Value>): Promise<Value | null> {
  try {
    return await finishing;
  } catch (error) {
    if (error instanceof OpaqueRefused) return null;
    throw error;
  }
}

// The server's OPAQUE key is remembered at first use: another one later means another server.
async function isKnownServer(device: Device, serverKey: string): Promise<boolean> {
  const known = await readMeta<string>(device, "serverKey");
  if (known === null) await writeMeta(device, "serverKey", serverKey);
  return known === null || known === serverKey;
}

export async function signInWithPasskey(label: string): Promise<Result<Entered, EnterRefusal>> {
  const started = await call(contract.startPasskeySignIn, { body: {} });
  if (!started.ok) return started;
  const used = await askPasskey(started.value.options);
  if (!used) return refuse({ type: "PasskeyDeclined" });
  const signed = await call(contract.finishPasskeySignIn, {
    body: { ticket: started.value.ticket, assertion: used.assertion, label },
  });
  if (!signed.ok) return signed;
  const { account, wraps } = signed.value;
  const vaultKey = used.secret && unwrapped(account, `passkey:${used.id}`, used.secret, wraps);
  return vaultKey ? ok({ account, vaultKey }) : refuse({ type: "PasskeyCannotUnlock" });
}

interface Wrap {
  readonly slot: string;
  readonly sealed: string;
}

/** Opens the safe from wraps kept on this device, without the server. */
export async function unlockByPasskey(
  device: Device,
  account: string,
): Promise<Result<Entered, EnterRefusal>> {
  const wraps = (await readMeta<readonly Wrap[]>(device, "wraps")) ?? [];
  const used = await unlockWithPasskey(passkeysAmong(wraps));
  if (!used) return refuse({ type: "PasskeyDeclined" });
  const vaultKey = unwrapped(account, `passkey:${used.id}`, used.secret, wraps);
  return vaultKey ? ok({ account, vaultKey }) : refuse({ type: "CouldNotBeOpened" });
}

export const passkeysAmong = (wraps: readonly Wrap[]): string[] =>
  wraps.flatMap(({ slot }) => (slot.startsWith("passkey:") ? [slot.slice("passkey:".length)] : []));

/**
 * Unlocks by passphrase: the OPAQUE exchange again, but without a new session where this one still holds.
 * A confirmation comes with it, good for five minutes.
 */
export async function confirmPassphrase(
  account: string,
  passphrase: string,
): Promise<Result<Entered & { confirmation: string }, EnterRefusal>> {
  const login = await beginLogin(passphrase);
  const started = await call(contract.startConfirmation, {
    body: { startLoginRequest: login.request },
  });
  if (!started.ok) return started;
  const finished = await finishedLogin(login.finish(started.value.loginResponse));
  if (!finished) return refuse({ type: "SignInRefused" });
  const confirmed = await call(contract.finishConfirmation, {
    body: { ticket: started.value.ticket, finishLoginRequest: finished.message },
  });
  if (!confirmed.ok) return confirmed;
  const { confirmation, wraps } = confirmed.value;
  const vaultKey = unwrapped(account, "passphrase", finished.exportKey, wraps);
  return vaultKey ? ok({ account, vaultKey, confirmation }) : refuse({ type: "CouldNotBeOpened" });
}

export async function recover(
  email: string,
  entropy: Bytes,
  passphrase: string,
  label: string,
): Promise<Result<Entered, EnterRefusal>> {
  const { signRecovery } = await import("#vault/recovery.ts");
  const started = await call(contract.startRecovery, { body: { email } });
  if (!started.ok) return started;
  const registration: Registration = await beginRegistration(passphrase);
  const signature = signRecovery(entropy, base64urlToBytes(started.value.challenge)!);
  const proven = await call(contract.proveRecovery, {
    body: {
      ticket: started.value.ticket,
      signature: bytesToBase64url(signature),
      registrationRequest: registration.request,
    },
  });
  if (!proven.ok) return proven;
  const { account, wrap, registrationResponse, ticket } = proven.value;
  const vaultKey = unwrapped(account, "phrase", entropy, [{ slot: "phrase", sealed: wrap }]);
  if (!vaultKey) return refuse({ type: "CouldNotBeOpened" });
  const { record, exportKey } = await registration.finish(registrationResponse);
  const finished = await call(contract.finishRecovery, {
    body: {
      ticket,
      registrationRecord: record,
      passphraseWrap: wrapped(account, "passphrase", exportKey, vaultKey),
      label,
    },
  });
  return finished.ok ? ok({ account, vaultKey }) : finished;
}

export async function changePassphrase(
  entered: Entered & { confirmation: string },
  passphrase: string,
): Promise<Result<null, EnterRefusal>> {
  const registration = await beginRegistration(passphrase);
  const started = await call(contract.startPassphrase, {
    body: { registrationRequest: registration.request },
  });
  if (!started.ok) return started;
  const { record, exportKey } = await registration.finish(started.value.registrationResponse);
  const changed = await call(contract.changePassphrase, {
    body: {
      confirmation: entered.confirmation,
      registrationRecord: record,
      passphraseWrap: wrapped(entered.account, "passphrase", exportKey, entered.vaultKey),
    },
  });
  return changed.ok ? ok(null) : changed;
}

export async function changeRecoverySheet(
  entered: Entered & { confirmation: string },
  entropy: Bytes,
): Promise<Result<null, EnterRefusal>> {
  const { recoveryPublicKey } = await import("#vault/recovery.ts");
  const changed = await call(contract.changeRecoverySheet, {
    body: {
      confirmation: entered.confirmation,
      recoveryKey: bytesToBase64url(recoveryPublicKey(entropy)),
      phraseWrap: wrapped(entered.account, "phrase", entropy, entered.vaultKey),
    },
  });
  return changed.ok ? ok(null) : changed;
}

/** `unlocks` is false where the authenticator has no PRF: the passkey then signs in, and the passphrase unlocks. */
export async function addPasskey(
  entered: Entered & { confirmation: string },
  label: string,
): Promise<Result<{ unlocks: boolean }, EnterRefusal>> {
  const { confirmation } = entered;
  const started = await call(contract.startPasskey, { body: { confirmation } });
  if (!started.ok) return started;
  const made = await makePasskey(started.value.options);
  if (!made) return refuse({ type: "PasskeyDeclined" });
  const wrap =
    made.secret && wrapped(entered.account, `passkey:${made.id}`, made.secret, entered.vaultKey);
  const added = await call(contract.addPasskey, {
    body: { ticket: started.value.ticket, attestation: made.attestation, label, wrap },
  });
  return added.ok ? ok({ unlocks: wrap !== null }) : added;
}

function wrapped(safe: string, slot: WrapSlot, secret: Bytes, vaultKey: Bytes): string {
  const nonce = crypto.getRandomValues(new Uint8Array(24));
  return bytesToBase64url(wrapVaultKey({ safe, slot, secret }, vaultKey, nonce));
}

function unwrapped(
  safe: string,
  slot: WrapSlot,
  secret: Bytes,
  wraps: readonly Wrap[],
): Bytes | null {
  const wrap = base64urlToBytes(wraps.find((each) => each.slot === slot)?.sealed ?? "");
  const opened = wrap && unwrapVaultKey({ safe, slot, secret }, wrap);
  return opened?.ok ? opened.value : null;
}

/** What to call this device in the list, unless the member says otherwise. */
export function ownLabel(): string {
  const { userAgent } = navigator;
  const kind = /iPhone|Android.+Mobile/.test(userAgent)
    ? "Phone"
    : /iPad|Android/.test(userAgent)
      ? "Tablet"
      : "Computer";
  const browser = /Firefox/.test(userAgent)
    ? "Firefox"
    : /Edg/.test(userAgent)
      ? "Edge"
      : /Chrome/.test(userAgent)
        ? "Chrome"
        : /Safari/.test(userAgent)
          ? "Safari"
          : "browser";
  return `${kind}, ${browser}`;
}
