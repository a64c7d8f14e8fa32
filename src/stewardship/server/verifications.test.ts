import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { turnQuarter } from "#identity/server/licence-quarters.ts";
import { physician, withStewardship, type Somebody } from "../../../tests/stewardship.ts";
import { addSponsor, readRosters } from "../contract.ts";
import { checkDecisions } from "../decision-log.ts";
import { readDecisions } from "../logs-contract.ts";
import * as contract from "../verification-contract.ts";

const room = withStewardship();
const { decideVerification, readVerifications } = contract;

const sql = (text: string, values: readonly unknown[] = []) =>
  room.cluster.owner.query<Record<string, unknown>>(text, [...values]);
const queue = async () => (await room.must(readVerifications)).verifications;
const approve = (id: string, who?: Somebody) =>
  room.ask(decideVerification, { params: { id }, body: { decision: "approve" } }, who);
const refuse = (id: string, reason: "name-differs" | "not-on-roster" = "name-differs") =>
  room.ask(decideVerification, { params: { id }, body: { decision: "refuse", reason } });
const standing = async ({ account }: Somebody) => {
  const { rows } = await sql(
    "select state, refused_for, claim_sealed from identity.verification where account = $1",
    [account],
  );
  return rows[0] as
    { state: string; refused_for: string | null; claim_sealed: Buffer | null } | undefined;
};
const decisions = async () =>
  (await room.must(readDecisions, { query: { after: "0" } })).decisions.map(
    ({ kind, detail }) => `${kind} ${detail}`,
  );

async function arrive(kind: "students" | "residents", roster: string, use: number) {
  const somebody = await room.join([], "Student");
  const { rows } = await sql("select id from stewardship.sponsor limit 1");
  await sql("insert into identity.arrival values ($1, $2, $3, $4, $5)", [
    somebody.account,
    roster,
    rows[0]!["id"],
    kind,
    use,
  ]);
  return somebody;
}

test("the queue shows who asked with the claim, and nobody else", async () => {
  const [ada] = [await room.join([], "Ada F"), await room.join()];
  const id = await room.askFor(ada, { claim: physician("1234567") });
  expect(await room.must(readVerifications)).toEqual({
    verifications: [
      {
        id,
        account: ada.account,
        name: "Ada F",
        stage: "attending",
        way: "npi",
        claim: { country: "GB", number: "1234567", givenName: "Ada", familyName: "Fictional" },
        licenceInUse: false,
        registry: null,
        confirmedAt: null,
        vouchers: [],
        roster: null,
        documentEpoch: null,
        own: false,
      },
    ],
    waiting: 1,
    rosters: [],
    hasRegistry: false,
  });
});

test("who waits for vouches does not wait for stewards, until there are two", async () => {
  const [asker, one, two] = [
    await room.join(),
    await room.join([], "Bo"),
    await room.join([], "Cy"),
  ];
  const id = await room.askFor(asker, { way: "vouching" });
  await sql("insert into identity.vouch values ($1, $2, '2026-Q4')", [asker.account, one.account]);
  expect(await queue()).toEqual([]);
  expect((await approve(id)).refusal).toBe("NotWaiting");
  await sql("insert into identity.vouch values ($1, $2, '2026-Q4')", [asker.account, two.account]);
  expect(await queue()).toMatchObject([{ id, vouchers: ["Bo", "Cy"] }]);
  expect((await approve(id)).refusal).toBeNull();
});

test("approving keeps the licence sealed and forgets the name it stands in", async () => {
  const ada = await room.join();
  await approve(await room.askFor(ada, { claim: physician("7654321") }));
  const { state, claim_sealed } = (await standing(ada))!;
  expect(state).toBe("verified");
  expect(room.claims.open(claim_sealed!)).toEqual({
    of: "physician",
    licence: { country: "GB", number: "7654321" },
    name: null,
  });
  expect(await queue()).toEqual([]);
});

test("refusing keeps the reason and destroys the claim; the licence stays free", async () => {
  const [ada, bo] = [await room.join(), await room.join()];
  await refuse(await room.askFor(ada, { claim: physician("1111") }));
  expect(await standing(ada)).toEqual({
    state: "refused",
    refused_for: "name-differs",
    claim_sealed: null,
  });
  expect((await approve(await room.askFor(bo, { claim: physician("1111") }))).refusal).toBeNull();
});

