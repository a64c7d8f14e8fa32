/**
 * The server's half of OPAQUE (RFC 9807). An unknown address is answered with its own stable false client
 * identifier, so that repeating a request tells nothing (a fresh one each time would).
 */
import { createHmac } from "node:crypto";
import * as opaque from "@serenity-kit/opaque";
import { reveal } from "#platform/redacted.ts";
import type { Secrets } from "#platform/server/secrets.ts";

export interface Opaque {
  readonly registrationResponse: (
    loginId: Uint8Array,
    registrationRequest: string,
  ) => string | null;
  /** `known` is null for an address without an account. */
  readonly startLogin: (
    known: { readonly loginId: Uint8Array; readonly record: string } | null,
    email: string,
    startLoginRequest: string,
  ) => { readonly loginResponse: string; readonly state: string } | null;
  /** True where the other side showed that it knows the passphrase. */
  readonly finishLogin: (state: string, finishLoginRequest: string) => boolean;
}

export async function makeOpaque(secrets: Secrets): Promise<Opaque> {
  await opaque.ready;
  const serverSetup = reveal(secrets.opaqueServerSetup);
  const asText = (loginId: Uint8Array) => Buffer.from(loginId).toString("base64url");
  return {
    registrationResponse: (loginId, registrationRequest) =>
      attempt(
        () =>
          opaque.server.createRegistrationResponse({
            serverSetup,
            userIdentifier: asText(loginId),
            registrationRequest,
          }).registrationResponse,
      ),
    startLogin: (known, email, startLoginRequest) => {
      const falseId = createHmac("sha256", reveal(secrets.unknownLoginKey)).update(email).digest();
      const started = attempt(() =>
        opaque.server.startLogin({
          serverSetup,
          userIdentifier: asText(known?.loginId ?? falseId),
          registrationRecord: known?.record ?? null,
          startLoginRequest,
        }),
      );
      return started && { loginResponse: started.loginResponse, state: started.serverLoginState };
    },
    finishLogin: (state, finishLoginRequest) =>
      attempt(
        () => opaque.server.finishLogin({ serverLoginState: state, finishLoginRequest }).sessionKey,
      ) !== null,
  };
}

// The library throws for malformed messages and for a wrong passphrase alike.
function attempt<Value>(act: () => Value): Value | null {
  try {
    return act();
  } catch {
    return null;
  }
}
