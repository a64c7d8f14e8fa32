import { expect, test } from "vitest";
import { bytesToBase64url } from "#platform/bytes.ts";
import { toOpenKey } from "#vault/web/keys.ts";
import { withStewardship, type Somebody } from "../../../tests/stewardship.ts";
import type { LogHead } from "../log-entry.ts";
import * as keys from "../steward-keys-contract.ts";
import { epochKeysIn, readStewardLogEntries, type StewardLogState } from "../steward-log.ts";
import type { StewardKeys } from "../log-entry.ts";
import {
  askByDocument,
  readDocument,
  readVerifications,
  resealDocument,
  decideVerification,
} from "../verification-contract.ts";
import { readDecisions, readStewardLog } from "../logs-contract.ts";
import { openDocument, sealDocument } from "../web/document-seal.ts";
import {
  admitSteward,
  foundEpoch,
  openEpochWrap,
  ownStewardKeys,
  renewEpoch,
  type EpochSecret,
  type Extension,
} from "../web/steward-key.ts";

const room = withStewardship();

const sql = (text: string, values: readonly unknown[] = []) =>
  room.cluster.owner.query<Record<string, unknown>>(text, [...values]);
const openOf = (who: Somebody) => toOpenKey(Uint8Array.from(who.vaultKey));

/** What a device that kept `kept` says of the server's log. */
async function log(kept: LogHead | null = null): Promise<StewardLogState | null> {
  const { entries } = await room.must(readStewardLog, {}, "nobody");
  const read = readStewardLogEntries(entries, kept);
  if (!read.ok) throw new Error(read.refusal.type);
  return read.value;
}
const extend = async (who: Somebody, extension: Extension) =>
  (await room.ask(keys.extendStewardLog, { body: extension }, who)).refusal;
const view = (who: Somebody) => room.must(keys.readStewardKeys, {}, who);

/** A steward who has opened the page once. */
async function steward(): Promise<Somebody & { keys: StewardKeys }> {
  const who = await room.join(["steward"]);
  const own = await ownStewardKeys(await openOf(who));
  const asked = { body: { binding: own.binding } };
  await room.must(keys.offerStewardKeys, asked, who);
  return { ...who, keys: own };
}

async function found() {
  // Those of the room have no keys here and are not asked.
  await sql("update identity.account set roles = '{}' where 'steward' = any(roles)");
  const ada = await steward();
  const made = await foundEpoch(await openOf(ada), await log(), ada.account);
  expect(await extend(ada, made)).toBeNull();
  return ada;
}
async function secretOf(who: Somebody, epoch?: number): Promise<EpochSecret | null> {
  const { wraps } = await view(who);
  const { entries } = await room.must(readStewardLog, {}, "nobody");
  const wrap = wraps.find((each) => each.epoch === (epoch ?? wraps.at(-1)?.epoch));
  if (!wrap) return null;
  const epochKeys = epochKeysIn(entries, wrap.epoch)!;
  return openEpochWrap(await openOf(who), wrap.epoch, epochKeys, wrap.sealed);
}
const admit = async (by: Somebody, whom: { account: string; keys: StewardKeys }) =>
  extend(by, await admitSteward(await openOf(by), (await log())!, (await secretOf(by))!, whom));

const lose = (who: Somebody) =>
  sql("update identity.account set roles = '{}' where id = $1", [who.account]);

const decisions = async () =>
  (await room.must(readDecisions, { query: { after: "0" } }, "member")).decisions.map(
    ({ kind, detail }) => `${kind} ${detail}`,
  );

test("before anybody founded the key the log is empty, and documents wait", async () => {
  const told = await room.must(readStewardLog, {}, "nobody");
  expect(told).toEqual({ entries: [], documentsWait: true });
});

test("the first steward founds the key, and opens their own wrap of it", async () => {
  const ada = await found();
  expect(await log()).toMatchObject({ epoch: 1, foundings: 1, stewards: [ada.keys] });
  expect(await view(ada)).toMatchObject({ foundingDue: false, renewalDue: false });
  expect(await secretOf(ada)).not.toBeNull();
  expect((await room.must(readStewardLog, {}, "nobody")).documentsWait).toBe(false);
});

