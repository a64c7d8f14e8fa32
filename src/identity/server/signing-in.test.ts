import { client } from "@serenity-kit/opaque";
import { expect, test } from "vitest";
import { withIdentity } from "../../../tests/identity.ts";
import {
  changePassphrase,
  finishConfirmation,
  finishSignIn,
  readAccount,
  startConfirmation,
  startSignIn,
} from "../contract.ts";

const house = withIdentity();

const start = (email: string, startLoginRequest: string) =>
  house.ask(startSignIn, { body: { email, startLoginRequest } });
const loginRequest = (password: string) => client.startLogin({ password }).startLoginRequest;
/** As long as a true one, and as nothing. */
const FALSE_PROOF = Buffer.alloc(64, 7).toString("base64url");

test("the passphrase gives a session and opens the vault key; the server says nothing else", async () => {
  const person = await house.join();
  const signed = await house.signIn(person.email, person.passphrase);
  expect(signed).toMatchObject({ account: person.account, failedSignIns: 0 });
  expect(signed!.vaultKey).toEqual(person.vaultKey);
  expect(await house.must(readAccount, { token: signed!.token })).toMatchObject({
    id: person.account,
    email: person.email,
  });
  expect(signed!.token).not.toBe(person.token);
});

test("an address is found however it is written", async () => {
  const person = await house.join();
  const written = `  ${person.email.toUpperCase()} `;
  expect(await house.signIn(written, person.passphrase)).toMatchObject({ account: person.account });
});

test("a wrong passphrase shows on the device, and a false proof is refused by the server", async () => {
  const person = await house.join();
  const wrong = await house.beginSignIn(person.email, "not the one it was");
  expect(wrong.finishLoginRequest).toBeNull();
  const body = { ticket: wrong.started.ticket, finishLoginRequest: FALSE_PROOF, label: "Laptop" };
  const told = await house.ask(finishSignIn, { body });
  expect([told.status, told.refusal, told.token]).toEqual([
    403,
    { type: "SignInRefused" },
    undefined,
  ]);
});

// Nobody learns who is here -----------------------------------------------------------------------

test("a known and an unknown address are answered in the same shape and length", async () => {
  const person = await house.join();
  const request = loginRequest("not the one it was");
  const told = await Promise.all(
    [person.email, "nobody@mail.example"].map((email) => start(email, request)),
  );
  const [known, unknown] = told;
  expect([known!.status, unknown!.status]).toEqual([200, 200]);
  expect(Object.keys(known!.answer!)).toEqual(Object.keys(unknown!.answer!));
  expect(known!.text).toHaveLength(unknown!.text.length);
  expect(known!.answer!.ticket).toHaveLength(unknown!.answer!.ticket.length);
  expect(Object.keys(known!.headers)).toEqual(Object.keys(unknown!.headers));
  expect(known!.headers["content-length"]).toBe(unknown!.headers["content-length"]);
});

test("known and unknown are refused in the same words at the end", async () => {
  const person = await house.join();
  const told = [];
  for (const email of [person.email, "nobody@mail.example"]) {
    const { started } = await house.beginSignIn(email, "not the one it was");
    const body = { ticket: started.ticket, finishLoginRequest: FALSE_PROOF, label: "Laptop" };
    told.push(await house.ask(finishSignIn, { body }));
  }
  expect(told.map(({ status, text }) => ({ status, text }))).toEqual([
    { status: 403, text: '{"refusal":{"type":"SignInRefused"}}' },
    { status: 403, text: '{"refusal":{"type":"SignInRefused"}}' },
  ]);
});

test("no question goes to the database before the proof held, so time tells nothing", async () => {
  const person = await house.join();
  const { started } = await house.beginSignIn(person.email, "not the one it was");
  const body = { ticket: started.ticket, finishLoginRequest: FALSE_PROOF, label: "Laptop" };
  await house.cluster.owner.query("alter table identity.account rename to hidden");
  const told = await house.ask(finishSignIn, { body });
  await house.cluster.owner.query("alter table identity.hidden rename to account");
  expect(told.refusal).toEqual({ type: "SignInRefused" });
});

test("asking twice tells nothing: the same request meets the same key, known or not", async () => {
  const person = await house.join();
  // RFC 9807, CredentialResponse: the evaluated element is the first 32 bytes.
  const element = async (email: string, request: string) =>
    Buffer.from((await start(email, request)).answer!.loginResponse, "base64url")
      .subarray(0, 32)
      .toString("hex");
  for (const email of [person.email, "nobody@mail.example"]) {
    const request = loginRequest("one try");
    const first = await element(email, request);
    expect(await element(email, request)).toBe(first);
    expect(await element(email, loginRequest("one try"))).not.toBe(first);
  }
  const request = loginRequest("one try");
  expect(await element("nobody@mail.example", request)).not.toBe(
    await element("somebody@mail.example", request),
  );
});

