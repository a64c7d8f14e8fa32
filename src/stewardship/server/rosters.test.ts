import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { typedToCode } from "#identity/invitation.ts";
import { findInvitation, sweepExpired, useInvitation } from "#identity/server/store.ts";
import { addSponsor, readFailedJobs, readInvitations, readRosters } from "../contract.ts";
import { withStewardship } from "../../../tests/stewardship.ts";
import { hash } from "./inviting.ts";

const room = withStewardship();

const someRoster = (count: number) =>
  Array.from({ length: count }, (_, at) => `doctor${at}@clinic.example,attending`).join("\n");
const placeOf = (email: string) => Number(/\d+/.exec(email)![0]);
const climbing = (places: readonly number[]) => places.toSorted((one, other) => one - other);
const sentTo = async () => (await room.letters()).map(({ letter }) => letter.to).toSorted();
const linesKept = async () =>
  (await room.cluster.owner.query("select 1 from identity.roster_line")).rowCount;

test("a roster's letters are the same in every byte but the address, and due at one moment", async () => {
  await room.roster(await room.sponsor(), someRoster(40));
  const sent = await room.letters();
  expect(new Set(sent.map(({ letter }) => letter.to)).size).toBe(40);
  expect(new Set(sent.map(({ letter }) => JSON.stringify({ ...letter, to: "" }))).size).toBe(1);
  expect(new Set(sent.map(({ dueAt }) => dueAt))).toEqual(new Set([room.clock.at]));
  const { fields, template } = sent[0]!.letter;
  expect(template).toBe("roster-letter");
  expect(fields).toEqual({
    code: expect.stringMatching(/^([A-Z2-9]{4}-){4}[A-Z2-9]{4}$/),
    address: "room.example.org/join",
    until: "21 January 2027",
  });
});

test("a place in the queue, or among the rows, is no place in the file", async () => {
  await room.roster(await room.sponsor(), someRoster(40));
  const queued = (await room.letters()).map(({ letter }) => placeOf(letter.to));
  const { rows } = await room.cluster.owner.query<{ email_sealed: Buffer }>(
    "select email_sealed from identity.roster_line order by ctid",
  );
  const kept = rows.map((row) => placeOf(room.addresses.open(row.email_sealed)));
  expect(climbing(kept)).toEqual(Array.from({ length: 40 }, (_, at) => at));
  expect(climbing(queued)).toEqual(climbing(kept));
  expect(queued).not.toEqual(climbing(queued));
  expect(kept).not.toEqual(climbing(kept));
  expect(kept).not.toEqual(queued);
});

test("late in the day the letters wait for the next morning, all of them", async () => {
  room.clock.at = Date.parse("2026-11-22T22:00:00Z");
  const { answer } = await room.roster(await room.sponsor(), someRoster(3));
  expect(answer!.windowEnds).toBe("2027-01-22");
  const dues = new Set((await room.letters()).map(({ dueAt }) => dueAt));
  expect(dues).toEqual(new Set([Date.parse("2026-11-23T06:00:00Z")]));
});

test("bad lines are told by their number and the good ones are kept", async () => {
  const csv =
    "E-Mail;Stage\r\nada@clinic.example;leader\r\nnobody;leader\r\nben@clinic.example;chief\r\n";
  expect((await room.roster(await room.sponsor(), csv)).answer).toEqual({
    goodLines: 1,
    problems: [
      { line: 3, reason: "Address" },
      { line: 4, reason: "Stage" },
    ],
    windowEnds: "2027-01-21",
  });
  expect(await sentTo()).toEqual(["ada@clinic.example"]);
  expect(await linesKept()).toBe(1);
});

test("checking tells the same and keeps and sends nothing", async () => {
  const sponsor = await room.sponsor();
  const checked = await room.roster(sponsor, "ada@clinic.example,leader\nnobody,leader", true);
  expect(checked.answer).toEqual({
    goodLines: 1,
    problems: [{ line: 2, reason: "Address" }],
    windowEnds: null,
  });
  expect((await room.roster(sponsor, "nobody", true)).answer!.goodLines).toBe(0);
  expect(await room.letters()).toEqual([]);
  expect((await room.must(readRosters)).rosters).toEqual([]);
});

test("a roster without a good line, with too many, or of an unknown sponsor is refused", async () => {
  const sponsor = await room.sponsor();
  const refusalOf = async (of: string, csv: string, onlyCheck = false) => {
    const { status, refusal } = await room.roster(of, csv, onlyCheck);
    return [status, refusal];
  };
  expect(await refusalOf(sponsor, "nobody,leader")).toEqual([422, "NoGoodLine"]);
  expect(await refusalOf(sponsor, someRoster(5001))).toEqual([422, "TooManyLines"]);
  expect(await refusalOf(sponsor, "x\n".repeat(5001), true)).toEqual([422, "TooManyLines"]);
  const one = "ada@clinic.example,leader";
  expect(await refusalOf(randomUUID(), one)).toEqual([422, "SponsorNotFound"]);
  expect(await refusalOf(randomUUID(), one, true)).toEqual([422, "SponsorNotFound"]);
  expect(await room.letters()).toEqual([]);
});