test("a second steward waits for the first's signature, and then holds the same key", async () => {
  const ada = await found();
  const bo = await steward();
  expect((await view(bo)).wraps).toEqual([]);
  const seen = (await view(ada)).stewards.find(({ account }) => account === bo.account);
  expect(seen).toMatchObject({ binding: bo.keys.binding, inLog: false });
  expect(await admit(ada, bo)).toBeNull();
  expect(await secretOf(bo)).toEqual(await secretOf(ada));
  expect((await log())!.stewards).toEqual([ada.keys, bo.keys]);
  expect(await decisions()).toEqual(["steward-key founded", "steward admitted"]);
});

test("nobody admits themselves or founds a second key beside the first", async () => {
  await found();
  const bo = await steward();
  const open = await openOf(bo);
  expect(await extend(bo, await foundEpoch(open, await log(), bo.account))).toBe("EntryRefused");
  const invented = { hpke: new Uint8Array(32).fill(1), signing: new Uint8Array(32).fill(2) };
  const own = await admitSteward(open, (await log())!, invented, bo);
  expect(await extend(bo, own)).toBe("EntryRefused");
});

test("nobody is admitted who is no steward, or with keys that are not their account's", async () => {
  const ada = await found();
  const member = await room.join();
  const theirs = await ownStewardKeys(await openOf(member));
  expect(await admit(ada, { account: member.account, keys: theirs })).toBe("EntryRefused");
  const bo = await steward();
  expect(await admit(ada, { account: bo.account, keys: theirs })).toBe("EntryRefused");
});

test("the key reaches exactly whom the entry names", async () => {
  const ada = await found();
  const [bo, cy] = [await steward(), await steward()];
  const open = await openOf(ada);
  const good = await admitSteward(open, (await log())!, (await secretOf(ada))!, bo);
  const [wrap] = good.wraps;
  for (const wraps of [
    [],
    [{ ...wrap!, account: cy.account }],
    [wrap!, { ...wrap!, account: cy.account }],
    [wrap!, wrap!],
  ])
    expect(await extend(ada, { ...good, wraps })).toBe("EntryRefused");
  expect(await extend(ada, good)).toBeNull();
});

test("an entry that another signed is not taken from somebody else's hand", async () => {
  const ada = await found();
  const [bo, cy] = [await steward(), await steward()];
  expect(await admit(ada, bo)).toBeNull();
  const good = await admitSteward(await openOf(ada), (await log())!, (await secretOf(ada))!, cy);
  expect(await extend(bo, good)).toBe("EntryRefused");
  expect(await extend(ada, good)).toBeNull();
  expect(await extend(ada, good)).toBe("LogMoved");
});

test("of two entries at once one is taken, the other hears that the log moved", async () => {
  const ada = await found();
  const both = [await steward(), await steward()];
  const open = await openOf(ada);
  const state = (await log())!;
  const secret = (await secretOf(ada))!;
  const made = await Promise.all(both.map((each) => admitSteward(open, state, secret, each)));
  const told = await Promise.all(made.map((each) => extend(ada, each)));
  expect(told.toSorted()).toEqual(["LogMoved", null]);
  expect((await log())!.stewards).toHaveLength(2);
});

test("when a steward leaves documents wait until another makes a new epoch without them", async () => {
  const ada = await found();
  const [bo, cy] = [await steward(), await steward()];
  await admit(ada, bo);
  await admit(ada, cy);
  const kept = (await log())!;
  await lose(ada);
  expect(await view(bo)).toMatchObject({ renewalDue: true, foundingDue: false });
  expect((await room.must(readStewardLog, {}, "nobody")).documentsWait).toBe(true);
  const renewed = await renewEpoch(await openOf(bo), kept, [bo, cy]);
  expect(await extend(bo, renewed)).toBeNull();
  expect(await log(kept)).toMatchObject({ epoch: 2, foundings: 1, stewards: [bo.keys, cy.keys] });
  expect(await secretOf(cy)).toEqual(await secretOf(bo));
  expect(await secretOf(cy)).not.toEqual(await secretOf(cy, 1));
  expect(
    (await sql("select 1 from stewardship.epoch_wrap where account = $1", [ada.account])).rowCount,
  ).toBe(0);
  expect((await decisions()).slice(-2)).toEqual(["steward-key renewed", "steward left"]);
});