test("ten tries a minute for one address, from wherever they come, known or not", async () => {
  const person = await house.join();
  for (const email of [person.email, "nobody@mail.example"]) {
    const told = [];
    for (let tries = 0; tries < 12; tries++) told.push(await start(email, loginRequest("guess")));
    expect(told.map(({ status }) => status)).toEqual([...Array(10).fill(200), 429, 429]);
    expect(told.at(-1)!.refusal).toEqual({ type: "TooMany", detail: { seconds: 6 } });
  }
});

test("tries that came to nothing are told at the next sign-in, and then forgotten", async () => {
  const person = await house.join();
  for (let tries = 0; tries < 3; tries++) await house.beginSignIn(person.email, "a wrong guess");
  const failures = async () =>
    (
      await house.cluster.owner.query<{ failed_sign_ins: number }>(
        "select failed_sign_ins from identity.account where id = $1",
        [person.account],
      )
    ).rows[0]!.failed_sign_ins;
  await expect.poll(failures).toBe(3);
  // The try itself is counted at its beginning, in its own time.
  const signIn = async (counted: number) => {
    const { started, finishLoginRequest } = await house.beginSignIn(
      person.email,
      person.passphrase,
    );
    await expect.poll(failures).toBe(counted);
    const { ticket } = started;
    return house.must(finishSignIn, {
      body: { ticket, finishLoginRequest: finishLoginRequest!, label: "Laptop" },
    });
  };
  expect(await signIn(4)).toMatchObject({ failedSignIns: 3 });
  expect(await failures()).toBe(0);
  expect(await signIn(1)).toMatchObject({ failedSignIns: 0 });
});

// Tickets -----------------------------------------------------------------------------------------

test("a sign-in may take two minutes, and no longer", async () => {
  const person = await house.join();
  const { started, finishLoginRequest } = await house.beginSignIn(person.email, person.passphrase);
  const body = {
    ticket: started.ticket,
    finishLoginRequest: finishLoginRequest!,
    label: "Laptop",
  };
  house.clock.at += 120_001;
  expect(await house.refusal(finishSignIn, { body })).toBe("TicketExpired");
  house.clock.at -= 1;
  expect(await house.refusal(finishSignIn, { body })).toBeNull();
});

test("the proof of one sign-in is worth nothing with another's ticket", async () => {
  const [one, other] = [await house.join(), await house.join()];
  const first = await house.beginSignIn(one.email, one.passphrase);
  const second = await house.beginSignIn(other.email, other.passphrase);
  const again = await house.beginSignIn(one.email, one.passphrase);
  for (const { started } of [second, again]) {
    const { ticket } = started;
    const body = { ticket, finishLoginRequest: first.finishLoginRequest!, label: "Laptop" };
    expect(await house.refusal(finishSignIn, { body })).toBe("SignInRefused");
  }
});

test("a sign-in begun with the old passphrase ends with the passphrase", async () => {
  const person = await house.join();
  const begun = await house.beginSignIn(person.email, person.passphrase);
  const confirmation = await house.confirm(person);
  const fresh = await house.newPassphrase(person, "another set of words");
  await house.must(changePassphrase, { token: person.token, body: { confirmation, ...fresh } });
  const { ticket } = begun.started;
  const body = { ticket, finishLoginRequest: begun.finishLoginRequest!, label: "Laptop" };
  expect(await house.refusal(finishSignIn, { body })).toBe("SignInRefused");
});

test("what is no OPAQUE message is told as bad input, for known and unknown alike", async () => {
  const person = await house.join();
  const told = await Promise.all(
    [person.email, "nobody@mail.example"].map((email) => start(email, "AAAA")),
  );
  expect(told[0]!.text).toBe(told[1]!.text);
  expect(told[0]!.refusal).toEqual({ type: "BadInput", detail: { field: "startLoginRequest" } });
});

// Confirming --------------------------------------------------------------------------------------

test("a confirmation shows that the person at the device knows the passphrase", async () => {
  const person = await house.join();
  const { started, finishLoginRequest, exportKey } = await house.beginConfirmation(person);
  const { ticket } = started;
  const body = { ticket, finishLoginRequest: finishLoginRequest! };
  const told = await house.ask(finishConfirmation, { token: person.token, body });
  expect(told.answer!.wraps.map(({ slot }) => slot).toSorted()).toEqual(["passphrase", "phrase"]);
  expect(exportKey).not.toBeNull();
  // No new session: this one goes on.
  expect(told.token).toBeUndefined();
});

test("nobody confirms for somebody else, nor with a false proof", async () => {
  const [person, other] = [await house.join(), await house.join()];
  const { started, finishLoginRequest } = await house.beginConfirmation(person);
  const { ticket } = started;
  const confirm = (token: string, proof: string) =>
    house.refusal(finishConfirmation, { token, body: { ticket, finishLoginRequest: proof } });
  expect(await confirm(other.token, finishLoginRequest!)).toBe("SignInRefused");
  expect(await confirm(person.token, FALSE_PROOF)).toBe("SignInRefused");
  expect(await confirm(person.token, finishLoginRequest!)).toBeNull();
  expect(
    await house.refusal(startConfirmation, {
      body: { startLoginRequest: loginRequest(person.passphrase) },
    }),
  ).toBe("NotSignedIn");
});
