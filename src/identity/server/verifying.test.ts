import { expect, test } from "vitest";
import { withIdentity } from "../../../tests/identity.ts";
import type { Person } from "../../../tests/identity.ts";
import { finishRegistration } from "../contract.ts";
import { readVerification } from "../standing-contract.ts";
import * as contract from "../verification-contract.ts";

const house = withIdentity();

const CLAIM = {
  licence: { country: "GB", number: "1234567" },
  givenName: "Ada",
  familyName: "Fictional",
};
const NPI = { npi: "1234567893", givenName: "Ada", familyName: "Fictional" };

const standing = (person: Person) => house.must(readVerification, person);
const verify = (person: Person) =>
  house.cluster.owner.query(
    "update identity.verification set state = 'verified' where account = $1",
    [person.account],
  );
/** Somebody whom a steward has verified. */
async function verified(): Promise<Person> {
  const person = await house.join();
  await house.must(contract.askByNpi, { ...person, body: NPI });
  await verify(person);
  return person;
}
async function list(...domains: string[]): Promise<void> {
  await house.cluster.owner.query("delete from identity.institution");
  for (const domain of domains)
    await house.cluster.owner.query("insert into identity.institution values ($1, 'Northfield')", [
      domain,
    ]);
}

test("at first nobody has asked, and what tells most comes last", async () => {
  const person = await house.join();
  await list("northfield.example");
  expect(await standing(person)).toEqual({
    state: "none",
    way: null,
    refusedFor: null,
    confirmedAt: null,
    vouches: 0,
    ways: ["vouching", "document", "institution-mail"],
    arrivedWith: null,
  });
  await list();
  expect((await standing(person)).ways).toEqual(["vouching", "document"]);
});

test("NPIs are asked for where there are any", async () => {
  const { owner } = house.cluster;
  const person = await house.join();
  await owner.query("insert into identity.community values (true, 'Fictional', 'US', 8, false)");
  expect((await standing(person)).ways).toEqual(["npi", "vouching", "document"]);
  await owner.query("delete from identity.community");
});

test("nobody asks without an account", async () => {
  expect(await house.refusal(readVerification)).toBe("NotSignedIn");
  expect(await house.refusal(contract.askByNpi, { body: NPI })).toBe("NotSignedIn");
});

test("who asks by an NPI waits, and no claim lies in the clear anywhere", async () => {
  const person = await house.join();
  await house.must(contract.askByNpi, { ...person, body: NPI });
  expect(await standing(person)).toMatchObject({ state: "asked", way: "npi" });
  for (const text of ["1234567893", "Fictional"]) expect(await house.tablesWith(text)).toEqual([]);
});

test("an NPI with a wrong check digit is no NPI", async () => {
  const person = await house.join();
  const body = { ...NPI, npi: "1234567890" };
  expect(await house.refusal(contract.askByNpi, { ...person, body })).toBe("BadInput");
});

test("an asking is taken back with all that was given, and asked anew in another way", async () => {
  const person = await house.join();
  await house.must(contract.askByNpi, { ...person, body: NPI });
  await house.must(contract.withdrawAsking, person);
  expect((await standing(person)).state).toBe("none");
  await house.must(contract.askByVouching, { ...person, body: CLAIM });
  await house.must(contract.askByNpi, { ...person, body: NPI });
  expect((await standing(person)).way).toBe("npi");
  const { rowCount } = await house.cluster.owner.query(
    "select 1 from identity.vouch_code where account = $1",
    [person.account],
  );
  expect(rowCount).toBe(0);
});

test("who is verified can neither ask nor take back", async () => {
  const person = await verified();
  const refusals = [
    await house.refusal(contract.askByNpi, { ...person, body: NPI }),
    await house.refusal(contract.askByVouching, { ...person, body: CLAIM }),
    await house.refusal(contract.withdrawAsking, person),
  ];
  expect(refusals).toEqual(["VerifiedAlready", "VerifiedAlready", "VerifiedAlready"]);
  expect((await standing(person)).state).toBe("verified");
});

