/** Every refusal that verification's contract declares is reached here, one line each. */
import { expect, test } from "vitest";
import type { AnyRoute } from "#platform/contract.ts";
import { withIdentity, type Person } from "../../../tests/identity.ts";
import * as contract from "../verification-contract.ts";

const house = withIdentity();
const sql = (text: string, values: readonly unknown[]) =>
  house.cluster.owner.query(text, [...values]);

const isRoute = (value: unknown): value is AnyRoute =>
  typeof value === "object" && value !== null && "refusals" in value && "path" in value;
const declared = Object.values<unknown>(contract)
  .filter(isRoute)
  .flatMap((route) =>
    Object.entries(route.refusals).map(([type, status]) => ({ name: route.name, type, status })),
  );

const CLAIM = {
  licence: { country: "GB", number: "1234567" },
  givenName: "Ada",
  familyName: "Fictional",
};
const NPI = { npi: "1234567893", givenName: "Ada", familyName: "Fictional" };
const MAILBOX = { ...CLAIM, email: "ada@northfield.example" };

async function verified(): Promise<Person> {
  const person = await house.join();
  await house.must(contract.askByNpi, { ...person, body: NPI });
  await sql("update identity.verification set state = 'verified' where account = $1", [
    person.account,
  ]);
  return person;
}

const list = () =>
  sql("insert into identity.institution values ($1, 'Northfield') on conflict do nothing", [
    "northfield.example",
  ]);

async function mailbox() {
  await list();
  const person = await house.join();
  const { ticket } = await house.must(contract.startInstitutionMail, { ...person, body: MAILBOX });
  return { person, ticket, code: await house.digitsSentTo(MAILBOX.email) };
}

async function resident(): Promise<Person> {
  const person = await house.join();
  await sql("insert into identity.arrival values ($1, $2, $3, 'residents', 7)", [
    person.account,
    crypto.randomUUID(),
    crypto.randomUUID(),
  ]);
  return person;
}

async function vouching() {
  const [asker, voucher] = [await house.join(), await verified()];
  const { code } = await house.must(contract.askByVouching, { ...asker, body: CLAIM });
  return { asker, voucher, body: { code } };
}
const keepVouch = (account: Person, voucher: Person) =>
  sql("insert into identity.vouch values ($1, $2, '2031-Q1')", [account.account, voucher.account]);

type Told = Promise<{ status: number; refusal: { type: string } | null }>;

/** Looking and vouching refuse alike. */
const vouchRefusals = (route: typeof contract.lookVouch | typeof contract.vouch) => ({
  [`${route.name} CodeNotValid`]: async () =>
    house.ask(route, { ...(await verified()), body: { code: "2".repeat(20) } }),
  [`${route.name} NotVerified`]: async () => {
    const { asker, body } = await vouching();
    return house.ask(route, { ...asker, body });
  },
  [`${route.name} VouchedAlready`]: async () => {
    const { asker, voucher, body } = await vouching();
    await keepVouch(asker, voucher);
    return house.ask(route, { ...voucher, body });
  },
  [`${route.name} TheyVouchedForYou`]: async () => {
    const { asker, voucher, body } = await vouching();
    await keepVouch(voucher, asker);
    return house.ask(route, { ...voucher, body });
  },
  [`${route.name} TooManyVouches`]: async () => {
    const { voucher, body } = await vouching();
    for (let nth = 0; nth < 6; nth++) await keepVouch(await house.join(), voucher);
    return house.ask(route, { ...voucher, body });
  },
});

const reached: Readonly<Record<string, () => Told>> = {
  "askByNpi VerifiedAlready": async () =>
    house.ask(contract.askByNpi, { ...(await verified()), body: NPI }),
  "askByRoster VerifiedAlready": async () => {
    const person = await resident();
    const asked = { ...person, body: { claim: CLAIM } };
    await house.must(contract.askByRoster, asked);
    await sql("update identity.verification set state = 'verified' where account = $1", [
      person.account,
    ]);
    return house.ask(contract.askByRoster, asked);
  },
  "askByRoster NoRoster": async () =>
    house.ask(contract.askByRoster, { ...(await house.join()), body: { claim: CLAIM } }),
  "askByRoster ClaimNeeded": async () =>
    house.ask(contract.askByRoster, { ...(await resident()), body: { claim: null } }),
  "askByVouching VerifiedAlready": async () =>
    house.ask(contract.askByVouching, { ...(await verified()), body: CLAIM }),
  "renewVouchCode NotVouching": async () =>
    house.ask(contract.renewVouchCode, { ...(await house.join()), body: {} }),
  ...vouchRefusals(contract.lookVouch),
  ...vouchRefusals(contract.vouch),
  "startInstitutionMail VerifiedAlready": async () => {
    await list();
    return house.ask(contract.startInstitutionMail, { ...(await verified()), body: MAILBOX });
  },
  "startInstitutionMail DomainNotListed": async () => {
    const body = { ...MAILBOX, email: "ada@elsewhere.example" };
    return house.ask(contract.startInstitutionMail, { ...(await house.join()), body });
  },
  "finishInstitutionMail VerifiedAlready": async () => {
    const { person, ticket, code } = await mailbox();
    await house.must(contract.askByNpi, { ...person, body: NPI });
    await sql("update identity.verification set state = 'verified' where account = $1", [
      person.account,
    ]);
    return house.ask(contract.finishInstitutionMail, { ...person, body: { ticket, code } });
  },
  "finishInstitutionMail WrongCode": async () => {
    const { person, ticket, code } = await mailbox();
    const wrong = code.replace(/^./, (digit) => (digit === "1" ? "2" : "1"));
    return house.ask(contract.finishInstitutionMail, { ...person, body: { ticket, code: wrong } });
  },
  "finishInstitutionMail TicketExpired": async () => {
    const body = { ticket: "A".repeat(80), code: "12345678" };
    return house.ask(contract.finishInstitutionMail, { ...(await house.join()), body });
  },
  "withdrawAsking VerifiedAlready": async () =>
    house.ask(contract.withdrawAsking, await verified()),
  "leaveStewards NotConfirmed": async () => {
    const steward = await house.join(["steward"]);
    return house.ask(contract.leaveStewards, { ...steward, body: { confirmation: "AAAA" } });
  },
  "leaveStewards LastSteward": async () => {
    await sql("update identity.account set roles = '{}'", []);
    const steward = await house.join(["steward"]);
    const body = { confirmation: await house.confirm(steward) };
    return house.ask(contract.leaveStewards, { ...steward, body });
  },
};

test("there is a line for every refusal, and none for another", () => {
  expect(declared.length).toBeGreaterThan(20);
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
