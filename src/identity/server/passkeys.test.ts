import { expect, test } from "vitest";
import { Authenticator, type Said } from "../../../tests/authenticator.ts";
import { random, unwrapped, withIdentity, wrapped, type Person } from "../../../tests/identity.ts";
import {
  addPasskey,
  dropPasskey,
  finishPasskeySignIn,
  readAccount,
  startPasskey,
  startPasskeySignIn,
} from "../contract.ts";

const house = withIdentity();
const challengeOf = (options: Record<string, unknown>) => String(options["challenge"]);

async function begin(person: Person) {
  const confirmation = await house.confirm(person);
  const { options, ticket } = await house.must(startPasskey, {
    token: person.token,
    body: { confirmation },
  });
  return { options, ticket, challenge: challengeOf(options) };
}

async function add(
  person: Person,
  key: Authenticator,
  wrap: string | null = null,
  over: object = {},
) {
  const { ticket, challenge } = await begin(person);
  const attestation = key.attest({ challenge, ...over });
  const body = { ticket, attestation, label: "Phone", wrap };
  return house.ask(addPasskey, { token: person.token, body });
}

async function signIn(key: Authenticator, over: Partial<Said> = {}) {
  const { options, ticket } = await house.must(startPasskeySignIn, { body: {} });
  const assertion = key.assert({ challenge: challengeOf(options), ...over });
  return house.ask(finishPasskeySignIn, { body: { ticket, assertion, label: "Phone" } });
}

test("a passkey signs in, and its PRF's secret opens the vault key", async () => {
  const [person, key, secret] = [await house.join(), new Authenticator(), random(32)];
  const slot = `passkey:${key.id}` as const;
  const wrap = wrapped(person.account, slot, secret, person.vaultKey);
  expect((await add(person, key, wrap)).answer).toEqual({});
  const signed = await signIn(key);
  expect(signed.answer!.account).toBe(person.account);
  const sealed = signed.answer!.wraps.find((each) => each.slot === slot)!.sealed;
  expect(unwrapped(person.account, slot, secret, sealed)).toEqual(person.vaultKey);
  expect((await house.must(readAccount, { token: signed.token })).passkeys).toEqual([
    { id: key.id, label: "Phone" },
  ]);
});