test("asking twice at once leaves one asking", async () => {
  const person = await house.join();
  const ask = () => house.ask(contract.askByNpi, { ...person, body: NPI });
  const told = await Promise.all([ask(), ask(), ask()]);
  expect(told.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await standing(person)).state).toBe("asked");
});

// A mailbox of an institution ----------------------------------------------------------------------

const ADDRESS = "ada@mail.northfield.example";
const start = (person: Person, email = ADDRESS) =>
  house.ask(contract.startInstitutionMail, { ...person, body: { ...CLAIM, email } });
const finish = (person: Person, ticket: string, code: string) =>
  house.refusal(contract.finishInstitutionMail, { ...person, body: { ticket, code } });

test("a confirmed mailbox leaves the institution's domain, and the address nowhere", async () => {
  await list("northfield.example");
  const person = await house.join();
  const { ticket } = (await start(person)).answer!;
  const code = await house.digitsSentTo(ADDRESS);
  const [letter] = await house.lettersTo(ADDRESS);
  expect(letter!.template).toBe("address-check");
  expect(await finish(person, ticket, code)).toBeNull();
  expect(await standing(person)).toMatchObject({
    state: "asked",
    way: "institution-mail",
    confirmedAt: "northfield.example",
  });
  const index = house.deps.addresses.index(ADDRESS).toString("hex");
  for (const text of [ADDRESS, "ada@", index]) expect(await house.tablesWith(text)).toEqual([]);
});

test("nobody has asked before the mailbox is confirmed", async () => {
  await list("northfield.example");
  const person = await house.join();
  await start(person);
  expect((await standing(person)).state).toBe("none");
});

test("a domain that no steward listed gets no letter", async () => {
  await list("northfield.example");
  const person = await house.join();
  const elsewhere = "ada@notnorthfield.example";
  expect((await start(person, elsewhere)).refusal?.type).toBe("DomainNotListed");
  expect(await house.lettersTo(elsewhere)).toEqual([]);
});

test("a wrong code, another's ticket and an old one confirm nothing", async () => {
  await list("northfield.example");
  const [person, other] = [await house.join(), await house.join()];
  const { ticket } = (await start(person, "bo@northfield.example")).answer!;
  const code = await house.digitsSentTo("bo@northfield.example");
  const wrong = code.startsWith("1") ? `2${code.slice(1)}` : `1${code.slice(1)}`;
  expect(await finish(person, ticket, wrong)).toBe("WrongCode");
  expect(await finish(other, ticket, code)).toBe("TicketExpired");
  house.clock.at += 31 * 60_000;
  expect(await finish(person, ticket, code)).toBe("TicketExpired");
  expect((await standing(person)).state).toBe("none");
});

test("a code is not found by trying", async () => {
  await list("northfield.example");
  const person = await house.join();
  const { ticket } = (await start(person, "cy@northfield.example")).answer!;
  const tries = [];
  for (let nth = 0; nth < 8; nth++)
    tries.push(await finish(person, ticket, String(10_000_000 + nth)));
  expect(tries.at(-1)).toBe("TooMany");
});

test("one mailbox is not filled by many", async () => {
  await list("northfield.example");
  const told = [];
  for (let nth = 0; nth < 3; nth++)
    told.push((await start(await house.join(), "dee@northfield.example")).refusal?.type ?? null);
  expect(told).toEqual([null, null, "TooMany"]);
});

// Rosters ------------------------------------------------------------------------------------------