test("what was decided, or asked anew meanwhile, is not decided about", async () => {
  const ada = await room.join();
  const first = await room.askFor(ada);
  const second = await room.askFor(ada);
  expect((await approve(first)).refusal).toBe("NotWaiting");
  expect((await approve(second)).refusal).toBeNull();
  expect((await refuse(second)).refusal).toBe("NotWaiting");
  expect((await approve(randomUUID())).refusal).toBe("NotWaiting");
});

test("nobody decides about themselves", async () => {
  const steward = await room.join(["steward"]);
  const id = await room.askFor(steward);
  const { verifications } = await room.must(readVerifications, {}, steward);
  expect(verifications).toMatchObject([{ own: true }]);
  expect((await approve(id, steward)).refusal).toBe("OwnAsking");
  await approve(id);
  const withdrawn = await room.ask(
    contract.withdrawVerification,
    { params: { id: steward.account }, body: { reason: "not-confirmed" } },
    steward,
  );
  expect(withdrawn.refusal).toBe("OwnAsking");
});

test("a decision is told by a letter that says nothing, to nobody but who asked", async () => {
  const ada = await room.join();
  await refuse(await room.askFor(ada));
  const letters = await room.letters();
  expect(letters.map(({ letter }) => letter)).toEqual([
    { template: "something-waiting", to: `${ada.account}@clinic.example`, fields: {} },
  ]);
});

// One licence, one account, one quarter -------------------------------------------------------------

test("a second account with one licence is told to the steward, without whose it is", async () => {
  const [ada, bo] = [await room.join([], "Ada F"), await room.join([], "Bo")];
  await approve(await room.askFor(ada, { claim: physician("2222") }));
  const id = await room.askFor(bo, { claim: physician("2222") });
  const told = await room.ask(readVerifications);
  expect(told.answer!.verifications).toMatchObject([{ id, licenceInUse: true }]);
  expect(told.text).not.toContain(ada.account);
  expect(told.text).not.toContain("Ada F");
  expect((await approve(id)).refusal).toBe("LicenceInUse");
  expect((await standing(bo))!.state).toBe("asked");
});

test("of two approved at once with one licence one is", async () => {
  const people = await Promise.all([room.join(), room.join(), room.join()]);
  const askings = [];
  for (const each of people) askings.push(await room.askFor(each, { claim: physician("3333") }));
  const told = await Promise.all(askings.map((id) => approve(id)));
  expect(told.map(({ refusal }) => refusal).toSorted()).toEqual([
    "LicenceInUse",
    "LicenceInUse",
    null,
  ]);
});

test("a deleted account's licence stays in use until the quarter ends, and then nothing of it is left", async () => {
  const ada = await room.join();
  await approve(await room.askFor(ada, { claim: physician("4444") }));
  await sql("delete from identity.account where id = $1", [ada.account]);
  const marks = await sql("select account from identity.licence_mark");
  expect(marks.rows).toEqual([{ account: null }]);
  const again = await room.join();
  const id = await room.askFor(again, { claim: physician("4444") });
  expect((await approve(id)).refusal).toBe("LicenceInUse");

  room.clock.at = Date.parse("2027-01-01T00:00:00Z");
  await turnQuarter(room.identity, room.claims, room.clock.now());
  expect((await sql("select quarter from identity.licence_quarter")).rows).toEqual([
    { quarter: "2027-Q1" },
  ]);
  expect((await sql("select 1 from identity.licence_mark")).rowCount).toBe(0);
  expect((await approve(id)).refusal).toBeNull();
});

test("whoever deletes the account when badges of the next quarter are issued comes back after that one", async () => {
  room.clock.at = Date.parse("2026-12-15T12:00:00Z");
  const ada = await room.join();
  await approve(await room.askFor(ada, { claim: physician("4545") }));
  await sql("delete from identity.account where id = $1", [ada.account]);
  const again = await room.join();
  const id = await room.askFor(again, { claim: physician("4545") });
  for (const day of ["2026-12-20", "2027-01-01", "2027-03-31"]) {
    room.clock.at = Date.parse(`${day}T12:00:00Z`);
    await turnQuarter(room.identity, room.claims, room.clock.now());
    expect((await approve(id)).refusal, day).toBe("LicenceInUse");
  }
  room.clock.at = Date.parse("2027-04-01T12:00:00Z");
  expect((await approve(id)).refusal).toBeNull();
});

