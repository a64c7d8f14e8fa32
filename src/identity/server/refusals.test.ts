/**
 * Every refusal that identity's and the vault's contracts declare is reached here, one line each; those of
 * verification in verification-refusals.test.ts.
 */
import { expect, test } from "vitest";
import * as vault from "#vault/contract.ts";
import { SAFE_BYTES } from "#vault/server/store.ts";
import { bytesToBase64url } from "#platform/bytes.ts";
import type { AnyRoute } from "#platform/contract.ts";
import { Authenticator } from "../../../tests/authenticator.ts";
import { random, withIdentity, type Person } from "../../../tests/identity.ts";
import * as identity from "../contract.ts";
import { readVerification } from "../standing-contract.ts";
import * as verification from "../verification-contract.ts";

const house = withIdentity();

const isRoute = (value: unknown): value is AnyRoute =>
  typeof value === "object" && value !== null && "refusals" in value && "path" in value;
const exported: readonly unknown[] = [...Object.values(identity), ...Object.values(vault)];
const routes = exported.filter(isRoute);
const allRoutes = [
  ...routes,
  readVerification,
  ...Object.values<unknown>(verification).filter(isRoute),
];
const declared = routes.flatMap((route) =>
  Object.entries(route.refusals).map(([type, status]) => ({ name: route.name, type, status })),
);

type Told = Promise<{ status: number; refusal: { type: string } | null }>;
const ask: typeof house.ask = (route, asked) => house.ask(route, asked);

const NO_TICKET = "A".repeat(80);
const NO_CODE = "2".repeat(20);
const MESSAGE = "A".repeat(86);
const WRAP = bytesToBase64url(random(72));
const KEY = bytesToBase64url(random(32));
const FALSE_ASSERTION = { id: "AAAA" };

async function joining(over: { code?: string } = {}) {
  const email = house.newEmail();
  const code = over.code ?? (await house.invite({ email }));
  return (await house.beginJoining(code, email, "plain words kept well")).body;
}
const expired = { ticket: NO_TICKET };
const as = async <Extra extends object>(extra: (person: Person) => Extra | Promise<Extra>) => {
  const person = await house.join();
  return { token: person.token, ...(await extra(person)) };
};
const unconfirmed = <Body extends object>(body: Body) =>
  as(() => ({ body: { confirmation: NO_TICKET, ...body } }));
const record = async (safe: string, version: number) => ({
  token: safe,
  params: { collection: bytesToBase64url(random(16)), id: bytesToBase64url(random(16)) },
  body: { version, sealed: bytesToBase64url(random(40)) },
});

