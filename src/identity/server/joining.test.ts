import { expect, test } from "vitest";
import { random, sha256, withIdentity } from "../../../tests/identity.ts";
import {
  community,
  finishRegistration,
  lookInvitation,
  readAccount,
  setUpCommunity,
  startRegistration,
} from "../contract.ts";
import { codeToShown } from "../invitation.ts";
import { makeStewardCode } from "./joining.ts";
import { keepSetUp } from "./store.ts";

const house = withIdentity();
const PASSPHRASE = "plain words kept well";

/** What a joining that failed must leave behind: nothing. */
async function counts() {
  return {
    accounts: await house.count("identity.account"),
    safes: await house.count("vault.safe"),
    wraps: await house.count("vault.wrap"),
    sessions: await house.count("identity.session"),
  };
}

const begin = (code: string, email: string) => house.beginJoining(code, email, PASSPHRASE);
const finish = (body: Awaited<ReturnType<typeof begin>>["body"], over: object = {}) =>
  house.ask(finishRegistration, { body: { ...body, ...over } });

// One transaction ---------------------------------------------------------------------------------

test("joining makes account, safe, both wraps and a session, and uses the invitation up", async () => {
  const email = house.newEmail();
  const code = await house.invite({ email, roles: ["coach"], stage: "leader" });
  expect(await house.must(lookInvitation, { body: { code } })).toEqual({
    email,
    stage: "leader",
    roles: ["coach"],
  });
  const { body, person } = await begin(code, email);
  const joined = await finish(body);
  expect(joined.answer).toEqual({});
  const account = await house.must(readAccount, { token: joined.token });
  expect(account).toMatchObject({ id: person.account, email, roles: ["coach"], name: "Somebody" });
  expect(account.wraps.map(({ slot }) => slot).toSorted()).toEqual(["passphrase", "phrase"]);
  expect(await house.refusal(lookInvitation, { body: { code } })).toBe("InvitationNotValid");
});

test("a joining sent again after its answer got lost, even at once, is one account, and is told that it is here", async () => {
  const email = house.newEmail();
  const { body, person } = await begin(await house.invite({ email }), email);
  const before = await counts();
  const told = await Promise.all(Array.from({ length: 6 }, () => finish(body)));
  const again = await finish(body);
  expect([...told, again].map(({ status }) => status).toSorted()).toEqual([
    200,
    ...Array(6).fill(409),
  ]);
  expect(again.refusal).toEqual({ type: "AlreadyHere" });
  expect(again.token).toBeUndefined();
  expect(await counts()).toEqual({
    accounts: before.accounts + 1,
    safes: before.safes + 1,
    wraps: before.wraps + 2,
    sessions: before.sessions + 1,
  });
  expect((await house.signIn(email, PASSPHRASE))!.vaultKey).toEqual(person.vaultKey);
});

