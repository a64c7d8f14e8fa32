import { expect, test } from "vitest";
import { bytesToBase64url } from "#platform/bytes.ts";
import { recoveryPublicKey } from "#vault/recovery.ts";
import { Authenticator } from "../../../tests/authenticator.ts";
import { random, withIdentity, wrapped, type Person } from "../../../tests/identity.ts";
import {
  addPasskey,
  changePassphrase,
  changeRecoverySheet,
  dropPasskey,
  finishEmailChange,
  startEmailChange,
  startPasskey,
} from "../contract.ts";

const house = withIdentity();
/** Until statements that were sent have come to the lock that they wait for. */
const PATIENT = { timeout: 15_000 };
const TODAY = { day: "3 March 2031" };

async function passkeyBody(person: Person, key: Authenticator) {
  const confirmation = await house.confirm(person);
  const { options, ticket } = await house.must(startPasskey, {
    token: person.token,
    body: { confirmation },
  });
  const attestation = key.attest({ challenge: String(options["challenge"]) });
  const wrap = wrapped(person.account, `passkey:${key.id}`, random(32), person.vaultKey);
  return { ticket, attestation, label: "Phone", wrap };
}

async function sheetBody(person: Person) {
  const entropy = random(32);
  return {
    confirmation: await house.confirm(person),
    recoveryKey: bytesToBase64url(recoveryPublicKey(entropy)),
    phraseWrap: wrapped(person.account, "phrase", entropy, person.vaultKey),
  };
}

async function passphraseBody(person: Person) {
  const confirmation = await house.confirm(person);
  return { confirmation, ...(await house.newPassphrase(person, "another set of plain words")) };
}

/** What each change sends, as often as it is asked for at once. */
const changes: Readonly<
  Record<string, (person: Person) => Promise<() => Promise<{ readonly status: number }>>>
> = {
  "passkey-added": async (person) => {
    const body = await passkeyBody(person, new Authenticator());
    return () => house.ask(addPasskey, { token: person.token, body });
  },
  "passkey-removed": async (person) => {
    const key = new Authenticator();
    const body = await passkeyBody(person, key);
    await house.must(addPasskey, { token: person.token, body });
    await house.cluster.owner.query("truncate graphile_worker._private_jobs");
    return () => house.ask(dropPasskey, { token: person.token, params: { id: key.id } });
  },
  "passphrase-changed": async (person) => {
    const body = await passphraseBody(person);
    return () => house.ask(changePassphrase, { token: person.token, body });
  },
  "sheet-changed": async (person) => {
    const body = await sheetBody(person);
    return () => house.ask(changeRecoverySheet, { token: person.token, body });
  },
};

test.each(Object.entries(changes))(
  "%s is told to the account's address once, however often it was asked for",
  async (template, prepare) => {
    const [person, stranger] = [await house.join(), await house.join()];
    const change = await prepare(person);
    const told = await Promise.all([change(), change(), change()]);
    expect(told.map(({ status }) => status)).toContain(200);
    await change();
    expect(await house.letters()).toEqual([{ template, to: person.email, fields: TODAY }]);
    expect(await house.lettersTo(stranger.email)).toEqual([]);
    expect(house.defects).toEqual([]);
  },
);

test.each(Object.entries(changes))(
  "where the letter of %s can't be kept, nothing is changed",
  async (_, prepare) => {
    const person = await house.join();
    const change = await prepare(person);
    const { owner } = house.cluster;
    const state = async () =>
      (
        await owner.query(
          `select a.*, (select array_agg(w order by slot) from vault.wrap w where w.safe = a.id)::text as wraps,
             (select array_agg(p.id) from identity.passkey p where p.account = a.id) as passkeys
           from identity.account a where id = $1`,
          [person.account],
        )
      ).rows;
    const before = await state();
    await owner.query("alter function jobs.enqueue rename to enqueue_hidden");
    const failed = await change();
    await owner.query("alter function jobs.enqueue_hidden rename to enqueue");
    expect(failed.status).toBe(500);
    expect(await state()).toEqual(before);
    expect((await change()).status).toBe(200);
    expect(await state()).not.toEqual(before);
  },
);

test("removing a passkey that is somebody else's, or nobody's, is told to nobody", async () => {
  const [person, other] = [await house.join(), await house.join()];
  const key = new Authenticator();
  await house.must(addPasskey, { token: person.token, body: await passkeyBody(person, key) });
  await house.cluster.owner.query("truncate graphile_worker._private_jobs");
  for (const id of [key.id, new Authenticator().id])
    await house.must(dropPasskey, { token: other.token, params: { id } });
  expect(await house.letters()).toEqual([]);
});

test("a change of address asked for twice is one, and the new address doesn't hear that it was replaced", async () => {
  const person = await house.join();
  const email = house.newEmail();
  const confirmation = await house.confirm(person);
  const { ticket } = await house.must(startEmailChange, {
    token: person.token,
    body: { confirmation, email },
  });
  const body = { ticket, code: await house.digitsSentTo(email) };
  const finish = () => house.ask(finishEmailChange, { token: person.token, body });
  const told = await Promise.all([finish(), finish(), finish()]);
  expect(told.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await house.lettersTo(person.email)).toMatchObject([{ template: "address-changed" }]);
  expect(await house.lettersTo(email)).toMatchObject([{ template: "address-check" }]);
});

test("whoever was shut out in this moment changes nothing any more, and nobody is told", async () => {
  const person = await house.join();
  const requests = [
    await changes["passkey-added"]!(person),
    await changes["passphrase-changed"]!(person),
    await changes["sheet-changed"]!(person),
  ];
  const { owner } = house.cluster;
  // As a recovery does it: while it holds the account, the requests of a session that it ends have come in already.
  const recovery = await owner.connect();
  await recovery.query("begin");
  await recovery.query("select 1 from identity.account where id = $1 for no key update", [
    person.account,
  ]);
  const asked = requests.map((ask) => ask());
  await expect.poll(() => house.waiting(), PATIENT).toBe(requests.length);
  await recovery.query("delete from identity.session where account = $1", [person.account]);
  await recovery.query("commit");
  recovery.release();
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([401, 401, 401]);
  expect(await house.letters()).toEqual([]);
  expect(await house.signIn(person.email, person.passphrase)).not.toBeNull();
});
