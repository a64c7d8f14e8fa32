import pg from "pg";
import { expect, test } from "vitest";
import { bytesToBase64url } from "#platform/bytes.ts";
import { recoveryPublicKey } from "#vault/recovery.ts";
import { writeRecord } from "#vault/contract.ts";
import { random, unwrapped, withIdentity, wrapped, type Person } from "../../../tests/identity.ts";
import {
  changeAccount,
  changePassphrase,
  changeRecoverySheet,
  deleteAccount,
  finishEmailChange,
  lookInvitation,
  readAccount,
  startEmailChange,
} from "../contract.ts";

const house = withIdentity();
/** Until statements that were sent have come to the lock that they wait for. */
const PATIENT = { timeout: 15_000 };
const FRESH = "another set of plain words";
const read = (token: string) => house.must(readAccount, { token });

test("the account is presented field by field, and no field of the row but these leaves", async () => {
  const person = await house.join(["coach"]);
  const account = await read(person.token);
  expect(account).toEqual({
    id: person.account,
    name: "Somebody",
    stage: "attending",
    roles: ["coach"],
    email: person.email,
    addressConfirmed: true,
    weeklyLetter: false,
    timeZone: "Europe/Berlin",
    passkeys: [],
    wraps: [
      { slot: expect.any(String) as string, sealed: expect.any(String) as string },
      { slot: expect.any(String) as string, sealed: expect.any(String) as string },
    ],
  });
});

test("what to be called, the stage and the zone can be changed, and nothing besides", async () => {
  const person = await house.join();
  const body = { name: " Ada ", stage: "leader", timeZone: "America/Chicago" } as const;
  await house.must(changeAccount, { token: person.token, body });
  expect(await read(person.token)).toMatchObject({
    name: "Ada",
    stage: "leader",
    timeZone: "America/Chicago",
  });
  const roles = { ...body, roles: ["steward"] };
  expect(await house.refusal(changeAccount, { token: person.token, body: roles })).toBe("BadInput");
  expect((await read(person.token)).roles).toEqual([]);
});

// Passphrase and sheet ----------------------------------------------------------------------------

test("a new passphrase and its wrap change in one transaction", async () => {
  const person = await house.join();
  const confirmation = await house.confirm(person);
  const fresh = await house.newPassphrase(person, FRESH);
  const body = { confirmation, ...fresh };
  await house.cluster.owner.query(
    "alter table vault.wrap add constraint broken check (slot = 'phrase') not valid",
  );
  const failed = await house.ask(changePassphrase, { token: person.token, body });
  await house.cluster.owner.query("alter table vault.wrap drop constraint broken");
  expect(failed.status).toBe(500);
  expect((await house.signIn(person.email, person.passphrase))!.vaultKey).toEqual(person.vaultKey);
  await house.must(changePassphrase, { token: person.token, body });
  expect(await house.signIn(person.email, person.passphrase)).toBeNull();
  expect((await house.signIn(person.email, FRESH))!.vaultKey).toEqual(person.vaultKey);
});

test("a new recovery sheet takes the place of the old one, key and wrap together", async () => {
  const person = await house.join();
  const entropy = random(32);
  await house.must(changeRecoverySheet, {
    token: person.token,
    body: {
      confirmation: await house.confirm(person),
      recoveryKey: bytesToBase64url(recoveryPublicKey(entropy)),
      phraseWrap: wrapped(person.account, "phrase", entropy, person.vaultKey),
    },
  });
  const old = await house.proveRecovery(person.email, person.entropy, FRESH);
  expect(old.proven.refusal).toEqual({ type: "RecoveryRefused" });
  const { proven } = await house.proveRecovery(person.email, entropy, FRESH);
  expect(unwrapped(person.account, "phrase", entropy, proven.answer!.wrap)).toEqual(
    person.vaultKey,
  );
});

test("another account's confirmation, an old one and a ticket of another kind confirm nothing", async () => {
  const [person, other] = [await house.join(), await house.join()];
  const fresh = await house.newPassphrase(person, FRESH);
  const own = await house.confirm(person);
  const login = (await house.beginConfirmation(person)).started.ticket;
  const change = (confirmation: string) =>
    house.refusal(changePassphrase, { token: person.token, body: { confirmation, ...fresh } });
  expect(await change(await house.confirm(other))).toBe("NotConfirmed");
  expect(await change(login)).toBe("NotConfirmed");
  house.clock.at += 300_001;
  expect(await change(own)).toBe("NotConfirmed");
  house.clock.at -= 1;
  expect(await change(own)).toBeNull();
});

