import { expect, test } from "vitest";
import { bytesToBase64url } from "#platform/bytes.ts";
import { recoveryPublicKey, signRecovery } from "#vault/recovery.ts";
import { Authenticator } from "../../../tests/authenticator.ts";
import { random, unwrapped, withIdentity, wrapped, type Person } from "../../../tests/identity.ts";
import {
  addPasskey,
  changeRecoverySheet,
  finishPasskeySignIn,
  finishRecovery,
  finishSignIn,
  proveRecovery,
  readAccount,
  startPasskey,
  startPasskeySignIn,
  startRecovery,
} from "../contract.ts";
import { makeSessions } from "./sessions.ts";

const house = withIdentity();
/** Until statements that were sent have come to the lock that they wait for. */
const PATIENT = { timeout: 15_000 };
const FRESH = "a new set of plain words";
const isIn = async (token: string, node = house.app) =>
  (await house.ask(readAccount, { token, node })).status === 200;

/** A body for `finishRecovery` after a good proof. */
async function proven(person: Person, passphrase = FRESH) {
  const { begun, proven } = await house.proveRecovery(person.email, person.entropy, passphrase);
  const { ticket, registrationResponse, account, wrap } = proven.answer!;
  const made = house.finishNewPassphrase(person, passphrase, begun, registrationResponse);
  return { account, wrap, body: { ticket, label: "New laptop", ...made } };
}

test("the phrase opens the safe, a new passphrase closes it again, and every session ends", async () => {
  const person = await house.join();
  const phone = (await house.signIn(person.email, person.passphrase, "Phone"))!;
  const other = await house.node(await makeSessions(house.db, house.cluster, house.clock));
  expect([await isIn(person.token, other), await isIn(phone.token, other)]).toEqual([true, true]);

  const { account, wrap, body } = await proven(person);
  expect(account).toBe(person.account);
  expect(unwrapped(account, "phrase", person.entropy, wrap)).toEqual(person.vaultKey);
  const recovered = await house.ask(finishRecovery, { body });
  expect(recovered.status).toBe(200);

  for (const token of [person.token, phone.token]) {
    await expect.poll(() => isIn(token, other)).toBe(false);
    expect(await isIn(token)).toBe(false);
  }
  expect(await isIn(recovered.token!)).toBe(true);
  expect(await house.signIn(person.email, person.passphrase)).toBeNull();
  expect((await house.signIn(person.email, FRESH))!.vaultKey).toEqual(person.vaultKey);
  expect(await house.lettersTo(person.email)).toMatchObject([{ template: "recovery-notice" }]);
});

test("passphrase and wrap change together or not at all", async () => {
  const person = await house.join();
  const { body } = await proven(person);
  await house.cluster.owner.query(
    "alter table vault.wrap add constraint broken check (slot = 'phrase') not valid",
  );
  const failed = await house.ask(finishRecovery, { body });
  await house.cluster.owner.query("alter table vault.wrap drop constraint broken");
  expect([failed.status, failed.token]).toEqual([500, undefined]);
  expect(await house.letters()).toEqual([]);
  expect(await isIn(person.token)).toBe(true);
  expect((await house.signIn(person.email, person.passphrase))!.vaultKey).toEqual(person.vaultKey);
  expect((await house.ask(finishRecovery, { body })).status).toBe(200);
});

// Whoever stole a device may have a passkey on it: it must not outlast the recovery.

async function addedPasskey(person: Person): Promise<Authenticator> {
  const key = new Authenticator();
  const confirmation = await house.confirm(person);
  const { options, ticket } = await house.must(startPasskey, {
    token: person.token,
    body: { confirmation },
  });
  const attestation = key.attest({ challenge: String(options["challenge"]) });
  const wrap = wrapped(person.account, `passkey:${key.id}`, random(32), person.vaultKey);
  const body = { ticket, attestation, label: "Phone", wrap };
  await house.must(addPasskey, { token: person.token, body });
  return key;
}

async function usePasskey(key: Authenticator) {
  const { options, ticket } = await house.must(startPasskeySignIn, { body: {} });
  const assertion = key.assert({ challenge: String(options["challenge"]) });
  return () => house.ask(finishPasskeySignIn, { body: { ticket, assertion, label: "Phone" } });
}

