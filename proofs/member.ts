/**
 * A member without a browser: the same protocol as the app's (OPAQUE, wraps, sealed records), spoken from
 * Node, so that proofs and benches can have as many members as they need.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { client, ready } from "@serenity-kit/opaque";
import { base64urlToBytes, bytesToBase64url, concatBytes, type Bytes } from "#platform/bytes.ts";
import type { AnswerOf, AnyRoute, BodyInputOf, ParamsOf, QueryOf } from "#platform/contract.ts";
import type { Result } from "#platform/result.ts";
import { ok, refuse } from "#platform/result.ts";
import type { WireRefusal } from "#platform/contract.ts";
import { publicKeys } from "#identity/web/account-keys.ts";
import * as identity from "#identity/contract.ts";
import type { Stage } from "#identity/account.ts";
import { unwrapVaultKey, wrapVaultKey } from "#vault/envelope.ts";
import type { WrapSlot } from "#vault/keyring.ts";
import { recoveryPublicKey } from "#vault/recovery.ts";
import { toOpenKey } from "#vault/web/keys.ts";

export interface Member {
  readonly origin: string;
  readonly account: string;
  readonly email: string;
  readonly passphrase: string;
  readonly cookie: string;
  readonly vaultKey: Bytes;
  /** Joined with a passphrase that is hardly stretched, which opens nothing in a browser. */
  readonly isQuick: boolean;
}

const keyStretching = "memory-constrained" as const;
/** For a crowd that signs in from here alone, if at all: the server can't tell, and twenty members join in a second. */
const QUICK = { "argon2id-custom": { iterations: 1, memory: 8, parallelism: 1 } } as const;
const stretchingOf = (isQuick: boolean) => (isQuick ? QUICK : keyStretching);

interface Given<R> {
  readonly params?: ParamsOf<R>;
  readonly query?: Readonly<Record<keyof NonNullable<QueryOf<R>>, string | number>>;
  readonly body?: BodyInputOf<R>;
  readonly cookie?: string;
}

/** Calls a route as somebody; the answer is taken as it comes. */
export async function ask<R extends AnyRoute>(
  origin: string,
  route: R,
  given: Given<R> = {},
): Promise<
  Result<AnswerOf<R>, WireRefusal> & { readonly status: number; readonly cookie: string | null }
> {
  const params = (given.params ?? {}) as Record<string, string>;
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name]!),
  );
  const query = Object.entries((given.query ?? {}) as Record<string, string | number>).map(
    ([k, x]) => [k, String(x)],
  );
  const search = query.length > 0 ? `?${new URLSearchParams(query).toString()}` : "";
  const response = await fetch(origin + path + search, {
    method: route.method,
    headers: {
      ...(given.body === undefined ? {} : { "content-type": "application/json" }),
      ...(given.cookie === undefined ? {} : { cookie: given.cookie }),
    },
    ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
  });
  const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? null;
  const { status } = response;
  const answer = (await response.json()) as AnswerOf<R> & { refusal?: WireRefusal };
  return response.ok
    ? { ...ok(answer as AnswerOf<R>), status, cookie }
    : { ...refuse(answer.refusal ?? { type: "SomethingWentWrong" }), status, cookie };
}

/** Throws where a proof's own preparation is refused. */
export async function must<Value>(asked: Promise<Result<Value, WireRefusal>>): Promise<Value> {
  const answered = await asked;
  if (!answered.ok) throw new Error(`Refused: ${answered.refusal.type}`);
  return answered.value;
}

export interface Joining {
  readonly code: string;
  readonly email: string;
  readonly name: string;
  readonly stage?: Stage;
  readonly passphrase?: string;
  readonly timeZone?: string;
  /** The passphrase is hardly stretched, and opens nothing in a browser. */
  readonly isQuick?: boolean;
}