test("a sponsor's name is taken once", async () => {
  await room.sponsor("Northfield Hospital");
  const again = await room.ask(addSponsor, { body: { name: " Northfield Hospital " } });
  expect([again.status, again.refusal]).toEqual([409, "NameTaken"]);
  expect((await room.must(readRosters)).sponsors).toMatchObject([{ name: "Northfield Hospital" }]);
});

test("nobody gets a second letter of the same sponsor's, though another sponsor may write", async () => {
  const [north, south] = [await room.sponsor("North"), await room.sponsor("South")];
  await room.roster(north, "ada@clinic.example,leader\nnobody,leader");
  const mended = await room.roster(north, "ada@clinic.example,leader\nben@clinic.example,leader");
  expect(mended.answer).toMatchObject({
    goodLines: 1,
    problems: [{ line: 1, reason: "AlreadyWritten" }],
  });
  expect(await sentTo()).toEqual(["ada@clinic.example", "ben@clinic.example"]);
  expect((await room.roster(north, "ada@clinic.example,leader")).refusal).toBe("NoGoodLine");
  expect((await room.roster(south, "ada@clinic.example,leader")).answer!.goodLines).toBe(1);
});

test("a roster sent twice at once goes out once", async () => {
  const sponsor = await room.sponsor();
  const both = await Promise.all([
    room.roster(sponsor, someRoster(30)),
    room.roster(sponsor, someRoster(30)),
  ]);
  expect(new Set(both.map(({ refusal }) => refusal))).toEqual(new Set([null, "NoGoodLine"]));
  expect(await room.letters()).toHaveLength(30);
});

test("nothing a steward can ask differs by whether a roster's code was used", async () => {
  const sponsor = await room.sponsor();
  await room.roster(sponsor, someRoster(3));
  const code = typedToCode((await room.letters())[0]!.letter.fields["code"]!)!;
  const codeHolder = () => findInvitation(room.identity, hash(code), "2026-11-22");
  const everything = async () => [
    await room.ask(readRosters),
    await room.ask(readInvitations),
    await room.ask(readFailedJobs),
    await room.roster(sponsor, someRoster(4), true),
    await room.roster(sponsor, someRoster(3)),
  ];
  const before = await everything();
  for (let used = 0; used < 3; used++) {
    expect(await useInvitation(room.identity, (await codeHolder())!)).toBe(true);
    expect(await everything()).toEqual(before);
  }
  expect(await codeHolder()).toBe(null);
});

test("stewardship has no right to read how often a code was used, nor a roster's addresses", async () => {
  const db = room.cluster.as<Record<string, Record<string, unknown>>>("stewardship");
  const read = (table: string, column: string) => db.selectFrom(table).select(column).execute();
  for (const [table, column] of [
    ["identity.roster", "uses_left"],
    ["identity.roster", "code_hash"],
    ["identity.roster_line", "email_sealed"],
    ["identity.invitation", "code_hash"],
    ["identity.account", "email_index"],
  ] as const)
    await expect(read(table, column)).rejects.toThrow(/permission denied/);
  expect(await read("identity.roster", "id")).toEqual([]);
});

test("a roster's lines are destroyed when its window ends", async () => {
  await room.roster(await room.sponsor(), someRoster(5));
  await sweepExpired(room.identity, "2027-01-21");
  expect(await linesKept()).toBe(5);
  await sweepExpired(room.identity, "2027-01-22");
  expect(await linesKept()).toBe(0);
});

test("rosters under way are listed with their sponsor and their days, and no count", async () => {
  await room.roster(await room.sponsor(), someRoster(5));
  expect((await room.must(readRosters)).rosters).toEqual([
    {
      id: expect.any(String),
      sponsor: "Northfield Hospital",
      letterOn: "2026-11-22",
      windowEnds: "2027-01-21",
    },
  ]);
  room.clock.at = Date.parse("2027-01-22T09:00:00Z");
  expect((await room.must(readRosters)).rosters).toEqual([]);
});

test("a list of five thousand goes out in one request", async () => {
  const sponsor = await room.sponsor();
  expect((await room.roster(sponsor, someRoster(5000))).answer!.goodLines).toBe(5000);
  expect(await room.letters()).toHaveLength(5000);
}, 30_000);