test("a recovery removes the account's passkeys with their wraps, and nobody else's", async () => {
  const [person, other] = [await house.join(), await house.join()];
  const [key, second, kept] = [
    await addedPasskey(person),
    await addedPasskey(person),
    await addedPasskey(other),
  ];
  const { body } = await proven(person);
  const recovered = await house.ask(finishRecovery, { body });
  for (const gone of [key, second])
    expect((await (await usePasskey(gone))()).refusal).toEqual({ type: "SignInRefused" });
  const { passkeys, wraps } = await house.must(readAccount, { token: recovered.token });
  expect(passkeys).toEqual([]);
  expect(wraps.map(({ slot }) => slot).toSorted()).toEqual(["passphrase", "phrase"]);
  expect((await (await usePasskey(kept))()).status).toBe(200);
  expect((await house.must(readAccount, { token: other.token })).wraps).toHaveLength(3);
});

test("a recovery that fails in the middle leaves the passkeys as they were", async () => {
  const person = await house.join();
  const key = await addedPasskey(person);
  const { body } = await proven(person);
  const { owner } = house.cluster;
  await owner.query("alter function jobs.enqueue rename to enqueue_hidden");
  const failed = await house.ask(finishRecovery, { body });
  await owner.query("alter function jobs.enqueue_hidden rename to enqueue");
  expect([failed.status, failed.token]).toEqual([500, undefined]);
  expect((await (await usePasskey(key))()).status).toBe(200);
  expect(await isIn(person.token)).toBe(true);
});

test("a sign-in by a passkey in the moment of the recovery doesn't outlast it", async () => {
  const person = await house.join();
  const key = await addedPasskey(person);
  const { body } = await proven(person);
  const use = await usePasskey(key);
  const { owner } = house.cluster;
  // The passkey has been checked, and its use waits to be counted, while the recovery goes on.
  const lock = await owner.connect();
  await lock.query("begin");
  await lock.query("select 1 from identity.passkey where account = $1 for update", [
    person.account,
  ]);
  const signing = use();
  await expect.poll(() => house.waiting(), PATIENT).toBe(1);
  const recovering = house.ask(finishRecovery, { body });
  await expect.poll(() => house.waiting(), PATIENT).toBe(2);
  await lock.query("commit");
  lock.release();
  const [signed, recovered] = [await signing, await recovering];
  expect(recovered.status).toBe(200);
  if (signed.token !== undefined) await expect.poll(() => isIn(signed.token!), PATIENT).toBe(false);
  const { rows } = await owner.query("select label from identity.session where account = $1", [
    person.account,
  ]);
  expect(rows).toEqual([{ label: "New laptop" }]);
});

test("a sign-in with the old passphrase in the moment of the recovery doesn't outlast it", async () => {
  const person = await house.join();
  const { body } = await proven(person);
  const { started, finishLoginRequest } = await house.beginSignIn(person.email, person.passphrase);
  const asked = { ticket: started.ticket, finishLoginRequest: finishLoginRequest!, label: "Old" };
  const { owner } = house.cluster;
  const lock = await owner.connect();
  await lock.query("begin");
  await lock.query("select 1 from vault.wrap where safe = $1 for update", [person.account]);
  // The recovery has changed the passphrase and is not yet done when the old one is shown.
  const recovering = house.ask(finishRecovery, { body });
  await expect.poll(() => house.waiting(), PATIENT).toBe(1);
  const signing = house.ask(finishSignIn, { body: asked });
  await expect.poll(() => house.waiting(), PATIENT).toBe(2);
  await lock.query("commit");
  lock.release();
  expect((await recovering).status).toBe(200);
  expect((await signing).refusal).toEqual({ type: "SignInRefused" });
});

test("a wrong signature is refused: of another phrase, of another challenge, altered or empty", async () => {
  const person = await house.join();
  const wrongs = [
    (challenge: Uint8Array) => signRecovery(random(32), challenge),
    () => signRecovery(person.entropy, random(32)),
    (challenge: Uint8Array) => signRecovery(person.entropy, challenge).with(3, 0).with(4, 0),
    () => random(64),
    () => new Uint8Array(64),
  ];
  for (const wrong of wrongs) {
    const { proven } = await house.proveRecovery(person.email, person.entropy, FRESH, (challenge) =>
      Uint8Array.from(wrong(challenge)),
    );
    expect(proven.refusal).toEqual({ type: "RecoveryRefused" });
  }
  expect(await house.letters()).toEqual([]);
});