async function arrive(kind: "students" | "residents" | "employer", lines = 3) {
  const code = await house.roster(lines);
  await house.cluster.owner.query(
    "update identity.roster set kind = $1 where id = (select id from identity.roster where uses_left = $2 limit 1)",
    [kind, lines],
  );
  return code;
}
async function joinBy(code: string): Promise<Person> {
  const email = house.newEmail();
  const { body, person } = await house.beginJoining(code, email, "plain words and more");
  const addressCode = await house.digitsSentTo(email);
  const joined = await house.ask(finishRegistration, { body: { ...body, addressCode } });
  return { ...person, token: joined.token! };
}

test("a student who came with a students' roster has asked by having come", async () => {
  const person = await joinBy(await arrive("students", 41));
  expect(await standing(person)).toMatchObject({
    state: "asked",
    way: "roster",
    arrivedWith: "students",
  });
  expect((await standing(person)).ways).toContain("roster");
});

test("what is kept of an arrival is the use of the code, counted down, and no line", async () => {
  const code = await arrive("students", 42);
  const [one, two] = [await joinBy(code), await joinBy(code)];
  const { rows } = await house.cluster.owner.query<{ account: string; code_use: number }>(
    "select account, code_use from identity.arrival where account = any($1) order by code_use desc",
    [[one.account, two.account]],
  );
  expect(rows).toEqual([
    { account: one.account, code_use: 41 },
    { account: two.account, code_use: 40 },
  ]);
});

test("a resident adds a licence, a student nothing", async () => {
  const resident = await joinBy(await arrive("residents", 43));
  expect(await standing(resident)).toMatchObject({ state: "none", arrivedWith: "residents" });
  const ask = (person: Person, claim: typeof CLAIM | null) =>
    house.refusal(contract.askByRoster, { ...person, body: { claim } });
  expect(await ask(resident, null)).toBe("ClaimNeeded");
  expect(await ask(resident, CLAIM)).toBeNull();
  expect(await standing(resident)).toMatchObject({ state: "asked", way: "roster" });
  const student = await joinBy(await arrive("students", 44));
  await house.must(contract.withdrawAsking, student);
  expect(await ask(student, null)).toBeNull();
  expect((await standing(student)).state).toBe("asked");
});

test("an employer's roster is evidence of nothing", async () => {
  const person = await joinBy(await arrive("employer", 45));
  expect(await standing(person)).toMatchObject({ state: "none", arrivedWith: null });
  const body = { claim: CLAIM };
  expect(await house.refusal(contract.askByRoster, { ...person, body })).toBe("NoRoster");
});

// Vouching -----------------------------------------------------------------------------------------

const vouchFor = (person: Person, code: string) =>
  house.refusal(contract.vouch, { ...person, body: { code } });

test("two verified colleagues vouch, and the second puts it before the stewards", async () => {
  const [asker, one, two] = [await house.join(), await verified(), await verified()];
  const { code } = await house.must(contract.askByVouching, { ...asker, body: CLAIM });
  const seen = await house.must(contract.lookVouch, { ...one, body: { code } });
  expect(seen).toEqual({
    name: "Somebody",
    givenName: "Ada",
    familyName: "Fictional",
    stage: "attending",
  });
  expect(await vouchFor(one, code)).toBeNull();
  expect(await standing(asker)).toMatchObject({ state: "asked", vouches: 1 });
  expect(await vouchFor(one, code)).toBe("VouchedAlready");
  expect(await vouchFor(two, code.toLowerCase())).toBeNull();
  expect(await standing(asker)).toMatchObject({ state: "asked", vouches: 2 });
});

test("who isn't verified is told nothing of a code, not even whether there is one", async () => {
  const [asker, stranger] = [await house.join(), await house.join()];
  const { code } = await house.must(contract.askByVouching, { ...asker, body: CLAIM });
  expect(await vouchFor(stranger, code)).toBe("NotVerified");
  expect(await vouchFor(stranger, "2222-2222-2222-2222-2222")).toBe("NotVerified");
  expect(await vouchFor(asker, code)).toBe("NotVerified");
});

