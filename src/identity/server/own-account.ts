/** What a member does with their own account: devices, passkeys, passphrase, recovery sheet, address, deletion. */
import { randomInt, timingSafeEqual } from "node:crypto";
import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Caller, type Mounting } from "#platform/server/http.ts";
import { enqueueLetter } from "#platform/server/letters.ts";
import { violation } from "#platform/server/db.ts";
import { dropWrap, keepWrap, wrapsOf } from "#vault/server/store.ts";
import * as contract from "../contract.ts";
import type { IdentityDeps } from "./deps.ts";
import { decoded, hash } from "./joining.ts";
import { dayInWords, tellOfChange } from "./notices.ts";
import { presentAccount, presentSession } from "./present.ts";
import { isConfirmed } from "./signing-in.ts";
import {
  accountByEmail,
  accountById,
  accountForChange,
  changeAccountRow,
  dropPasskeyRows,
  holdStewards,
  keepPasskey,
  passkeysOf,
  sessionLasts,
  sessionsOf,
  tellAccountChanged,
  type AccountRow,
  type IdentityWithin,
} from "./store.ts";

const TEN_MINUTES = 600;
const HALF_AN_HOUR = 1800;
const UNIQUE = "23505";

export function ownAccountRoutes(mounting: Mounting, deps: IdentityDeps): void {
  const { db, tickets, addresses, sessions } = deps;

  mount(mounting, contract.readAccount, async (request) => {
    const { account: id } = callerOf(request);
    const account = await accountById(db, id);
    if (!account) return refuse({ type: "NotSignedIn" });
    return ok(presentAccount(account, await passkeysOf(db, id), await wrapsOf(db, id), addresses));
  });

  mount(mounting, contract.changeAccount, async (request) => {
    const { name, stage, timeZone } = request.body;
    const { account } = callerOf(request);
    await changeAccountRow(db, account, { name, stage, time_zone: timeZone });
    await tellAccountChanged(db, account);
    return ok({});
  });

  mount(mounting, contract.readSessions, async (request) => {
    const caller = callerOf(request);
    const found = await sessionsOf(db, caller.account);
    return ok({ sessions: found.map((session) => presentSession(session, caller.session)) });
  });

  mount(mounting, contract.endSession, async (request) => {
    const caller = callerOf(request);
    await sessions.end(db, caller.account, { only: request.params.id });
    if (request.params.id === caller.session) request.cookies.clear();
    return ok({});
  });

  mount(mounting, contract.endAllSessions, async (request) => {
    await sessions.end(db, callerOf(request).account);
    request.cookies.clear();
    return ok({});
  });

  mount(mounting, contract.startPasskey, async (request) => {
    const { account: id } = callerOf(request);
    if (!isConfirmed(deps, id, request.body.confirmation)) return refuse({ type: "NotConfirmed" });
    const account = await accountById(db, id);
    if (!account) return refuse({ type: "NotSignedIn" });
    const options = await generateRegistrationOptions({
      rpName: "Callroom",
      rpID: new URL(deps.origin()).hostname,
      // What the device shows in its own list: never the address, which a colleague may see there.
      userName: "Callroom",
      userDisplayName: "Callroom",
      userID: new Uint8Array(account.login_id),
      attestationType: "none",
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      excludeCredentials: (await passkeysOf(db, id)).map((passkey) => ({
        id: passkey.id.toString("base64url"),
      })),
    });
    return ok({
      options: { ...options },
      ticket: tickets.seal("passkey", { account: id, challenge: options.challenge }, TEN_MINUTES),
    });
  });

  mount(mounting, contract.addPasskey, async (request) => {
    const caller = callerOf(request);
    const { account } = caller;
    const started = tickets.open<{ account: string; challenge: string }>(
      "passkey",
      request.body.ticket,
    );
    if (!started || started.account !== account) return refuse({ type: "TicketExpired" });
    const passkey = await attested(deps, request.body.attestation, started.challenge);
    if (!passkey) return refuse({ type: "PasskeyRefused" });
    const { wrap, label } = request.body;
    return db.transaction().execute(async (within) => {
      const own = await holdAccount(within, caller);
      if (!own) return refuse({ type: "NotSignedIn" });
      if (!(await keepPasskey(within, { ...passkey, account, label })))
        return refuse({ type: "PasskeyRefused" });
      if (wrap !== null) await keepWrap(within, account, passkeySlot(passkey.id), decoded(wrap));
      await tellOfChange(within, deps, own, "passkey-added");
      return ok({});
    });
  });

  mount(mounting, contract.dropPasskey, async (request) => {
    const caller = callerOf(request);
    const id = Buffer.from(request.params.id, "base64url");
    return db.transaction().execute(async (within) => {
      const own = await holdAccount(within, caller);
      if (!own) return refuse({ type: "NotSignedIn" });
      const dropped = await dropPasskeyRows(within, own.id, id);
      if (dropped.length === 0) return ok({});
      await dropWrap(within, own.id, passkeySlot(id));
      await tellOfChange(within, deps, own, "passkey-removed");
      return ok({});
    });
  });

  mount(mounting, contract.startPassphrase, async (request) => {
    const account = await accountById(db, callerOf(request).account);
    const registrationResponse =
      account &&
      deps.opaque.registrationResponse(account.login_id, request.body.registrationRequest);
    return registrationResponse
      ? ok({ registrationResponse })
      : refuse({ type: "BadInput", detail: { field: "registrationRequest" } });
  });

  mount(mounting, contract.changePassphrase, async (request) => {
    const caller = callerOf(request);
    const { account, session } = caller;
    const { confirmation, registrationRecord, passphraseWrap } = request.body;
    if (!isConfirmed(deps, account, confirmation)) return refuse({ type: "NotConfirmed" });
    return db.transaction().execute(async (within) => {
      const before = await holdAccount(within, caller);
      if (!before) return refuse({ type: "NotSignedIn" });
      await changeAccountRow(within, account, { opaque_record: registrationRecord });
      await keepWrap(within, account, "passphrase", decoded(passphraseWrap));
      await sessions.end(within, account, { allBut: session });
      // Asked again after an answer that got lost, it is no news.
      if (before.opaque_record !== registrationRecord)
        await tellOfChange(within, deps, before, "passphrase-changed");
      return ok({});
    });
  });

  mount(mounting, contract.changeRecoverySheet, async (request) => {
    const caller = callerOf(request);
    const { account } = caller;
    const { confirmation, phraseWrap } = request.body;
    if (!isConfirmed(deps, account, confirmation)) return refuse({ type: "NotConfirmed" });
    const recoveryKey = decoded(request.body.recoveryKey);
    return db.transaction().execute(async (within) => {
      const before = await holdAccount(within, caller);
      if (!before) return refuse({ type: "NotSignedIn" });
      await changeAccountRow(within, account, { recovery_key: recoveryKey });
      await keepWrap(within, account, "phrase", decoded(phraseWrap));
      if (!before.recovery_key.equals(recoveryKey))
        await tellOfChange(within, deps, before, "sheet-changed");
      return ok({});
    });
  });

  mount(mounting, contract.startEmailChange, async (request) => {
    const { account } = callerOf(request);
    const { confirmation, email } = request.body;
    if (!isConfirmed(deps, account, confirmation)) return refuse({ type: "NotConfirmed" });
    const digits = String(randomInt(1e8)).padStart(8, "0");
    const known = await accountByEmail(db, addresses.index(email));
    // One's own, where no code ever confirmed it, is confirmed by this one.
    const isTaken = known !== null && (known.id !== account || known.address_confirmed);
    await enqueueLetter(
      db,
      deps.letterKey,
      isTaken
        ? { template: "already-here", to: email, fields: { link: deps.origin() } }
        : {
            template: "address-check",
            to: email,
            fields: { code: `${digits.slice(0, 4)} ${digits.slice(4)}` },
          },
      { account },
    );
    const change = { account, email, codeHash: hash(digits).toString("base64url") };
    return ok({ ticket: tickets.seal("email change", change, HALF_AN_HOUR) });
  });

  mount(mounting, contract.finishEmailChange, async (request) => {
    const caller = callerOf(request);
    const { account } = caller;
    const change = tickets.open<{ account: string; email: string; codeHash: string }>(
      "email change",
      request.body.ticket,
    );
    if (!change || change.account !== account) return refuse({ type: "TicketExpired" });
    if (!timingSafeEqual(Buffer.from(change.codeHash, "base64url"), hash(request.body.code)))
      return refuse({ type: "WrongCode" });
    try {
      return await db.transaction().execute(async (within) => {
        const before = await holdAccount(within, caller);
        if (!before) return refuse({ type: "NotSignedIn" });
        const oldEmail = addresses.open(before.email_sealed);
        await changeAccountRow(within, account, {
          email_index: addresses.index(change.email),
          email_sealed: addresses.seal(change.email),
          address_confirmed: true,
        });
        // Its own, or asked again after an answer that got lost: nothing was replaced.
        if (oldEmail === change.email) return ok({});
        const letter = {
          template: "address-changed",
          to: oldEmail,
          fields: { day: dayInWords(deps.clock.now()), address: deps.origin() },
        };
        await enqueueLetter(within, deps.letterKey, letter, { account });
        return ok({});
      });
    } catch (error) {
      if (violation(error)?.code === UNIQUE) return refuse({ type: "WrongCode" });
      throw error;
    }
  });

  mount(mounting, contract.deleteAccount, async (request) => {
    const { account } = callerOf(request);
    if (!isConfirmed(deps, account, request.body.confirmation))
      return refuse({ type: "NotConfirmed" });
    try {
      await deps.deleteEverything(account, async (within) => {
        const stewards = await holdStewards(within);
        if (stewards.length === 1 && stewards[0] === account) throw new LastSteward();
        await sessions.end(within, account);
      });
    } catch (error) {
      if (error instanceof LastSteward) return refuse({ type: "LastSteward" });
      throw error;
    }
    request.cookies.clear();
    return ok({});
  });
}

// Rolls the deletion back.
class LastSteward extends Error {}

/**
 * The caller's account, which nobody else changes until the transaction ends. Null where the session has ended
 * since the request began, as by a recovery: whoever was shut out changes nothing after it.
 */
async function holdAccount(within: IdentityWithin, caller: Caller): Promise<AccountRow | null> {
  const account = await accountForChange(within, caller.account);
  return account && (await sessionLasts(within, caller.session)) ? account : null;
}

export const passkeySlot = (id: Buffer): string => `passkey:${id.toString("base64url")}`;

async function attested(
  deps: IdentityDeps,
  attestation: Record<string, unknown>,
  challenge: string,
) {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: attestation as unknown as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: deps.origin(),
      expectedRPID: new URL(deps.origin()).hostname,
    });
    if (!verified || !registrationInfo) return null;
    const { credential } = registrationInfo;
    return {
      id: Buffer.from(credential.id, "base64url"),
      public_key: Buffer.from(credential.publicKey),
      counter: credential.counter,
      // Not signed by anybody: only what looks like one is kept.
      transports: (credential.transports ?? []).filter((name) => /^[a-z-]{1,20}$/.test(name)),
    };
  } catch {
    // The library throws for every kind of mismatch; all are one refusal.
    return null;
  }
}