/** Joins with an invitation's code whose address needs no check. */
export async function join(origin: string, joining: Joining): Promise<Member> {
  await ready;
  const passphrase = joining.passphrase ?? randomBytes(12).toString("base64url");
  const { email, code, isQuick = false } = joining;
  const begun = client.startRegistration({ password: passphrase });
  const started = await must(
    ask(origin, identity.startRegistration, {
      body: { code, email, registrationRequest: begun.registrationRequest },
    }),
  );
  const registered = client.finishRegistration({
    password: passphrase,
    clientRegistrationState: begun.clientRegistrationState,
    registrationResponse: started.registrationResponse,
    keyStretching: stretchingOf(isQuick),
  });
  const vaultKey = random(32);
  const entropy = random(32);
  const keys = await publicKeys(await toOpenKey(vaultKey));
  const finished = await ask(origin, identity.finishRegistration, {
    body: {
      ticket: started.ticket,
      addressCode: null,
      registrationRecord: registered.registrationRecord,
      passphraseWrap: wrapped(
        started.account,
        "passphrase",
        base64urlToBytes(registered.exportKey)!,
        vaultKey,
      ),
      phraseWrap: wrapped(started.account, "phrase", entropy, vaultKey),
      hpkeKey: bytesToBase64url(keys.hpke),
      signingKey: bytesToBase64url(keys.signing),
      recoveryKey: bytesToBase64url(recoveryPublicKey(entropy)),
      name: joining.name,
      stage: joining.stage ?? "attending",
      timeZone: joining.timeZone ?? "America/New_York",
      label: "proof",
    },
  });
  if (!finished.ok || finished.cookie === null)
    throw new Error(`Joining was refused: ${finished.ok ? "no cookie" : finished.refusal.type}`);
  const { account } = started;
  return { origin, account, email, passphrase, cookie: finished.cookie, vaultKey, isQuick };
}

/** Signs in anew and opens the vault key with the passphrase; null where either fails. */
export async function signIn(
  origin: string,
  email: string,
  passphrase: string,
  isQuick = false,
): Promise<Member | null> {
  await ready;
  const begun = client.startLogin({ password: passphrase });
  const started = await must(
    ask(origin, identity.startSignIn, {
      body: { email, startLoginRequest: begun.startLoginRequest },
    }),
  );
  const login = client.finishLogin({
    password: passphrase,
    clientLoginState: begun.clientLoginState,
    loginResponse: started.loginResponse,
    keyStretching: stretchingOf(isQuick),
  });
  if (!login) return null;
  const signed = await ask(origin, identity.finishSignIn, {
    body: { ticket: started.ticket, finishLoginRequest: login.finishLoginRequest, label: "proof" },
  });
  if (!signed.ok || signed.cookie === null) return null;
  const { account, wraps } = signed.value;
  const sealed = base64urlToBytes(wraps.find(({ slot }) => slot === "passphrase")?.sealed ?? "");
  const secret = base64urlToBytes(login.exportKey)!;
  const opened = sealed && unwrapVaultKey({ safe: account, slot: "passphrase", secret }, sealed);
  if (!opened?.ok) return null;
  const { cookie } = signed;
  return { origin, account, email, passphrase, cookie, vaultKey: opened.value, isQuick };
}

/** Sets a fresh instance up; the steward joins with the code that set-up gives. */
export async function setUp(origin: string, token: string): Promise<Member> {
  const { code } = await must(
    ask(origin, identity.setUpCommunity, {
      body: { token, name: "Proving ground", country: "US", floor: 8, sample: false },
    }),
  );
  return join(origin, { code, email: "steward@proof.example", name: "Steward" });
}

const random = (length: number): Bytes => concatBytes(randomBytes(length));

function wrapped(safe: string, slot: WrapSlot, secret: Bytes, vaultKey: Bytes): string {
  return bytesToBase64url(wrapVaultKey({ safe, slot, secret }, vaultKey, random(24)));
}

export const newId = (): string => randomUUID();