test("a good signature on one challenge does not do for another ticket", async () => {
  const person = await house.join();
  const { started, begun } = await house.proveRecovery(person.email, random(32), FRESH);
  const later = await house.must(startRecovery, { body: { email: person.email } });
  expect(later.challenge).not.toBe(started.challenge);
  const challenge = Uint8Array.from(Buffer.from(started.challenge, "base64url"));
  const signature = bytesToBase64url(signRecovery(person.entropy, challenge));
  const { registrationRequest } = begun;
  const prove = (ticket: string) =>
    house.refusal(proveRecovery, { body: { ticket, signature, registrationRequest } });
  expect(await prove(later.ticket)).toBe("RecoveryRefused");
  expect(await prove(started.ticket)).toBeNull();
});

test("a known and an unknown address are answered alike, from the challenge to the refusal", async () => {
  const person = await house.join();
  // Of one length, as the address is sealed into the ticket.
  const emails = [person.email, person.email.replace("person", "nobody")];
  const told = await Promise.all(
    emails.map((email) => house.proveRecovery(email, random(32), FRESH)),
  );
  const [known, unknown] = told;
  expect(known!.started.ticket).toHaveLength(unknown!.started.ticket.length);
  expect(known!.started.challenge).toHaveLength(unknown!.started.challenge.length);
  expect([known!.proven.status, known!.proven.text]).toEqual([
    unknown!.proven.status,
    unknown!.proven.text,
  ]);
});

test("an address is found however it is written", async () => {
  const person = await house.join();
  const { proven } = await house.proveRecovery(person.email.toUpperCase(), person.entropy, FRESH);
  expect(proven.answer?.account).toBe(person.account);
});

test("ten tries a minute for one address", async () => {
  const person = await house.join();
  const statuses: number[] = [];
  for (let tries = 0; tries < 12; tries++) {
    const { proven } = await house.proveRecovery(person.email, random(32), FRESH);
    statuses.push(proven.status);
  }
  expect(statuses).toEqual([...Array(10).fill(403), 429, 429]);
});

test("each half may take a quarter of an hour, and no longer", async () => {
  const person = await house.join();
  const { body } = await proven(person);
  house.clock.at += 900_001;
  expect(await house.refusal(finishRecovery, { body })).toBe("TicketExpired");
  house.clock.at -= 1;
  expect(await house.refusal(finishRecovery, { body })).toBeNull();
});

test("a sheet that was replaced opens nothing any more, also where it was shown before", async () => {
  const person = await house.join();
  const begun = await proven(person);
  const entropy = random(32);
  await house.must(changeRecoverySheet, {
    token: person.token,
    body: {
      confirmation: await house.confirm(person),
      recoveryKey: bytesToBase64url(recoveryPublicKey(entropy)),
      phraseWrap: wrapped(person.account, "phrase", entropy, person.vaultKey),
    },
  });
  expect(await house.refusal(finishRecovery, { body: begun.body })).toBe("RecoveryRefused");
  const { proven: refused } = await house.proveRecovery(person.email, person.entropy, FRESH);
  expect(refused.refusal).toEqual({ type: "RecoveryRefused" });
  expect((await proven({ ...person, entropy })).account).toBe(person.account);
});

test("the first half's ticket does not do for the second, nor the other way round", async () => {
  const person = await house.join();
  const { started, proven: answered } = await house.proveRecovery(
    person.email,
    person.entropy,
    FRESH,
  );
  const { body } = await proven(person);
  expect(await house.refusal(finishRecovery, { body: { ...body, ticket: started.ticket } })).toBe(
    "TicketExpired",
  );
  const registrationRequest = "A".repeat(43);
  const signature = bytesToBase64url(new Uint8Array(64));
  const { ticket } = answered.answer!;
  expect(
    await house.refusal(proveRecovery, { body: { ticket, signature, registrationRequest } }),
  ).toBe("TicketExpired");
});