const reached: Readonly<Record<string, () => Told>> = {
  "setUpCommunity LinkNotValid": () =>
    ask(identity.setUpCommunity, {
      body: { token: "no", name: "A house", country: "DE", floor: 8, sample: false },
    }),
  "lookInvitation InvitationNotValid": () =>
    ask(identity.lookInvitation, { body: { code: NO_CODE } }),
  "startRegistration InvitationNotValid": () =>
    ask(identity.startRegistration, {
      body: { code: NO_CODE, email: house.newEmail(), registrationRequest: MESSAGE },
    }),
  "finishRegistration InvitationNotValid": async () => {
    const body = await joining();
    await house.cluster.owner.query("delete from identity.invitation");
    return ask(identity.finishRegistration, { body });
  },
  "finishRegistration WrongCode": async () => {
    const body = await joining({ code: await house.roster(1) });
    return ask(identity.finishRegistration, { body: { ...body, addressCode: "0000 0000" } });
  },
  "finishRegistration TicketExpired": async () =>
    ask(identity.finishRegistration, { body: { ...(await joining()), ...expired } }),
  "finishRegistration AlreadyHere": async () => {
    const { email } = await house.join();
    const code = await house.invite({ email });
    const { body } = await house.beginJoining(code, email, "plain words kept well");
    return ask(identity.finishRegistration, { body });
  },
  "finishSignIn SignInRefused": async () => {
    const { started } = await house.beginSignIn("nobody@mail.example", "a wrong guess");
    const { ticket } = started;
    return ask(identity.finishSignIn, {
      body: { ticket, finishLoginRequest: MESSAGE, label: "Laptop" },
    });
  },
  "finishSignIn TicketExpired": () =>
    ask(identity.finishSignIn, {
      body: { ...expired, finishLoginRequest: MESSAGE, label: "Laptop" },
    }),
  "finishPasskeySignIn SignInRefused": async () => {
    const { ticket } = await house.must(identity.startPasskeySignIn, { body: {} });
    return ask(identity.finishPasskeySignIn, {
      body: { ticket, assertion: FALSE_ASSERTION, label: "Phone" },
    });
  },
  "finishPasskeySignIn TicketExpired": () =>
    ask(identity.finishPasskeySignIn, {
      body: { ...expired, assertion: FALSE_ASSERTION, label: "Phone" },
    }),
  "startPasskey NotConfirmed": async () => ask(identity.startPasskey, await unconfirmed({})),
  "addPasskey PasskeyRefused": async () =>
    ask(
      identity.addPasskey,
      await as(async (person) => {
        const confirmation = await house.confirm(person);
        const { token } = person;
        const { ticket } = await house.must(identity.startPasskey, {
          token,
          body: { confirmation },
        });
        const attestation = new Authenticator().attest({ challenge: "another" });
        return { body: { ticket, attestation, label: "Phone", wrap: null } };
      }),
    ),
  "addPasskey TicketExpired": async () =>
    ask(
      identity.addPasskey,
      await as(() => ({
        body: { ...expired, attestation: FALSE_ASSERTION, label: "Phone", wrap: null },
      })),
    ),
  "proveRecovery RecoveryRefused": async () =>
    (await house.proveRecovery("nobody@mail.example", random(32), "plain words kept well")).proven,
  "proveRecovery TicketExpired": () =>
    ask(identity.proveRecovery, {
      body: {
        ...expired,
        signature: bytesToBase64url(random(64)),
        registrationRequest: MESSAGE,
      },
    }),
  "finishRecovery RecoveryRefused": async () => {
    const person = await house.join();
    const { begun, proven } = await house.proveRecovery(
      person.email,
      person.entropy,
      "fresh words",
    );
    const { ticket, registrationResponse } = proven.answer!;
    const made = house.finishNewPassphrase(person, "fresh words", begun, registrationResponse);
    await house.must(identity.deleteAccount, {
      token: person.token,
      body: { confirmation: await house.confirm(person) },
    });
    return ask(identity.finishRecovery, { body: { ticket, label: "Laptop", ...made } });
  },
  "finishRecovery TicketExpired": () =>
    ask(identity.finishRecovery, {
      body: { ...expired, registrationRecord: MESSAGE, passphraseWrap: WRAP, label: "Laptop" },
    }),
  "finishConfirmation SignInRefused": async () =>
    ask(
      identity.finishConfirmation,
      await as(async (person) => {
        const { started } = await house.beginConfirmation(person);
        return { body: { ticket: started.ticket, finishLoginRequest: MESSAGE } };
      }),
    ),
  "finishConfirmation TicketExpired": async () =>
    ask(
      identity.finishConfirmation,
      await as(() => ({ body: { ...expired, finishLoginRequest: MESSAGE } })),
    ),
  "changePassphrase NotConfirmed": async () =>
    ask(
      identity.changePassphrase,
      await unconfirmed({ registrationRecord: MESSAGE, passphraseWrap: WRAP }),
    ),
  "changeRecoverySheet NotConfirmed": async () =>
    ask(identity.changeRecoverySheet, await unconfirmed({ recoveryKey: KEY, phraseWrap: WRAP })),
  "startEmailChange NotConfirmed": async () =>
    ask(identity.startEmailChange, await unconfirmed({ email: house.newEmail() })),
  "finishEmailChange WrongCode": async () =>
    ask(
      identity.finishEmailChange,
      await as(async (person) => {
        const confirmation = await house.confirm(person);
        const { token } = person;
        const email = house.newEmail();
        const body = { confirmation, email };
        const { ticket } = await house.must(identity.startEmailChange, { token, body });
        const right = await house.digitsSentTo(email);
        return { body: { ticket, code: right === "0000 0000" ? "00000001" : "00000000" } };
      }),
    ),
  "finishEmailChange TicketExpired": async () =>
    ask(identity.finishEmailChange, await as(() => ({ body: { ...expired, code: "00000000" } }))),
  "chooseWeeklyLetter AddressNotConfirmed": async () => {
    // Handed over, as a steward's first is: no letter went to any address.
    const code = await house.invite();
    const { body } = await house.beginJoining(code, house.newEmail(), "plain words kept well");
    const { token } = await house.ask(identity.finishRegistration, { body });
    return ask(identity.chooseWeeklyLetter, { token, body: { wanted: true } });
  },
  "deleteAccount NotConfirmed": async () => ask(identity.deleteAccount, await unconfirmed({})),
  "deleteAccount LastSteward": async () => {
    const person = await house.join(["steward"]);
    const body = { confirmation: await house.confirm(person) };
    return ask(identity.deleteAccount, { token: person.token, body });
  },
  "writeRecord VersionConflict": async () => {
    const asked = await record((await house.join()).token, 1);
    await house.must(vault.writeRecord, asked);
    const body = { version: 1, sealed: bytesToBase64url(random(41)) };
    return ask(vault.writeRecord, { ...asked, body });
  },
  "writeRecord SafeFull": async () => {
    const { account, token } = await house.join();
    await house.cluster.owner.query("update vault.safe set bytes_used = $1 where id = $2", [
      SAFE_BYTES - 39,
      account,
    ]);
    return ask(vault.writeRecord, await record(token, 1));
  },
};

test("there is a line for every refusal, and none for another", () => {
  expect(routes.length).toBeGreaterThan(25);
  expect(Object.keys(reached).toSorted()).toEqual(
    declared.map(({ name, type }) => `${name} ${type}`).toSorted(),
  );
});

test.each(declared.map((each) => [`${each.name} ${each.type}`, each] as const))(
  "%s is reached",
  async (name, { type, status }) => {
    const told = await reached[name]!();
    expect(told.refusal?.type).toBe(type);
    expect(told.status).toBe(status);
    expect(house.defects).toEqual([]);
  },
);

test.each(
  allRoutes.filter(({ who }) => who !== "anyone").map((route) => [route.name, route] as const),
)("%s asks who is there before it reads anything", async (_, route) => {
  const response = await house.app.inject({
    method: route.method,
    url: route.path.replace(/:\w+/g, "x"),
    ...(route.method === "GET" ? {} : { payload: { nonsense: true } }),
  });
  expect(response.statusCode).toBe(401);
  expect(response.json()).toEqual({ refusal: { type: "NotSignedIn" } });
});

test("every route of the contracts is mounted, once", () => {
  const mounted = house.mounted.map(({ name }) => name);
  expect(mounted.toSorted()).toEqual(allRoutes.map(({ name }) => name).toSorted());
  expect(new Set(mounted).size).toBe(mounted.length);
});