test("who is verified in the last month of a quarter holds their licence in the next", async () => {
  const [before, ada, bo] = [await room.join(), await room.join(), await room.join()];
  room.clock.at = Date.parse("2026-12-01T12:00:00Z");
  await approve(await room.askFor(before));
  await approve(await room.askFor(ada, { claim: physician("5656") }));
  const id = await room.askFor(bo, { claim: physician("5656") });
  room.clock.at = Date.parse("2027-01-01T00:00:01Z");
  expect((await approve(id)).refusal).toBe("LicenceInUse");
});

test("who is verified holds their licence in the next quarter too, also before the job has run", async () => {
  const [ada, bo] = [await room.join(), await room.join()];
  await approve(await room.askFor(ada, { claim: physician("5555") }));
  room.clock.at = Date.parse("2027-01-01T00:00:01Z");
  const id = await room.askFor(bo, { claim: physician("5555") });
  expect(await queue()).toMatchObject([{ licenceInUse: true }]);
  expect((await approve(id)).refusal).toBe("LicenceInUse");
});

test("two quarters' marks of one licence are different, and none shows the licence", async () => {
  const ada = await room.join();
  await approve(await room.askFor(ada, { claim: physician("66667777") }));
  room.clock.at = Date.parse("2027-01-01T00:00:00Z");
  await queue();
  const { rows } = await sql("select encode(mark, 'hex') as mark from identity.licence_mark");
  expect(new Set(rows.map((row) => row["mark"])).size).toBe(2);
  const rest = await sql("select t::text as text from identity.verification t");
  expect(JSON.stringify(rest.rows)).not.toContain("66667777");
});

test("another licence of the same account frees the first for nobody", async () => {
  const [ada, bo] = [await room.join(), await room.join()];
  await approve(await room.askFor(ada, { claim: physician("8881") }));
  await room.must(contract.withdrawVerification, {
    params: { id: ada.account },
    body: { reason: "licence-not-in-force" },
  });
  expect((await approve(await room.askFor(ada, { claim: physician("8882") }))).refusal).toBeNull();
  const id = await room.askFor(bo, { claim: physician("8881") });
  expect((await approve(id)).refusal).toBe("LicenceInUse");
});

test("a verification that was withdrawn ends, with its reason, and may be asked for again", async () => {
  const ada = await room.join([], "Ada Unusual");
  await approve(await room.askFor(ada, { claim: physician("9999") }));
  const find = async (name: string) =>
    (await room.must(contract.findVerified, { query: { name } })).accounts;
  expect(await find("ada unusual")).toEqual([
    { id: ada.account, name: "Ada Unusual", stage: "attending", way: "npi" },
  ]);
  expect(await find("ada")).toEqual([]);
  const body = { reason: "licence-not-in-force" } as const;
  await room.must(contract.withdrawVerification, { params: { id: ada.account }, body });
  expect(await find("ada unusual")).toEqual([]);
  expect(await standing(ada)).toMatchObject({ state: "refused", refused_for: body.reason });
  const again = { params: { id: ada.account }, body };
  expect((await room.ask(contract.withdrawVerification, again)).refusal).toBe("NotFound");
  expect((await approve(await room.askFor(ada, { claim: physician("9999") }))).refusal).toBeNull();
});

// Rosters -------------------------------------------------------------------------------------------

test("a whole roster's arrivals are approved in one go, and no other's", async () => {
  const id = await room.sponsor();
  await sql("update stewardship.sponsor set kind = 'students' where id = $1", [id]);
  const [roster, other] = [randomUUID(), randomUUID()];
  const student = async (of: string, use: number) => {
    const somebody = await arrive("students", of, use);
    await room.askFor(somebody, { way: "roster", claim: { of: "student", roster: of, use } });
    return somebody;
  };
  const [one, two, third] = [
    await student(roster, 9),
    await student(roster, 8),
    await student(other, 9),
  ];
  const told = await room.must(readVerifications);
  expect(told.rosters.find((each) => each.id === roster)).toEqual({
    id: roster,
    sponsor: "Northfield Hospital",
    kind: "students",
    waiting: 2,
  });
  expect(told.verifications.every(({ claim }) => claim === null)).toBe(true);
  const approved = await room.must(contract.approveRoster, { params: { id: roster }, body: {} });
  expect(approved).toEqual({ approved: 2, left: 0 });
  expect((await standing(one))!.state).toBe("verified");
  expect((await standing(two))!.state).toBe("verified");
  expect((await standing(third))!.state).toBe("asked");
  const left = await sql("select account from identity.arrival");
  expect(left.rows).toEqual([{ account: third.account }]);
  // One entry, or whoever reads the log could count who came.
  expect(await decisions()).toEqual(["verification-approved roster"]);
});