// The address -------------------------------------------------------------------------------------

async function beginEmailChange(person: Person, email: string) {
  const confirmation = await house.confirm(person);
  return house.must(startEmailChange, { token: person.token, body: { confirmation, email } });
}

test("the address changes with the code that came to the new one, and the old one hears of it", async () => {
  const person = await house.join();
  const email = house.newEmail();
  const { ticket } = await beginEmailChange(person, email);
  expect((await read(person.token)).email).toBe(person.email);
  const code = await house.digitsSentTo(email);
  await house.must(finishEmailChange, { token: person.token, body: { ticket, code } });
  expect((await read(person.token)).email).toBe(email);
  expect((await house.signIn(email, person.passphrase))!.vaultKey).toEqual(person.vaultKey);
  const old = await house.beginSignIn(person.email, person.passphrase);
  expect(old.finishLoginRequest).toBeNull();
  expect(await house.lettersTo(person.email)).toMatchObject([
    { template: "address-changed", fields: { day: "3 March 2031" } },
  ]);
  expect(await house.tablesWith(email)).toEqual([]);
});

test("a wrong code, another member's ticket and an old ticket change nothing", async () => {
  const [person, other] = [await house.join(), await house.join()];
  const email = house.newEmail();
  const { ticket } = await beginEmailChange(person, email);
  const code = await house.digitsSentTo(email);
  const finish = (token: string, body: { ticket: string; code: string }) =>
    house.refusal(finishEmailChange, { token, body });
  const wrong = code.replace(/\d$/, (last) => String((Number(last) + 1) % 10));
  expect(await finish(person.token, { ticket, code: wrong })).toBe("WrongCode");
  expect(await finish(other.token, { ticket, code })).toBe("TicketExpired");
  house.clock.at += 1800_001;
  expect(await finish(person.token, { ticket, code })).toBe("TicketExpired");
  expect((await read(person.token)).email).toBe(person.email);
});

test("an address that is somebody's is answered as a free one; its owner gets a letter without a code", async () => {
  const [person, known] = [await house.join(), await house.join()];
  const free = known.email.replace("person", "nobody");
  const forKnown = await beginEmailChange(person, known.email);
  const forFree = await beginEmailChange(person, free);
  expect(forKnown.ticket).toHaveLength(forFree.ticket.length);
  expect(await house.lettersTo(known.email)).toMatchObject([{ template: "already-here" }]);
  expect(await house.lettersTo(free)).toMatchObject([{ template: "address-check" }]);
});

test("of two who take one address at once the later is told that the code is wrong", async () => {
  const [one, other] = [await house.join(), await house.join()];
  const email = house.newEmail();
  const begun = [];
  for (const person of [one, other]) {
    const { ticket } = await beginEmailChange(person, email);
    begun.push({ token: person.token, body: { ticket, code: await house.digitsSentTo(email) } });
  }
  const told = await Promise.all(begun.map((asked) => house.refusal(finishEmailChange, asked)));
  expect(told.toSorted()).toEqual([null, "WrongCode"].toSorted());
  expect(house.defects).toEqual([]);
});

test("a letter on its way says neither to whom nor what", async () => {
  const person = await house.join();
  const email = house.newEmail();
  await beginEmailChange(person, email);
  const code = await house.digitsSentTo(email);
  for (const word of [email, code, code.replace(" ", ""), "address-check"])
    expect(await house.tablesWith(word)).toEqual([]);
});

// Leaving -----------------------------------------------------------------------------------------

