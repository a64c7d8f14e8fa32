/** Signing in by passphrase (OPAQUE) and by passkey, and the confirmation asked for before what can't be undone. */
import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
} from "@simplewebauthn/server";
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import { presentWrap } from "#vault/server/present.ts";
import { wrapsOf } from "#vault/server/store.ts";
import {
  finishConfirmation,
  finishPasskeySignIn,
  finishSignIn,
  startConfirmation,
  startPasskeySignIn,
  startSignIn,
} from "../contract.ts";
import type { IdentityDeps } from "./deps.ts";
import { hash } from "./joining.ts";
import {
  accountByEmail,
  accountById,
  accountForChange,
  clearFailedSignIns,
  countFailedSignIn,
  countPasskey,
  passkeyById,
  type AccountRow,
} from "./store.ts";

/** Sealed between OPAQUE's messages. `account` is null for an address that has none. */
interface Login {
  readonly account: string | null;
  /** Hash of the registration record it began with: a passphrase that was changed meanwhile opens nothing. */
  readonly record: string;
  readonly state: string;
}

const TWO_MINUTES = 120;
const FIVE_MINUTES = 300;
/** Tries a minute for one address, known or not. */
const TRIES_PER_ADDRESS = 10;

export function signInRoutes(mounting: Mounting, deps: IdentityDeps): void {
  const { db, tickets, sessions, addresses } = deps;

  mount(mounting, startSignIn, async ({ body }) => {
    const index = addresses.index(body.email);
    const wait = mounting.limits.take(`address ${index.toString("base64url")}`, TRIES_PER_ADDRESS);
    if (wait > 0) return refuse({ type: "TooMany", detail: { seconds: wait } });
    const account = await accountByEmail(db, index);
    const started = startLogin(deps, account, body.email, body.startLoginRequest);
    // Counted at the start, as a wrong passphrase shows on the device and need not be told; a sign-in clears it.
    // Not waited for: the time of an answer must not tell whether the address is known.
    if (account) void countFailedSignIn(db, account.id).catch(() => undefined);
    return started
      ? ok(started)
      : refuse({ type: "BadInput", detail: { field: "startLoginRequest" } });
  });

  mount(mounting, finishSignIn, async ({ body, cookies }) => {
    const login = tickets.open<Login>("login", body.ticket);
    if (!login) return refuse({ type: "TicketExpired" });
    // Before anything is looked up: else the time of the refusal would tell whether the address is known.
    const knows = deps.opaque.finishLogin(login.state, body.finishLoginRequest);
    if (!knows || login.account === null) return refuse({ type: "SignInRefused" });
    const { account } = login;
    const begun = await db.transaction().execute(async (within) => {
      // Held, so that no session begins by a passphrase that is being changed.
      const known = await accountForChange(within, account);
      if (!known || login.record !== recordHash(known)) return null;
      await clearFailedSignIns(within, account);
      return { known, token: await sessions.begin(within, account, body.label) };
    });
    if (begun === null) return refuse({ type: "SignInRefused" });
    cookies.set(begun.token);
    const wraps = await wrapsOf(db, account);
    return ok({
      account,
      wraps: wraps.map(presentWrap),
      failedSignIns: Math.max(0, begun.known.failed_sign_ins - 1),
    });
  });

  mount(mounting, startPasskeySignIn, async () => {
    const options = await generateAuthenticationOptions({
      rpID: new URL(deps.origin()).hostname,
      userVerification: "required",
    });
    const ticket = tickets.seal("passkey sign-in", { challenge: options.challenge }, FIVE_MINUTES);
    return ok({ options: { ...options }, ticket });
  });

  mount(mounting, finishPasskeySignIn, async ({ body, cookies }) => {
    const started = tickets.open<{ challenge: string }>("passkey sign-in", body.ticket);
    if (!started) return refuse({ type: "TicketExpired" });
    const used = await usedPasskey(deps, body.assertion, started.challenge);
    if (used === null) return refuse({ type: "SignInRefused" });
    const { id, account, counter } = used;
    const token = await db.transaction().execute(async (within) => {
      // Gone since it was read, it signs nobody in.
      if (!(await countPasskey(within, id, counter))) return null;
      return sessions.begin(within, account, body.label);
    });
    if (token === null) return refuse({ type: "SignInRefused" });
    cookies.set(token);
    return ok({ account, wraps: (await wrapsOf(db, account)).map(presentWrap) });
  });

  mount(mounting, startConfirmation, async (request) => {
    const account = await accountById(db, callerOf(request).account);
    const started = account && startLogin(deps, account, "", request.body.startLoginRequest);
    return started
      ? ok(started)
      : refuse({ type: "BadInput", detail: { field: "startLoginRequest" } });
  });

  mount(mounting, finishConfirmation, async (request) => {
    const { account } = callerOf(request);
    const login = tickets.open<Login>("login", request.body.ticket);
    if (!login) return refuse({ type: "TicketExpired" });
    const knows = deps.opaque.finishLogin(login.state, request.body.finishLoginRequest);
    const known = knows && login.account === account ? await accountById(db, account) : null;
    if (!known || login.record !== recordHash(known)) return refuse({ type: "SignInRefused" });
    const confirmation = tickets.seal("confirmation", { account }, FIVE_MINUTES);
    return ok({ confirmation, wraps: (await wrapsOf(db, account)).map(presentWrap) });
  });
}

function startLogin(
  deps: IdentityDeps,
  account: AccountRow | null,
  email: string,
  request: string,
) {
  const known =
    account?.opaque_record == null
      ? null
      : { loginId: account.login_id, record: account.opaque_record };
  const started = deps.opaque.startLogin(known, email, request);
  if (!started) return null;
  // Both kinds of ticket have one length: null is as long as an id.
  const login = {
    account: known ? account!.id : null,
    pad: known ? "" : "x".repeat(34),
    record: recordHash(account),
    state: started.state,
  };
  return {
    loginResponse: started.loginResponse,
    ticket: deps.tickets.seal("login", login, TWO_MINUTES),
  };
}

const recordHash = (account: AccountRow | null): string =>
  hash(account?.opaque_record ?? "").toString("base64url");

/** True where the confirmation is this account's, and fresh. */
export function isConfirmed(deps: IdentityDeps, account: string, confirmation: string): boolean {
  return deps.tickets.open<{ account: string }>("confirmation", confirmation)?.account === account;
}

async function usedPasskey(
  deps: IdentityDeps,
  assertion: Record<string, unknown>,
  challenge: string,
): Promise<{ id: Buffer; account: string; counter: number } | null> {
  const id = typeof assertion["id"] === "string" ? assertion["id"] : "";
  const passkey = await passkeyById(deps.db, Buffer.from(id, "base64url"));
  if (!passkey) return null;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: assertion as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: deps.origin(),
      expectedRPID: new URL(deps.origin()).hostname,
      credential: {
        id,
        publicKey: new Uint8Array(passkey.public_key),
        counter: passkey.counter,
      },
    });
    if (!verified) return null;
    return {
      id: passkey.id,
      account: passkey.account,
      counter: authenticationInfo.newCounter,
    };
  } catch {
    // The library throws for every kind of mismatch; all are one refusal.
    return null;
  }
}
