import { client, ready, server } from "@serenity-kit/opaque";
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { concatBytes } from "#platform/bytes.ts";
import { redact } from "#platform/redacted.ts";
import type { Secrets } from "#platform/server/secrets.ts";
import { makeOpaque } from "./opaque.ts";

await ready;
const key = () => redact(concatBytes(randomBytes(32)));
const secrets = (): Secrets => ({
  opaqueServerSetup: redact(server.createSetup()),
  unknownLoginKey: key(),
  ticketKey: key(),
  addressIndexKey: key(),
  addressSealKey: key(),
  sessionKey: key(),
  feedKey: key(),
  issuerSealKey: key(),
  circlesKey: key(),
});
const own = secrets();
const opaque = await makeOpaque(own);
const PASSWORD = "plain words kept well";

/** With the stretching that the app has: 64 MiB. */
function register(loginId: Uint8Array, by = opaque) {
  const begun = client.startRegistration({ password: PASSWORD });
  const registrationResponse = by.registrationResponse(loginId, begun.registrationRequest)!;
  return client.finishRegistration({
    password: PASSWORD,
    clientRegistrationState: begun.clientRegistrationState,
    registrationResponse,
    keyStretching: "memory-constrained",
  });
}

function login(known: { loginId: Uint8Array; record: string } | null, password = PASSWORD) {
  const begun = client.startLogin({ password });
  const started = opaque.startLogin(known, "ada@clinic.example", begun.startLoginRequest)!;
  const finished = client.finishLogin({
    password,
    clientLoginState: begun.clientLoginState,
    loginResponse: started.loginResponse,
    keyStretching: "memory-constrained",
  });
  return { started, finished };
}

test("the passphrase opens the same export key every time, and the server believes the proof", () => {
  const loginId = randomBytes(32);
  const { registrationRecord: record, exportKey, serverStaticPublicKey } = register(loginId);
  for (let tries = 0; tries < 2; tries++) {
    const { started, finished } = login({ loginId, record });
    expect(finished!.exportKey).toBe(exportKey);
    expect(finished!.serverStaticPublicKey).toBe(serverStaticPublicKey);
    expect(opaque.finishLogin(started.state, finished!.finishLoginRequest)).toBe(true);
  }
});

test("registering again gives another export key, so that the wrap must change with the record", () => {
  const loginId = randomBytes(32);
  expect(register(loginId).exportKey).not.toBe(register(loginId).exportKey);
});

test("what the server keeps holds neither the passphrase nor the export key", () => {
  const { registrationRecord, exportKey } = register(randomBytes(32));
  expect(Buffer.from(registrationRecord, "base64url").includes(PASSWORD)).toBe(false);
  const kept = Buffer.from(registrationRecord, "base64url");
  expect(kept.includes(Buffer.from(exportKey, "base64url").subarray(0, 16))).toBe(false);
});

test("a wrong passphrase and an unknown address show nothing, and no proof of them is believed", () => {
  const loginId = randomBytes(32);
  const { registrationRecord: record } = register(loginId);
  const wrong = login({ loginId, record }, "another guess at it");
  const unknown = login(null);
  expect([wrong.finished, unknown.finished]).toEqual([undefined, undefined]);
  expect(wrong.started.loginResponse).toHaveLength(unknown.started.loginResponse.length);
  expect(wrong.started.state).toHaveLength(unknown.started.state.length);
  const right = login({ loginId, record });
  for (const { started } of [wrong, unknown])
    for (const proof of [right.finished!.finishLoginRequest, "A".repeat(86), "AAAA", "é"])
      expect(opaque.finishLogin(started.state, proof)).toBe(false);
});

test("a proof made by another installation's secrets is not believed", async () => {
  const loginId = randomBytes(32);
  const other = await makeOpaque(secrets());
  const { registrationRecord: record } = register(loginId, other);
  expect(login({ loginId, record }).finished).toBeUndefined();
});

test("messages that are none are answered with nothing, not with an exception", () => {
  const loginId = randomBytes(32);
  const { state } = login(null).started;
  for (const message of ["", "AAAA", "A".repeat(43), "é", "A".repeat(2000)]) {
    expect(() => opaque.registrationResponse(loginId, message)).not.toThrow();
    expect(opaque.startLogin(null, "ada@clinic.example", message)).toBeNull();
    expect(opaque.startLogin({ loginId, record: message }, "", message)).toBeNull();
    // The state is sealed by the server for itself; the proof is what somebody sends.
    expect(opaque.finishLogin(state, message)).toBe(false);
  }
});