test("an epoch that keeps who has left is refused", async () => {
  const ada = await found();
  const bo = await steward();
  await admit(ada, bo);
  await lose(ada);
  const state = (await log())!;
  const made = await renewEpoch(await openOf(bo), state, [ada, bo]);
  expect(await extend(bo, made)).toBe("EntryRefused");
});

test("a deleted steward is a left one", async () => {
  const ada = await found();
  const bo = await steward();
  await admit(ada, bo);
  await sql("delete from identity.account where id = $1", [ada.account]);
  expect(await view(bo)).toMatchObject({ renewalDue: true });
  const made = await renewEpoch(await openOf(bo), (await log())!, [bo]);
  expect(await extend(bo, made)).toBeNull();
});

test("where nobody is left the key is founded anew, and every device can tell", async () => {
  const ada = await found();
  const kept = (await log())!;
  await lose(ada);
  const bo = await steward();
  expect(await view(bo)).toMatchObject({ foundingDue: true });
  expect(await extend(bo, await foundEpoch(await openOf(bo), kept, bo.account))).toBeNull();
  expect(await log(kept)).toMatchObject({ epoch: 2, foundings: 2 });
});

test("a binding that the signing key didn't make is refused", async () => {
  const [bo, cy] = [await room.join(["steward"]), await room.join(["steward"])];
  const { binding } = await ownStewardKeys(await openOf(cy));
  expect((await room.ask(keys.offerStewardKeys, { body: { binding } }, bo)).refusal).toBe(
    "BindingWrong",
  );
});

test("a wrap opens for its steward, in its epoch, and holds what the log shows, or it doesn't open", async () => {
  const ada = await found();
  const bo = await steward();
  const state = (await log())!;
  const [wrap] = (await view(ada)).wraps;
  const openWith = async (who: Somebody, epoch = 1, sealed = wrap!.sealed) =>
    openEpochWrap(await openOf(who), epoch, state.epochKeys, sealed);
  expect(await openWith(ada)).not.toBeNull();
  expect(await openWith(bo)).toBeNull();
  expect(await openWith(ada, 2)).toBeNull();
  expect(await openWith(ada, 1, wrap!.sealed.replace(/^./, "_"))).toBeNull();
  expect(await openWith(ada, 1, "AA")).toBeNull();
  // Rightly sealed to Ada, but another key than the log's.
  const other = { hpke: new Uint8Array(32).fill(3), signing: new Uint8Array(32).fill(4) };
  const another = await admitSteward(await openOf(bo), state, other, ada);
  expect(await openWith(ada, 1, another.wraps[0]!.sealed)).toBeNull();
});

// Documents -----------------------------------------------------------------------------------------

const PDF = new TextEncoder().encode("%PDF-1.7 a fictional licence");
const CLAIM = {
  licence: { country: "GB", number: "1234567" },
  givenName: "Ada",
  familyName: "Fictional",
};

const send = (who: Somebody, epoch: number, sealed: string) =>
  room.ask(askByDocument, { body: { ...CLAIM, epoch, sealed } }, who);
async function sendPdf(who: Somebody): Promise<void> {
  const state = (await log())!;
  const sealed = await sealDocument(state.epoch, state.epochKeys, who.account, PDF);
  expect((await send(who, state.epoch, sealed)).refusal).toBeNull();
}
const onlyWaiting = async (by: Somebody) =>
  (await room.must(readVerifications, {}, by)).verifications[0]!;

test("a document is opened in a steward's browser, and nowhere before", async () => {
  const ada = await found();
  const doctor = await room.join();
  await sendPdf(doctor);
  const asking = await onlyWaiting(ada);
  expect(asking).toMatchObject({ way: "document", documentEpoch: 1, account: doctor.account });
  const { epoch, sealed } = await room.must(readDocument, { params: { id: asking.id } }, ada);
  const { epochKeys } = (await log())!;
  const secret = (await secretOf(ada))!;
  expect(await openDocument(secret, epoch, epochKeys, doctor.account, sealed)).toEqual(PDF);
  expect(await openDocument(secret, epoch, epochKeys, ada.account, sealed)).toBeNull();
  expect(await openDocument(secret, 2, epochKeys, doctor.account, sealed)).toBeNull();
  const { rows } = await sql("select encode(sealed, 'escape') as text from stewardship.document");
  expect(JSON.stringify(rows)).not.toContain("fictional");
});