test("options show the browser no address, no name, and ask for a key that can be found without one", async () => {
  const person = await house.join();
  const { options } = await begin(person);
  const text = JSON.stringify(options);
  expect(text).not.toContain(person.email);
  expect(text).not.toContain("Somebody");
  expect(text).not.toContain(person.account);
  expect(options).toMatchObject({
    attestation: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  const { options: forAnybody } = await house.must(startPasskeySignIn, { body: {} });
  expect(forAnybody).toMatchObject({ userVerification: "required" });
  expect(forAnybody["allowCredentials"] ?? []).toEqual([]);
});

test("a passkey that somebody has is not taken twice", async () => {
  const [person, other, key] = [await house.join(), await house.join(), new Authenticator()];
  await add(person, key);
  expect((await add(other, key)).refusal).toEqual({ type: "PasskeyRefused" });
  expect((await signIn(key)).answer!.account).toBe(person.account);
  const { options } = await begin(person);
  expect(options["excludeCredentials"]).toMatchObject([{ id: key.id }]);
});

test("a wrap that can't be kept keeps no passkey", async () => {
  const [person, key] = [await house.join(), new Authenticator()];
  const wrap = wrapped(person.account, `passkey:${key.id}`, random(32), person.vaultKey);
  await house.cluster.owner.query(
    "alter table vault.wrap add constraint broken check (slot not like 'passkey:%') not valid",
  );
  expect((await add(person, key, wrap)).status).toBe(500);
  await house.cluster.owner.query("alter table vault.wrap drop constraint broken");
  expect((await house.must(readAccount, { token: person.token })).passkeys).toEqual([]);
});

test.each([
  ["of another challenge", { challenge: "A".repeat(43) }],
  ["made on another site", { origin: "https://room.example.com" }],
  ["made on a page without encryption", { origin: "http://room.example.org" }],
  ["bound to another host", { host: "example.org" }],
  ["without a finger or a PIN", { verified: false }],
])("a passkey %s is refused, for adding and for signing in", async (_, over) => {
  const [person, key] = [await house.join(), new Authenticator()];
  expect((await add(person, new Authenticator(), null, over)).refusal).toEqual({
    type: "PasskeyRefused",
  });
  await add(person, key);
  const told = await signIn(key, over);
  expect([told.status, told.refusal, told.token]).toEqual([
    403,
    { type: "SignInRefused" },
    undefined,
  ]);
});

test("an unknown passkey, a copied one and nonsense are refused alike", async () => {
  const [person, key, copy] = [await house.join(), new Authenticator(), new Authenticator()];
  await add(person, key, null, { counter: 7 });
  expect((await signIn(key, { counter: 8 })).status).toBe(200);
  const { options, ticket } = await house.must(startPasskeySignIn, { body: {} });
  const forged = { ...copy.assert({ challenge: challengeOf(options) }), id: key.id, rawId: key.id };
  const told = [
    await signIn(new Authenticator()),
    // A copy's counter stands still while the original's went on.
    await signIn(key, { counter: 8 }),
    ...(await Promise.all(
      [forged, {}, { id: 7 }, { id: key.id }, { id: key.id, response: null }].map((assertion) =>
        house.ask(finishPasskeySignIn, { body: { ticket, assertion, label: "Phone" } }),
      ),
    )),
  ];
  expect(new Set(told.map(({ status, text }) => `${status} ${text}`))).toEqual(
    new Set(['403 {"refusal":{"type":"SignInRefused"}}']),
  );
  expect(house.defects).toEqual([]);
});

test("what is no attestation is refused, whatever it holds", async () => {
  const person = await house.join();
  const { ticket, challenge } = await begin(person);
  const good = new Authenticator().attest({ challenge });
  const response = good["response"] as Record<string, unknown>;
  const broken = [
    {},
    { ...good, id: "another" },
    { ...good, type: "password" },
    { ...good, response: null },
    { ...good, response: { ...response, attestationObject: "AAAA" } },
    { ...good, response: { ...response, clientDataJSON: "bm90IGpzb24" } },
    { ...good, response: { ...response, transports: { toString: "no" } } },
  ];
  for (const attestation of broken) {
    const body = { ticket, attestation, label: "Phone", wrap: null };
    expect(await house.refusal(addPasskey, { token: person.token, body })).toBe("PasskeyRefused");
  }
  expect(house.defects).toEqual([]);
  const long = { ...good, more: "x".repeat(12_000) };
  const body = { ticket, attestation: long, label: "Phone", wrap: null };
  expect(await house.refusal(addPasskey, { token: person.token, body })).toBe("BadInput");
});

test("ways of reaching a key that nobody signed are kept only where they look like some", async () => {
  const [person, key] = [await house.join(), new Authenticator()];
  const { ticket, challenge } = await begin(person);
  const attestation = key.attest({ challenge });
  const response = attestation["response"] as Record<string, unknown>;
  response["transports"] = ["internal", "a\u0000b", "x".repeat(30), "smart-card"];
  const body = { ticket, attestation, label: "Phone", wrap: null };
  expect(await house.refusal(addPasskey, { token: person.token, body })).toBeNull();
  const { rows } = await house.cluster.owner.query(
    "select transports from identity.passkey where account = $1",
    [person.account],
  );
  expect(rows).toEqual([{ transports: ["internal", "smart-card"] }]);
});

test("a session alone adds no passkey, which would outlive it: the passphrase comes first", async () => {
  const [person, other] = [await house.join(), await house.join()];
  for (const confirmation of ["A".repeat(80), await house.confirm(other)])
    expect(await house.refusal(startPasskey, { token: person.token, body: { confirmation } })).toBe(
      "NotConfirmed",
    );
});

test("tickets are for one account, one purpose and ten minutes", async () => {
  const [person, other] = [await house.join(), await house.join()];
  const { ticket, challenge } = await begin(person);
  const body = {
    ticket,
    attestation: new Authenticator().attest({ challenge }),
    label: "Phone",
    wrap: null,
  };
  expect(await house.refusal(addPasskey, { token: other.token, body })).toBe("TicketExpired");
  const signing = await house.must(startPasskeySignIn, { body: {} });
  const assertion = { id: "x" };
  for (const wrong of [ticket, `${signing.ticket.slice(0, -2)}AA`])
    expect(
      await house.refusal(finishPasskeySignIn, {
        body: { ticket: wrong, assertion, label: "Phone" },
      }),
    ).toBe("TicketExpired");
  house.clock.at += 600_001;
  expect(await house.refusal(addPasskey, { token: person.token, body })).toBe("TicketExpired");
});

test("a dropped passkey takes its wrap along, and signs nobody in", async () => {
  const [person, other, key] = [await house.join(), await house.join(), new Authenticator()];
  const wrap = wrapped(person.account, `passkey:${key.id}`, random(32), person.vaultKey);
  await add(person, key, wrap);
  await house.must(dropPasskey, { token: other.token, params: { id: key.id } });
  expect((await signIn(key)).status).toBe(200);
  await house.must(dropPasskey, { token: person.token, params: { id: key.id } });
  expect((await signIn(key)).refusal).toEqual({ type: "SignInRefused" });
  const { passkeys, wraps } = await house.must(readAccount, { token: person.token });
  expect(passkeys).toEqual([]);
  expect(wraps.map(({ slot }) => slot).toSorted()).toEqual(["passphrase", "phrase"]);
});