test("a third is not needed", async () => {
  const [asker, one, two, three] = [
    await house.join(),
    await verified(),
    await verified(),
    await verified(),
  ];
  const { code } = await house.must(contract.askByVouching, { ...asker, body: CLAIM });
  const told = await Promise.all([one, two, three].map((each) => vouchFor(each, code)));
  expect(told.toSorted()).toEqual(["CodeNotValid", null, null]);
});

test("nobody vouches for one who vouched for them", async () => {
  const [asker, one] = [await house.join(), await verified()];
  const { code } = await house.must(contract.askByVouching, { ...asker, body: CLAIM });
  expect(await vouchFor(one, code)).toBeNull();
  await verify(asker);
  await house.cluster.owner.query(
    "update identity.verification set state = 'refused', refused_for = 'not-confirmed', claim_sealed = null where account = $1",
    [one.account],
  );
  const back = await house.must(contract.askByVouching, { ...one, body: CLAIM });
  expect(await vouchFor(asker, back.code)).toBe("TheyVouchedForYou");
});

test("a code ends with the day after it was made, and another takes the place of the last", async () => {
  const [asker, one] = [await house.join(), await verified()];
  const made = await house.must(contract.askByVouching, { ...asker, body: CLAIM });
  const renewed = await house.must(contract.renewVouchCode, { ...asker, body: {} });
  expect(await vouchFor(one, made.code)).toBe("CodeNotValid");
  house.clock.at += 36 * 3600_000 - 1;
  expect(
    await house.refusal(contract.lookVouch, { ...one, body: { code: renewed.code } }),
  ).toBeNull();
  house.clock.at += 1;
  expect(await vouchFor(one, renewed.code)).toBe("CodeNotValid");
});

test("only who asks by vouching has a code", async () => {
  const person = await house.join();
  expect(await house.refusal(contract.renewVouchCode, { ...person, body: {} })).toBe("NotVouching");
  await house.must(contract.askByNpi, { ...person, body: NPI });
  expect(await house.refusal(contract.renewVouchCode, { ...person, body: {} })).toBe("NotVouching");
});

test("one member vouches for six in a quarter, and again in the next", async () => {
  const one = await verified();
  const ask = async () => {
    const asker = await house.join();
    return (await house.must(contract.askByVouching, { ...asker, body: CLAIM })).code;
  };
  for (let nth = 0; nth < 6; nth++) expect(await vouchFor(one, await ask())).toBeNull();
  const seventh = await ask();
  expect(await vouchFor(one, seventh)).toBe("TooManyVouches");
  house.clock.at = Date.parse("2031-04-01T00:00:00Z");
  expect(await vouchFor(one, await ask())).toBeNull();
});

// The steward's role ---------------------------------------------------------------------------------

test("a steward gives the role back with the passphrase, and is signed out everywhere", async () => {
  const [one] = [await house.join(["steward"]), await house.join(["steward"])];
  const leave = async (confirmation: string) =>
    house.refusal(contract.leaveStewards, { ...one, body: { confirmation } });
  expect(await leave("AAAA")).toBe("NotConfirmed");
  expect(await leave(await house.confirm(one))).toBeNull();
  expect(await house.refusal(readVerification, one)).toBe("NotSignedIn");
  const back = await house.signIn(one.email, one.passphrase);
  const again = { token: back!.token, body: { confirmation: "AAAA" } };
  expect(await house.refusal(contract.leaveStewards, again)).toBe("NotFound");
});

test("of two stewards who leave at once one stays", async () => {
  const { owner } = house.cluster;
  await owner.query("update identity.account set roles = '{}'");
  const two = [await house.join(["steward"]), await house.join(["steward"])];
  const told = await Promise.all(
    two.map(async (one) =>
      house.refusal(contract.leaveStewards, {
        ...one,
        body: { confirmation: await house.confirm(one) },
      }),
    ),
  );
  expect(told.toSorted()).toEqual(["LastSteward", null]);
});