test("a document is destroyed with the decision, with another asking, and with the account", async () => {
  const ada = await found();
  const count = async () => (await sql("select 1 from stewardship.document")).rowCount;
  const decide = async (decision: "approve" | "refuse") => {
    const { id } = await onlyWaiting(ada);
    const body =
      decision === "approve"
        ? ({ decision } as const)
        : ({ decision, reason: "document-unreadable" } as const);
    await room.must(decideVerification, { params: { id }, body }, ada);
    expect((await room.ask(readDocument, { params: { id } }, ada)).refusal).toBe("NotFound");
  };
  const doctor = await room.join();
  await sendPdf(doctor);
  expect(await count()).toBe(1);
  await decide("refuse");
  expect(await count()).toBe(0);
  await sendPdf(doctor);
  await sendPdf(doctor);
  expect(await count()).toBe(1);
  await room.askFor(doctor);
  expect(await count()).toBe(0);
  await sendPdf(doctor);
  await decide("approve");
  expect(await count()).toBe(0);
  expect((await send(doctor, 1, bytesToBase64url(new Uint8Array(65_536 + 48)))).refusal).toBe(
    "VerifiedAlready",
  );
  const other = await room.join();
  await sendPdf(other);
  await sql("delete from identity.account where id = $1", [other.account]);
  expect(await count()).toBe(0);
});

test("while the key waits for renewal no document is taken, and afterwards none for the old one", async () => {
  const ada = await found();
  const bo = await steward();
  await admit(ada, bo);
  const doctor = await room.join();
  const old = (await log())!;
  const sealed = await sealDocument(old.epoch, old.epochKeys, doctor.account, PDF);
  await lose(ada);
  expect((await send(doctor, 1, sealed)).refusal).toBe("StewardsWait");
  await extend(bo, await renewEpoch(await openOf(bo), old, [bo]));
  expect((await send(doctor, 1, sealed)).refusal).toBe("EpochPassed");
  await sendPdf(doctor);
});

test("a document of an earlier epoch is sealed anew by who could open it", async () => {
  const ada = await found();
  const bo = await steward();
  await admit(ada, bo);
  const doctor = await room.join();
  await sendPdf(doctor);
  const old = (await log())!;
  await lose(ada);
  await extend(bo, await renewEpoch(await openOf(bo), old, [bo]));
  const { id } = await onlyWaiting(bo);
  const before = await room.must(readDocument, { params: { id } }, bo);
  const plain = await openDocument(
    (await secretOf(bo, before.epoch))!,
    before.epoch,
    old.epochKeys,
    doctor.account,
    before.sealed,
  );
  const now = (await log())!;
  const sealed = await sealDocument(now.epoch, now.epochKeys, doctor.account, plain!);
  const reseal = (epoch: number) =>
    room.ask(resealDocument, { params: { id }, body: { epoch, sealed } }, bo);
  expect((await reseal(1)).refusal).toBe("EpochPassed");
  expect((await reseal(2)).refusal).toBeNull();
  expect((await reseal(2)).refusal).toBe("NotFound");
  const after = await room.must(readDocument, { params: { id } }, bo);
  const opened = await openDocument(
    (await secretOf(bo))!,
    after.epoch,
    now.epochKeys,
    doctor.account,
    after.sealed,
  );
  expect(opened).toEqual(PDF);
});

test("a document of another length than sealing gives is no document", async () => {
  await found();
  const doctor = await room.join();
  for (const length of [0, 1, 65_536, 65_536 + 47]) {
    const told = await send(doctor, 1, bytesToBase64url(new Uint8Array(length)));
    expect(told.refusal).toBe("BadInput");
  }
});

test("documents are in no backup, nor a quarter's secret, nor the registry", async () => {
  const { rows } = await sql(
    `select c.relname as name from pg_class c
     where obj_description(c.oid, 'pg_class') like 'not in backups%' order by 1`,
  );
  expect(rows.map((row) => row["name"])).toEqual([
    "document",
    "import",
    "licence_mark",
    "licence_quarter",
    "person",
  ]);
});
