/** What a member does with their own account: devices, passkeys, passphrase, recovery sheet, address, deletion. */
import { randomInt, timingSafeEqual } from "node:crypto";
import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import { enqueueLetter } from "#platform/server/letters.ts";
import { violation } from "#platform/server/db.ts";
import { dropWrap, keepWrap, wrapsOf } from "#vault/server/store.ts";
import * as contract from "../contract.ts";
import type { IdentityDeps } from "./deps.ts";
import { decoded, hash } from "./joining.ts";
import { presentAccount, presentSession } from "./present.ts";
import { isConfirmed } from "./signing-in.ts";
import {
  accountByEmail,
  accountById,
  changeAccountRow,
  countStewards,
  dropPasskeyRow,
  keepPasskey,
  passkeysOf,
  sessionsOf,
  tellAccountChanged,
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
    const { account } = callerOf(request);
    const started = tickets.open<{ account: string; challenge: string }>(
      "passkey",
      request.body.ticket,
    );
    if (!started || started.account !== account) return refuse({ type: "TicketExpired" });
    const passkey = await attested(deps, request.body.attestation, started.challenge);
    if (!passkey) return refuse({ type: "PasskeyRefused" });
    const { wrap, label } = request.body;
    const kept = await db.transaction().execute(async (within) => {
      if (!(await keepPasskey(within, { ...passkey, account, label }))) return false;
      if (wrap !== null) await keepWrap(within, account, slotOf(passkey.id), decoded(wrap));
      return true;
    });
    return kept ? ok({}) : refuse({ type: "PasskeyRefused" });
  });

  mount(mounting, contract.dropPasskey, async (request) => {
    const { account } = callerOf(request);
    const id = Buffer.from(request.params.id, "base64url");
    await db.transaction().execute(async (within) => {
      await dropPasskeyRow(within, account, id);
      await dropWrap(within, account, slotOf(id));
    });
    return ok({});
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
    const { account, session } = callerOf(request);
    const { confirmation, registrationRecord, passphraseWrap } = request.body;
    if (!isConfirmed(deps, account, confirmation)) return refuse({ type: "NotConfirmed" });
    await db.transaction().execute(async (within) => {
      await changeAccountRow(within, account, { opaque_record: registrationRecord });
      await keepWrap(within, account, "passphrase", decoded(passphraseWrap));
      await sessions.end(within, account, { allBut: session });
    });
    return ok({});
  });

  mount(mounting, contract.changeRecoverySheet, async (request) => {
    const { account } = callerOf(request);
    const { confirmation, recoveryKey, phraseWrap } = request.body;
    if (!isConfirmed(deps, account, confirmation)) return refuse({ type: "NotConfirmed" });
    await db.transaction().execute(async (within) => {
      await changeAccountRow(within, account, { recovery_key: decoded(recoveryKey) });
      await keepWrap(within, account, "phrase", decoded(phraseWrap));
    });
    return ok({});
  });

  mount(mounting, contract.startEmailChange, async (request) => {
    const { account } = callerOf(request);
    const { confirmation, email } = request.body;
    if (!isConfirmed(deps, account, confirmation)) return refuse({ type: "NotConfirmed" });
    const digits = String(randomInt(1e8)).padStart(8, "0");
    const taken = await accountByEmail(db, addresses.index(email));
    await enqueueLetter(
      db,
      deps.letterKey,
      taken
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
    const { account } = callerOf(request);
    const change = tickets.open<{ account: string; email: string; codeHash: string }>(
      "email change",
      request.body.ticket,
    );
    if (!change || change.account !== account) return refuse({ type: "TicketExpired" });
    if (!timingSafeEqual(Buffer.from(change.codeHash, "base64url"), hash(request.body.code)))
      return refuse({ type: "WrongCode" });
    try {
      await db.transaction().execute(async (within) => {
        const before = await accountById(within, account);
        if (!before) return;
        await changeAccountRow(within, account, {
          email_index: addresses.index(change.email),
          email_sealed: addresses.seal(change.email),
        });
        const letter = {
          template: "address-changed",
          to: addresses.open(before.email_sealed),
          fields: { day: dayInWords(deps.clock.now()), address: deps.origin() },
        };
        await enqueueLetter(within, deps.letterKey, letter, { account });
      });
    } catch (error) {
      if (violation(error)?.code === UNIQUE) return refuse({ type: "WrongCode" });
      throw error;
    }
    return ok({});
  });

  mount(mounting, contract.deleteAccount, async (request) => {
    const { account, roles } = callerOf(request);
    if (!isConfirmed(deps, account, request.body.confirmation))
      return refuse({ type: "NotConfirmed" });
    if (roles.includes("steward") && (await countStewards(db)) === 1)
      return refuse({ type: "LastSteward" });
    await sessions.end(db, account);
    await deps.deleteEverything(account);
    request.cookies.clear();
    return ok({});
  });
}

/** 9 January 2027, by UTC. */
const dayInWords = (at: number): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(at);

const slotOf = (passkey: Buffer): string => `passkey:${passkey.toString("base64url")}`;

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