test("a roster's code is counted once for a joining that is sent again", async () => {
  const [email, code] = [house.newEmail(), await house.roster(2)];
  const { body } = await begin(code, email);
  const addressCode = await house.digitsSentTo(email);
  const told = await Promise.all([1, 2, 3].map(() => finish(body, { addressCode })));
  expect(told.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  const other = house.newEmail();
  const { body: theirs } = await begin(code, other);
  const joined = await finish(theirs, { addressCode: await house.digitsSentTo(other) });
  expect(joined.status).toBe(200);
});

test("a wrap that can't be kept leaves no account, and the invitation stays good", async () => {
  const email = house.newEmail();
  const code = await house.invite({ email });
  const { body } = await begin(code, email);
  const before = await counts();
  await house.cluster.owner.query(
    "alter table vault.wrap add constraint broken check (slot <> 'phrase') not valid",
  );
  const failed = await finish(body);
  await house.cluster.owner.query("alter table vault.wrap drop constraint broken");
  expect([failed.status, failed.token]).toEqual([500, undefined]);
  expect(house.defects).toHaveLength(1);
  expect(await counts()).toEqual(before);
  expect((await finish(body)).status).toBe(200);
});

test("a session that can't be kept leaves no account either", async () => {
  const email = house.newEmail();
  const { body } = await begin(await house.invite({ email }), email);
  const before = await counts();
  await house.cluster.owner.query(
    "alter table identity.session add constraint broken check (label <> 'Laptop') not valid",
  );
  expect((await finish(body)).status).toBe(500);
  await house.cluster.owner.query("alter table identity.session drop constraint broken");
  expect(await counts()).toEqual(before);
  expect((await finish(body)).status).toBe(200);
});

test("of twenty who use one invitation at once one joins", async () => {
  const email = house.newEmail();
  const code = await house.invite({ email });
  const begun = await Promise.all(
    Array.from({ length: 20 }, async () => {
      house.limits = { take: () => 0 };
      return begin(code, email);
    }),
  );
  const before = await counts();
  const told = await Promise.all(begun.map(({ body }) => finish(body)));
  expect(told.map(({ status }) => status).toSorted()).toEqual([200, ...Array(19).fill(410)]);
  expect(told.filter(({ refusal }) => refusal?.type === "InvitationNotValid")).toHaveLength(19);
  expect(await counts()).toEqual({
    accounts: before.accounts + 1,
    safes: before.safes + 1,
    wraps: before.wraps + 2,
    sessions: before.sessions + 1,
  });
});

test("of twenty who join with one address and an invitation each one joins, and the others' stay good", async () => {
  house.limits = { take: () => 0 };
  const email = house.newEmail();
  const codes = await Promise.all(Array.from({ length: 20 }, () => house.invite({ email })));
  const begun = await Promise.all(codes.map((code) => begin(code, email)));
  const told = await Promise.all(begun.map(({ body }) => finish(body)));
  expect(told.map(({ status }) => status).toSorted()).toEqual([200, ...Array(19).fill(409)]);
  const looked = await Promise.all(
    codes.map((code) => house.ask(lookInvitation, { body: { code } })),
  );
  expect(looked.filter(({ status }) => status === 200)).toHaveLength(19);
});

test("a roster's code lets in as many as it has uses, also at once", async () => {
  house.limits = { take: () => 0 };
  const code = await house.roster(3);
  const begun = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const email = house.newEmail();
      const { body } = await begin(code, email);
      return { ...body, addressCode: await house.digitsSentTo(email) };
    }),
  );
  const told = await Promise.all(begun.map((body) => finish(body)));
  expect(told.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(await house.refusal(lookInvitation, { body: { code } })).toBe("InvitationNotValid");
});

// Codes -------------------------------------------------------------------------------------------

test("a code is taken as it is shown", async () => {
  const code = await house.invite();
  const typed = codeToShown(code).toLowerCase();
  expect((await house.ask(lookInvitation, { body: { code: typed } })).status).toBe(200);
});

