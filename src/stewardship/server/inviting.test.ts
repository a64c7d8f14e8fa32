import { expect, test } from "vitest";
import { typedToCode } from "#identity/invitation.ts";
import { findInvitation } from "#identity/server/store.ts";
import { makeInvitations, readInvitations, withdrawInvitation } from "../contract.ts";
import { readDecisions } from "../logs-contract.ts";
import { withStewardship } from "../../../tests/stewardship.ts";
import { hash } from "./inviting.ts";

const room = withStewardship();

const NOBODY = { email: null, roles: [], stage: null, show: false };
const invite = (over: object) => room.must(makeInvitations, { body: { ...NOBODY, ...over } });
const open = async () => (await room.must(readInvitations)).invitations;

test("an invitation's letter carries a link whose code opens it for thirty days", async () => {
  const answer = await invite({
    email: " Ada@Clinic.Example ",
    roles: ["coach", "coach"],
    stage: "leader",
  });
  expect(answer).toEqual({ link: null });
  const code = await room.codeSentTo("ada@clinic.example");
  expect((await room.letters())[0]!.letter).toMatchObject({
    template: "invitation",
    fields: { link: `https://room.example.org/join#${code}`, until: "22 December 2026" },
  });
  const found = await findInvitation(room.identity, hash(code), "2026-12-22");
  expect(found).toMatchObject({ roles: ["coach"], stage: "leader" });
  expect(found!.email_index!.equals(room.addresses.index("ada@clinic.example"))).toBe(true);
  expect(await findInvitation(room.identity, hash(code), "2026-12-23")).toBe(null);
});

test("neither the code nor the address lies readable in the database, nor in the queue", async () => {
  await invite({ email: "ada@clinic.example" });
  const code = await room.codeSentTo("ada@clinic.example");
  const { rows } = await room.cluster.owner.query<{ row: string }>(
    `select i::text as row from identity.invitation i
     union all select j::text from graphile_worker._private_jobs j`,
  );
  expect(rows).toHaveLength(2);
  for (const { row } of rows) expect(row).not.toMatch(new RegExp(`${code}|clinic|ada@`));
});

test("a link to hand over is answered once and no letter leaves", async () => {
  const { link } = await invite({ email: "ada@clinic.example", show: true });
  const code = link!.split("#")[1]!;
  expect(typedToCode(code)).toBe(code);
  expect(await findInvitation(room.identity, hash(code), "2026-11-22")).not.toBe(null);
  expect(await room.letters()).toEqual([]);
  const listed = await room.ask(readInvitations);
  expect(listed.text).toContain("ada@clinic.example");
  expect(listed.text).not.toContain(code);
});

test("a link can be made for somebody whose address nobody knows", async () => {
  expect((await invite({ show: true })).link).toMatch(/#[A-Z2-9]{20}$/);
  expect(await open()).toMatchObject([{ email: null, roles: [], expiresOn: "2026-12-22" }]);
});

test("an invitation with neither an address nor a hand to give it to is refused", async () => {
  const refused = await room.ask(makeInvitations, { body: NOBODY });
  expect([refused.status, refused.refusal]).toEqual([422, "AddressNeeded"]);
  expect(await open()).toEqual([]);
});

test("a withdrawn invitation's code is worthless and its letter does not leave", async () => {
  await invite({ email: "ada@clinic.example" });
  await invite({ email: "ben@clinic.example" });
  const code = await room.codeSentTo("ada@clinic.example");
  const { id } = (await open()).find(({ email }) => email === "ada@clinic.example")!;
  await room.must(withdrawInvitation, { params: { id } });
  expect(await findInvitation(room.identity, hash(code), "2026-11-22")).toBe(null);
  expect((await room.letters()).map(({ letter }) => letter.to)).toEqual(["ben@clinic.example"]);
  expect(await open()).toMatchObject([{ email: "ben@clinic.example" }]);
  // Twice is as good as once.
  expect(await room.must(withdrawInvitation, { params: { id } })).toEqual({});
});

test("an invitation past its last day is not listed", async () => {
  await invite({ email: "ada@clinic.example" });
  room.clock.at += 30 * 86_400_000;
  expect(await open()).toHaveLength(1);
  room.clock.at += 86_400_000;
  expect(await open()).toEqual([]);
});

test("that a steward was invited is in the log, and that anybody else was is not", async () => {
  await invite({ email: "ada@clinic.example", roles: ["coach"] });
  await invite({ show: true, roles: ["steward"] });
  const { decisions } = await room.must(readDecisions, { query: { after: "0" } });
  expect(decisions.map(({ kind, detail }) => `${kind} ${detail}`)).toEqual(["steward invited"]);
});