test("one whose licence is in use is left, and so is the steward's own", async () => {
  await room.sponsor();
  const roster = randomUUID();
  const steward = await room.join(["steward"]);
  const [ada, bo] = [await room.join(), await arrive("residents", roster, 5)];
  await approve(await room.askFor(ada, { claim: physician("7771") }));
  await room.askFor(bo, { way: "roster", claim: physician("7771") });
  const sponsors = await sql("select id from stewardship.sponsor");
  await sql("insert into identity.arrival values ($1, $2, $3, 'residents', 4)", [
    steward.account,
    roster,
    sponsors.rows[0]!["id"],
  ]);
  await room.askFor(steward, { way: "roster" });
  const asked = { params: { id: roster }, body: {} };
  const told = await room.must(contract.approveRoster, asked, steward);
  expect(told).toEqual({ approved: 0, left: 2 });
});

test("who is not on the roster can't ask by it again; any other no leaves that way open", async () => {
  await room.sponsor();
  const [one, two] = [
    await arrive("residents", randomUUID(), 5),
    await arrive("residents", randomUUID(), 5),
  ];
  await refuse(await room.askFor(one, { way: "roster" }), "not-on-roster");
  await refuse(await room.askFor(two, { way: "roster" }), "name-differs");
  const left = await sql("select account from identity.arrival");
  expect(left.rows).toEqual([{ account: two.account }]);
});

test("two stewards who approve one roster at once don't stand in each other's way", async () => {
  await room.sponsor();
  const roster = randomUUID();
  for (let use = 20; use > 0; use--) {
    const claim = { of: "student", roster, use } as const;
    await room.askFor(await arrive("students", roster, use), { way: "roster", claim });
  }
  const asked = { params: { id: roster }, body: {} };
  const told = await Promise.all([
    room.must(contract.approveRoster, asked),
    room.must(contract.approveRoster, asked),
  ]);
  expect(told.map(({ approved }) => approved).toSorted()).toEqual([0, 20]);
});

test("a sponsor says what its rosters are evidence of, and by itself of nothing", async () => {
  await room.must(addSponsor, { body: { name: "A school", kind: "students" } });
  await room.must(addSponsor, { body: { name: "A hospital" } });
  const { sponsors } = await room.must(readRosters);
  expect(sponsors.map(({ name, kind }) => [name, kind])).toEqual([
    ["A hospital", "employer"],
    ["A school", "students"],
  ]);
  expect(await decisions()).toEqual(["sponsor students"]);
});

// The registry --------------------------------------------------------------------------------------

async function register(npi: string, over: Record<string, unknown> = {}): Promise<void> {
  await sql(
    "insert into registry.import (id, file, finished) values (1, '', true) on conflict do nothing",
  );
  const row = {
    given: "ADA",
    family: "FICTIONAL",
    other: "",
    physician: true,
    student: false,
    ...over,
  };
  await sql("insert into registry.person values ($1, $2, $3, $4, $5, $6, 1)", [
    npi,
    row.given,
    row.family,
    row.other,
    row.physician,
    row.student,
  ]);
}
const registryOf = async (npi: string) => {
  await room.askFor(await room.join(), { claim: physician(npi, "US") });
  const [waiting] = await queue();
  return waiting!.registry;
};

test("without a registry nothing is said of an NPI, with one whether it is there", async () => {
  expect(await registryOf("1234567893")).toBeNull();
  await sql("truncate identity.verification cascade");
  await register("1881018208");
  expect(await registryOf("1234567893")).toEqual({ found: false });
  expect((await room.must(readVerifications)).hasRegistry).toBe(true);
});