test("a deleted account leaves no row in any table, no letter on its way, and no way in", async () => {
  const [person, stays] = [await house.join(), await house.join()];
  const params = {
    collection: bytesToBase64url(random(16)),
    id: bytesToBase64url(random(16)),
  };
  const sealed = random(300);
  const body = { version: 1, sealed: bytesToBase64url(sealed) };
  await house.must(writeRecord, { token: person.token, params, body });
  await beginEmailChange(person, house.newEmail());
  expect(await house.tablesWith(person.account)).toEqual([
    "graphile_worker._private_jobs",
    "identity.account",
    "identity.session",
    "vault.record",
    "vault.safe",
    "vault.wrap",
  ]);
  const confirmation = await house.confirm(person);
  const told = await house.ask(deleteAccount, { token: person.token, body: { confirmation } });
  expect(told.answer).toEqual({});
  expect(String(told.headers["set-cookie"])).toMatch(/^__Secure-callroom=;/);
  expect(await house.tablesWith(person.account)).toEqual([]);
  expect(await house.tablesWith(Buffer.from(sealed).toString("hex"))).toEqual([]);
  expect(await house.letters()).toEqual([]);
  expect(await house.refusal(readAccount, { token: person.token })).toBe("NotSignedIn");
  const again = await house.beginSignIn(person.email, person.passphrase);
  expect(again.finishLoginRequest).toBeNull();
  expect((await read(stays.token)).id).toBe(stays.account);
  // The address is free again.
  expect((await house.join([], person.email)).account).not.toBe(person.account);
});

test("a deletion that fails in the middle deletes nothing", async () => {
  const person = await house.join();
  const confirmation = await house.confirm(person);
  await house.cluster.owner.query(
    "create function hold() returns trigger language plpgsql as $$ begin raise 'held'; end $$; create trigger hold before delete on identity.account execute function hold()",
  );
  const told = await house.ask(deleteAccount, { token: person.token, body: { confirmation } });
  await house.cluster.owner.query("drop function hold cascade");
  expect(told.status).toBe(500);
  expect(await house.tablesWith(person.account)).toContain("vault.wrap");
  expect((await house.signIn(person.email, person.passphrase))!.vaultKey).toEqual(person.vaultKey);
});

test("the last steward can't leave, one of two can", async () => {
  const first = await house.join(["steward"]);
  const leave = async (person: Person) =>
    house.refusal(deleteAccount, {
      token: person.token,
      body: { confirmation: await house.confirm(person) },
    });
  expect(await leave(first)).toBe("LastSteward");
  const second = await house.join(["steward"]);
  expect(await leave(first)).toBeNull();
  expect(await leave(second)).toBe("LastSteward");
});

test("of the last two stewards who leave at once one stays, signed in", async () => {
  // Others of this file's stewards have gone or would be left over.
  await house.cluster.owner.query("update identity.account set roles = '{}'");
  const pair = [await house.join(["steward"]), await house.join(["steward"])];
  const bodies = await Promise.all(
    pair.map(async (person) => ({ confirmation: await house.confirm(person) })),
  );
  // Both have come so far as to write, and neither has gone yet.
  const { owner } = house.cluster;
  const lock = new pg.Client(owner.options);
  await lock.connect();
  await lock.query("begin; lock table identity.account in share row exclusive mode");
  const leaving = pair.map(({ token }, nth) =>
    house.ask(deleteAccount, { token, body: bodies[nth]! }),
  );
  await expect.poll(() => house.waiting(lock), PATIENT).toBe(2);
  await lock.query("commit");
  await lock.end();
  const told = await Promise.all(leaving);
  expect(told.map(({ refusal }) => refusal?.type ?? null).toSorted()).toEqual([
    "LastSteward",
    null,
  ]);
  const stays = pair[told.findIndex(({ refusal }) => refusal !== null)]!;
  expect((await read(stays.token)).roles).toEqual(["steward"]);
  const { rows } = await owner.query(
    "select id from identity.account where 'steward' = any(roles)",
  );
  expect(rows).toEqual([{ id: stays.account }]);
  expect(house.defects).toEqual([]);
});

test("a deletion asked for twice at once is one, and no defect", async () => {
  const person = await house.join();
  const body = { confirmation: await house.confirm(person) };
  const told = await Promise.all(
    [1, 2, 3].map(() => house.ask(deleteAccount, { token: person.token, body })),
  );
  expect(told.map(({ status }) => status)).toContain(200);
  for (const { status } of told) expect([200, 401]).toContain(status);
  expect(house.defects).toEqual([]);
  expect(await house.tablesWith(person.account)).toEqual([]);
});

test("an invitation outlives the account of somebody else's address", async () => {
  const person = await house.join();
  const code = await house.invite({ email: house.newEmail() });
  await house.must(deleteAccount, {
    token: person.token,
    body: { confirmation: await house.confirm(person) },
  });
  expect((await house.ask(lookInvitation, { body: { code } })).status).toBe(200);
});