test("wrong, used, expired and unreadable codes are refused alike", async () => {
  const expired = await house.invite({ expiresOn: "2031-03-02" });
  const lastDay = await house.invite({ expiresOn: "2031-03-03" });
  const told = await Promise.all(
    ["2".repeat(20), expired, "", "no code", "é".repeat(20)].map((code) =>
      house.ask(lookInvitation, { body: { code } }),
    ),
  );
  expect(new Set(told.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(told[0]!.refusal).toEqual({ type: "InvitationNotValid" });
  expect((await house.ask(lookInvitation, { body: { code: lastDay } })).status).toBe(200);
});

test("an invitation that ends between the halves of joining is refused, and no account is left", async () => {
  const email = house.newEmail();
  const { body } = await begin(await house.invite({ email, expiresOn: "2031-03-03" }), email);
  const before = await counts();
  house.clock.at += 10 * 60_000;
  await house.cluster.owner.query("update identity.invitation set expires_on = '2031-03-02'");
  expect(await house.refusal(finishRegistration, { body })).toBe("InvitationNotValid");
  expect(await counts()).toEqual(before);
});

test("the code and the address lie in the database only as hash, index and seal", async () => {
  const email = house.newEmail();
  const code = await house.invite({ email });
  const { body } = await begin(code, email);
  expect(await house.tablesWith(code)).toEqual([]);
  await finish(body);
  expect(await house.tablesWith(email)).toEqual([]);
  expect(await house.tablesWith(Buffer.from(email).toString("hex"))).toEqual([]);
});

// Whose address it is -----------------------------------------------------------------------------

test("a code that came by letter proves that letter's address and no other", async () => {
  const email = house.newEmail();
  const code = await house.invite({ email });
  expect((await begin(code, email)).started.addressCheck).toBe(false);
  expect(await house.letters()).toEqual([]);
  expect((await begin(code, house.newEmail())).started.addressCheck).toBe(true);
});

test("a code that was handed over proves no address, not even the one it was made for", async () => {
  const email = house.newEmail();
  const handedOver = [
    await house.invite({ email, proven: false }),
    await house.invite({ email: null, proven: false }),
    await house.roster(5),
  ];
  for (const code of handedOver) {
    const { started, body } = await begin(code, email);
    expect(started.addressCheck).toBe(true);
    expect(await house.refusal(finishRegistration, { body })).toBe("WrongCode");
  }
  const code = handedOver[0]!;
  const { body } = await begin(code, email);
  const addressCode = await house.digitsSentTo(email);
  expect(addressCode).toMatch(/^\d{4} \d{4}$/);
  expect((await finish(body, { addressCode })).status).toBe(200);
});

test("the first steward, and one who lost everything, join before there is any mail", async () => {
  const code = await makeStewardCode(house.db, house.deps);
  const email = house.newEmail();
  const { started, body } = await begin(code, email);
  expect(started.addressCheck).toBe(false);
  expect(await house.letters()).toEqual([]);
  const joined = await finish(body);
  const account = await house.must(readAccount, { token: joined.token });
  expect(account).toMatchObject({ email, roles: ["steward"] });
});

test("a wrong code, a code of another try and no code at all are refused alike", async () => {
  const [email, code] = [house.newEmail(), await house.roster(5)];
  const first = await begin(code, email);
  const earlier = await house.digitsSentTo(email);
  const second = await begin(code, email);
  const right = await house.digitsSentTo(email);
  const wrong = right.replace(/\d$/, (last) => String((Number(last) + 1) % 10));
  for (const addressCode of [earlier, wrong, null])
    expect(await house.refusal(finishRegistration, { body: { ...second.body, addressCode } })).toBe(
      "WrongCode",
    );
  expect((await finish(first.body, { addressCode: earlier })).status).toBe(200);
});

test("eight digits can't be tried out: ten tries a minute for an address, whatever the ticket", async () => {
  const [email, code] = [house.newEmail(), await house.roster(50)];
  const wrong = "0000 0000";
  const outcomes: string[] = [];
  for (let nth = 0; nth < 4; nth++) {
    const { body } = await begin(code, email);
    for (let tries = 0; tries < 4; tries++)
      outcomes.push(
        (await house.refusal(finishRegistration, { body: { ...body, addressCode: wrong } }))!,
      );
  }
  expect(outcomes.filter((type) => type === "WrongCode")).toHaveLength(10);
  expect(outcomes.slice(10)).toEqual(Array(6).fill("TooMany"));
});

test("a code can't be used to flood a stranger's mailbox: four letters a minute", async () => {
  const [email, code] = [house.newEmail(), await house.roster(50)];
  for (let nth = 0; nth < 4; nth++) await begin(code, email);
  await expect(begin(code, email)).rejects.toThrow("TooMany");
  expect(await house.lettersTo(email)).toHaveLength(4);
  // Others are written to as before.
  await begin(code, house.newEmail());
  house.clock.at += 60_000;
  await begin(code, email);
  expect(await house.lettersTo(email)).toHaveLength(5);
});

// Known addresses ---------------------------------------------------------------------------------

test("an address that has an account is answered as one that hasn't; its owner gets a letter without a code", async () => {
  const known = await house.join();
  const unknown = house.newEmail();
  const code = await house.roster(5);
  const forKnown = await begin(code, known.email);
  const forUnknown = await begin(code, unknown);
  expect(Object.keys(forKnown.started)).toEqual(Object.keys(forUnknown.started));
  expect(forKnown.started.addressCheck).toBe(forUnknown.started.addressCheck);
  expect(forKnown.started.registrationResponse).toHaveLength(
    forUnknown.started.registrationResponse.length,
  );
  const [letter] = await house.lettersTo(known.email);
  expect(letter).toMatchObject({ template: "already-here", fields: { link: expect.any(String) } });
  const told = await Promise.all(
    [forKnown, forUnknown].map(({ body }) => finish(body, { addressCode: "0000 0000" })),
  );
  expect(told[0]!.text).toBe(told[1]!.text);
  expect(told[0]!.refusal).toEqual({ type: "WrongCode" });
});

test("only whoever proved the address learns that it is here already", async () => {
  const known = await house.join();
  const code = await house.invite({ email: known.email });
  const { body } = await begin(code, known.email);
  expect(await house.refusal(finishRegistration, { body })).toBe("AlreadyHere");
  expect((await house.ask(lookInvitation, { body: { code } })).status).toBe(200);
});

// Tickets -----------------------------------------------------------------------------------------

test("a joining may take half an hour, and no longer", async () => {
  const email = house.newEmail();
  const { body } = await begin(await house.invite({ email }), email);
  house.clock.at += 1800_000 + 1;
  expect(await house.refusal(finishRegistration, { body })).toBe("TicketExpired");
  house.clock.at -= 1;
  expect((await finish(body)).status).toBe(200);
});

test("a ticket of another purpose, or an altered one, is no ticket", async () => {
  const email = house.newEmail();
  const { body } = await begin(await house.invite({ email }), email);
  const content = { account: crypto.randomUUID(), email };
  const others = [
    house.deps.tickets.seal("login", content, 600),
    `${body.ticket.slice(0, -2)}AA`,
    random(90).toString(),
    body.ticket.slice(4),
  ].map((ticket) => ticket.replace(/[^A-Za-z0-9_-]/g, "A"));
  for (const ticket of others)
    expect(await house.refusal(finishRegistration, { body: { ...body, ticket } })).toBe(
      "TicketExpired",
    );
});

test("a registration request that is none is told as bad input, and no letter leaves", async () => {
  const email = house.newEmail();
  const told = await house.ask(startRegistration, {
    body: { code: await house.invite({ email }), email, registrationRequest: "AAAA" },
  });
  expect(told.refusal).toEqual({ type: "BadInput", detail: { field: "registrationRequest" } });
  expect(await house.letters()).toEqual([]);
});

// Set-up ------------------------------------------------------------------------------------------

test("the set-up link makes the community once; its steward's code opens the house", async () => {
  const empty = await house.must(community);
  expect(empty).toMatchObject({ setUp: false, name: "", sample: false, oneServer: false });
  await keepSetUp(house.db, sha256("the-token"));
  const body = { name: "A house", country: "DE", floor: 9, sample: false } as const;
  const set = (token: string) => house.ask(setUpCommunity, { body: { ...body, token } });
  expect((await set("another-token")).refusal?.type).toBe("LinkNotValid");
  const told = await Promise.all(Array.from({ length: 6 }, () => set("the-token")));
  expect(told.map(({ status }) => status).toSorted()).toEqual([200, 410, 410, 410, 410, 410]);
  const { code } = told.find(({ answer }) => answer)!.answer!;
  expect(await house.must(lookInvitation, { body: { code } })).toEqual({
    email: null,
    stage: null,
    roles: ["steward"],
  });
  expect(await house.must(community)).toMatchObject({ setUp: true, name: "A house", floor: 9 });
  await keepSetUp(house.db, sha256("a-later-token"));
  expect((await set("a-later-token")).refusal?.type).toBe("LinkNotValid");
});