test("an import that was not finished is no registry", async () => {
  await register("1234567893");
  await sql("update registry.import set finished = false");
  expect(await registryOf("1234567893")).toBeNull();
});

test("name and taxonomy are compared, a former name too", async () => {
  await register("1234567893", { family: "NEWNAME", other: "Fictional" });
  expect(await registryOf("1234567893")).toEqual({
    found: true,
    givenName: "ADA",
    familyName: "NEWNAME",
    nameMatches: true,
    physician: true,
    student: false,
  });
  await sql("truncate identity.verification cascade");
  await register("1881018208", { given: "BO", physician: false });
  expect(await registryOf("1881018208")).toMatchObject({ nameMatches: false, physician: false });
});

// Institutions --------------------------------------------------------------------------------------

test("institutions are listed by domain, renamed and taken off", async () => {
  const add = (domain: string, name: string) =>
    room.ask(contract.addInstitution, { body: { domain, name } });
  await add("@Northfield.Example ", "Northfield");
  await add("northfield.example", "Northfield Hospital");
  await add("northfield.example", "Northfield Hospital");
  for (const domain of ["example", "a b.example", "", "north@field.example", "-.example"])
    expect((await add(domain, "None")).refusal).toBe("BadInput");
  const listed = async () => (await room.must(contract.readInstitutions)).institutions;
  expect(await listed()).toEqual([{ domain: "northfield.example", name: "Northfield Hospital" }]);
  const again = { params: { domain: "northfield.example" } };
  await room.must(contract.dropInstitution, again);
  await room.must(contract.dropInstitution, again);
  expect(await listed()).toEqual([]);
  const logged = ["institution listed", "institution renamed", "institution removed"];
  expect(await decisions()).toEqual(logged);
});

// The log of decisions ------------------------------------------------------------------------------

test("every decision is in the log, without a name, an account or a day, and devices can check it", async () => {
  const [ada, bo] = [await room.join([], "Ada F"), await room.join()];
  await approve(await room.askFor(ada));
  await refuse(await room.askFor(bo));
  const body = { reason: "licence-not-in-force" } as const;
  await room.must(contract.withdrawVerification, { params: { id: ada.account }, body });
  expect(await decisions()).toEqual([
    "verification-approved npi",
    "verification-refused name-differs",
    "verification-withdrawn licence-not-in-force",
  ]);
  const told = await room.ask(readDecisions, { query: { after: "0" } }, "member");
  expect(told.text).not.toMatch(/Ada|clinic|2026-1/);
  expect(told.text).not.toContain(ada.account);
  const { decisions: entries, last } = told.answer!;
  const whole = checkDecisions(entries, null, last);
  if (!whole.ok || whole.value === null) throw new Error("The log doesn't hold");
  expect([last, whole.value.sequence]).toEqual([3, 3]);
  // From a head that was kept.
  const first = { sequence: 1, hash: entries[0]!.hash };
  const rest = await room.must(readDecisions, { query: { after: "1" } });
  expect(checkDecisions(rest.decisions, first, rest.last)).toEqual(whole);
});

test("a decision that could not be made is not in the log", async () => {
  const [ada, bo] = [await room.join(), await room.join()];
  await approve(await room.askFor(ada, { claim: physician("123987") }));
  await approve(await room.askFor(bo, { claim: physician("123987") }));
  expect(await decisions()).toHaveLength(1);
});

test("what somebody alters in the database, every device sees", async () => {
  for (let nth = 0; nth < 3; nth++) await approve(await room.askFor(await room.join()));
  await sql("update stewardship.decision set detail = 'document' where sequence = 2");
  const { decisions: entries, last } = await room.must(readDecisions, { query: { after: "0" } });
  expect(checkDecisions(entries, null, last)).toEqual({
    ok: false,
    refusal: { type: "ChainBroken", sequence: 2 },
  });
});

test("a hundred decisions at once make one chain", async () => {
  await Promise.all(
    Array.from({ length: 100 }, () =>
      sql("select decisions.log('2026-Q4', 'steward', 'admitted')"),
    ),
  );
  const { decisions: entries, last } = await room.must(readDecisions, { query: { after: "0" } });
  expect(checkDecisions(entries, null, last)).toMatchObject({ value: { sequence: 100 } });
});
