import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makePasskey, unlockWithPasskey, askPasskey } from "./passkey.ts";

const SECRET = new Uint8Array(randomBytes(32));
const asked: { publicKey: { extensions?: { prf?: { eval?: { first?: unknown } } } } }[] = [];
let prf: unknown;

const buffer = (length: number) => new Uint8Array(randomBytes(length)).buffer;
const RAW_ID = buffer(16);

/** A browser's credential: its own JSON form contains the PRF's output, as in a real one. */
function credential(response: object) {
  return {
    id: Buffer.from(RAW_ID).toString("base64url"),
    rawId: RAW_ID,
    type: "public-key",
    authenticatorAttachment: "platform",
    response,
    getClientExtensionResults: () => ({ prf }),
    toJSON: () => ({ prf }),
  };
}

beforeEach(() => {
  asked.length = 0;
  prf = { enabled: true, results: { first: SECRET.buffer } };
  vi.stubGlobal("PublicKeyCredential", () => undefined);
  vi.stubGlobal("location", { hostname: "room.example.org" });
  vi.stubGlobal("navigator", {
    credentials: {
      create: (options: (typeof asked)[number]) => {
        asked.push(options);
        return Promise.resolve(
          credential({
            attestationObject: buffer(90),
            clientDataJSON: buffer(80),
            getTransports: () => ["internal"],
          }),
        );
      },
      get: (options: (typeof asked)[number]) => {
        asked.push(options);
        return Promise.resolve(
          credential({
            authenticatorData: buffer(37),
            clientDataJSON: buffer(80),
            signature: buffer(70),
            userHandle: buffer(32),
          }),
        );
      },
    },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const creation = (extensions?: object) => ({
  challenge: "AAAA",
  rp: { name: "x", id: "room.example.org" },
  user: { id: "AAAA", name: "x", displayName: "x" },
  pubKeyCredParams: [{ alg: -7, type: "public-key" }],
  ...(extensions ? { extensions } : {}),
});

/** Every form in which the secret could hide in what is sent. */
function hides(sent: unknown): boolean {
  const text = JSON.stringify(sent, (_, value: unknown) =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? "BYTES" : value,
  );
  const forms = [
    Buffer.from(SECRET).toString("base64url"),
    Buffer.from(SECRET).toString("base64"),
    Buffer.from(SECRET).toString("hex"),
    [...SECRET].join(","),
  ];
  return /prf|BYTES/.test(text) || forms.some((form) => text.includes(form));
}

test("the secret of a new passkey stays on the device, and nothing of it is in what is sent", async () => {
  const made = (await makePasskey(creation()))!;
  expect(made.secret).toEqual(SECRET);
  expect(made.id).toBe(Buffer.from(RAW_ID).toString("base64url"));
  expect(hides(made.attestation)).toBe(false);
  expect(made.attestation["clientExtensionResults"]).toEqual({});
  expect(hides({ clientExtensionResults: { prf } })).toBe(true);
});

test("signing in by passkey sends nothing of the secret either", async () => {
  const used = (await askPasskey({ challenge: "AAAA", rpId: "room.example.org" }))!;
  expect(used.secret).toEqual(SECRET);
  expect(hides(used.assertion)).toBe(false);
});

test("unlocking asks the passkey alone, with a challenge of the device's own", async () => {
  const id = Buffer.from(RAW_ID).toString("base64url");
  const unlocked = await unlockWithPasskey([id]);
  expect(unlocked).toEqual({ id, secret: SECRET });
  expect(asked[0]).toMatchObject({
    publicKey: { rpId: "room.example.org", userVerification: "required" },
  });
});

test("what the PRF is asked is ours on every occasion, whatever the server's options say", async () => {
  const theirs = { prf: { eval: { first: "AAAA", second: "BBBB" } } };
  await makePasskey(creation(theirs));
  await askPasskey({ challenge: "AAAA", extensions: theirs });
  await unlockWithPasskey([]);
  const inputs = asked.map(({ publicKey }) => publicKey.extensions!.prf!.eval!);
  const text = inputs.map(({ first }) => Buffer.from(first as Uint8Array).toString());
  expect(text).toEqual(Array(3).fill("callroom/v1/vault-key"));
  for (const input of inputs) expect(Object.keys(input)).toEqual(["first"]);
});

test("an authenticator without the PRF signs in and unlocks nothing", async () => {
  for (const none of [undefined, {}, { enabled: true }, { results: {} }]) {
    prf = none;
    expect((await makePasskey(creation()))!.secret).toBeNull();
    expect((await askPasskey({ challenge: "AAAA" }))!.secret).toBeNull();
    expect(await unlockWithPasskey(["AAAA"])).toBeNull();
  }
});

test("a view into other memory gives its own 32 bytes", async () => {
  const whole = new Uint8Array(64).fill(9);
  whole.set(SECRET, 16);
  prf = { results: { first: whole.subarray(16, 48) } };
  expect((await makePasskey(creation()))!.secret).toEqual(SECRET);
});

test("closing the browser's dialog is an answer, not a fault", async () => {
  const declined = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  vi.stubGlobal("navigator", { credentials: { create: declined, get: declined } });
  expect(await makePasskey(creation())).toBeNull();
  expect(await askPasskey({ challenge: "AAAA" })).toBeNull();
  expect(await unlockWithPasskey([])).toBeNull();
});
