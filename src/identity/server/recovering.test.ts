import { expect, test } from "vitest";
import { bytesToBase64url } from "#platform/bytes.ts";
import { recoveryPublicKey, signRecovery } from "#vault/recovery.ts";
import { random, unwrapped, withIdentity, wrapped, type Person } from "../../../tests/identity.ts";
import {
  changeRecoverySheet,
  finishRecovery,
  proveRecovery,
  readAccount,
  startRecovery,
} from "../contract.ts";
import { makeSessions } from "./sessions.ts";

const house = withIdentity();
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
