import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import { deletionOf } from "#app/server/deletion.ts";
import { keepDecision } from "#identity/server/verification-store.ts";
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import { redact } from "#platform/redacted.ts";
import { openDeletionLedger } from "#platform/server/deletion-ledger.ts";
import { proveBadge } from "../badge.ts";
import { issuePasses, MOST_ISSUED_AT_ONCE, readKeyLogEntries } from "../contract.ts";
import { readPassesDue } from "../due-contract.ts";
import { pseudonymKeys } from "../slot.ts";
import { parsePass } from "../token.ts";
import { askingFor, withIssuing, type Asking } from "../../../tests/issuing.ts";
import type { Somebody } from "../../../tests/stewardship.ts";
import { makeOrigin } from "./origin.ts";

const issuing = withIssuing();

/** Another blinded message for the same slot, as another wallet would make it. */
const another = (asking: Asking): Asking => ({
  ...asking,
  blinded: bytesToBase64url(randomBytes(256).with(0, 0)),
});
const due = (who: Somebody) => issuing.room.must(readPassesDue, {}, who);
const owned = () => new Kysely<never>({ dialect: new PostgresDialect({ pool: ownerPool() }) });
const ownerPool = () => issuing.room.cluster.owner;

describe("a verified doctor", () => {
  test("is told what is due, fetches it, and holds a badge that counts from the month it is for", async () => {
    const doctor = await issuing.doctor();
    expect(await due(doctor)).toEqual({
      state: "due",
      due: [{ purpose: "circle-badge", name: "2026-12", slots: [0] }],
    });
    const badge = await issuing.badge(doctor, "2026-12");
    const { community, log } = await issuing.log(doctor);
    const period = { purpose: "circle-badge", name: "2026-12" } as const;
    const pseudonym = pseudonymKeys(doctor.vaultKey, { period, number: 0 });
    const showing = { challenge: randomBytes(32), act: randomBytes(32) };
    const proof = proveBadge(pseudonym.secret, parsePass(badge)!, showing);
    const origin = makeOrigin(log, community);
    const shown = (day: string) =>
      origin.acceptBadge(badge, "circle-badge", day, { showing, proof });
    expect(shown("2026-11-30").ok).toBe(false);
    expect(shown("2026-12-01")).toMatchObject({ value: { pseudonym: pseudonym.publicKey } });
  });

  test("is given the same signature for the same request, on any device and for as long as it counts", async () => {
    const doctor = await issuing.doctor();
    const asking = await issuing.asking(doctor, "2026-12");
    const first = await issuing.ask(doctor, asking);
    expect(first.answer!.signatures).toHaveLength(1);
    for (const day of ["2026-11-30", "2026-12-24", "2027-01-31"]) {
      await issuing.goTo(day);
      expect(await issuing.ask(doctor, asking)).toEqual(first);
      expect((await due(doctor)).due).toContainEqual({
        purpose: "circle-badge",
        name: "2026-12",
        slots: [0],
      });
    }
    expect(await issuing.count("pass.issued")).toBe(1);
    await issuing.goTo("2027-02-01");
    expect((await issuing.ask(doctor, asking)).refusal).toBe("NotIssuing");
  });

  test("is refused another request for the slot, and nothing changes", async () => {
    const doctor = await issuing.doctor();
    const asking = await issuing.asking(doctor, "2026-12");
    const first = await issuing.ask(doctor, asking);
    expect((await issuing.ask(doctor, another(asking))).refusal).toBe("AnotherRequest");
    expect((await issuing.ask(doctor, { ...asking, slot: 1 })).refusal).toBe("NoneDue");
    expect(await issuing.ask(doctor, asking)).toEqual(first);
  });

  test("with many devices at once gets one badge", async () => {
    const doctor = await issuing.doctor();
    const asking = await issuing.asking(doctor, "2026-12");
    const told = await Promise.all(
      Array.from({ length: 12 }, () => issuing.ask(doctor, another(asking))),
    );
    expect(told.filter(({ answer }) => answer !== null)).toHaveLength(1);
    expect(new Set(told.map(({ refusal }) => refusal))).toEqual(new Set([null, "AnotherRequest"]));
    expect(await issuing.count("pass.issued")).toBe(1);
  });

  test("whose devices ask alike at once gets the same on each", async () => {
    const doctor = await issuing.doctor();
    const asking = await issuing.asking(doctor, "2026-12");
    const told = await Promise.all(Array.from({ length: 12 }, () => issuing.ask(doctor, asking)));
    expect(new Set(told.map(({ answer }) => answer!.signatures[0])).size).toBe(1);
  });

  test("gets one badge a quarter, in whichever of its months", async () => {
    const doctor = await issuing.doctor();
    await issuing.badge(doctor, "2026-12");
    await issuing.goTo("2026-12-20");
    await issuing.badge(doctor, "2027-01");
    await issuing.goTo("2027-01-20");
    const asking = await issuing.asking(doctor, "2027-02");
    expect((await issuing.ask(doctor, asking)).refusal).toBe("NoneDue");
    expect((await due(doctor)).due.map(({ name }) => name)).toEqual(["2026-12", "2027-01"]);
    const later = await issuing.doctor();
    await issuing.badge(later, "2027-02");
  });

  test("could not be given a second badge of a quarter by a faulty program either", async () => {
    const doctor = await issuing.doctor();
    await issuing.goTo("2026-12-20");
    const january = await issuing.asking(doctor, "2027-01");
    await issuing.ask(doctor, january);
    await expect(
      issuing.room.cluster.owner.query(
        `insert into pass.issued select account, purpose, '2026-12', counted_by, slot, request from pass.issued`,
      ),
    ).rejects.toThrow("issued_pkey");
  });
});

describe("nothing is issued", () => {
  test("to whoever isn't verified: never asked, asked, refused", async () => {
    const somebody = await issuing.room.join();
    const asking = await issuing.asking(somebody, "2026-12");
    const isRefused = async () => {
      expect((await issuing.ask(somebody, asking)).refusal).toBe("NotVerified");
      expect(await due(somebody)).toEqual({ state: "not-verified", due: [] });
    };
    await isRefused();
    await issuing.room.askFor(somebody);
    await isRefused();
    const { identity } = issuing.room;
    await keepDecision(identity, somebody.account, { state: "refused", reason: "name-differs" });
    await isRefused();
    expect(await issuing.count("pass.issued")).toBe(0);
    await issuing.verify(somebody);
    expect((await issuing.ask(somebody, asking)).refusal).toBeNull();
  });

  test("to whoever isn't signed in", async () => {
    const doctor = await issuing.doctor();
    const asking = await issuing.asking(doctor, "2026-12");
    const body = { requests: [asking] };
    expect((await issuing.room.ask(issuePasses, { body }, "nobody")).refusal).toBe("NotSignedIn");
    expect((await issuing.room.ask(readKeyLogEntries, {}, "nobody")).refusal).toBe("NotSignedIn");
  });

  test("for a month before or after its own, or a purpose that has no keys", async () => {
    const doctor = await issuing.doctor();
    await issuing.goTo("2026-12-20");
    const { log } = await issuing.log(doctor);
    expect(log.keys.map(({ period }) => period.name)).toEqual(["2026-12", "2027-01", "2027-02"]);
    const now = await issuing.asking(doctor, "2027-01");
    const refused = async (asking: Asking) =>
      expect((await issuing.ask(doctor, asking)).refusal).toBe("NotIssuing");
    for (const name of ["2026-12", "2027-02", "2027-03", "2027-01-04", "ab".repeat(16)])
      await refused({ ...now, name });
    await refused({ ...now, purpose: "session-token", name: "2026-12-21" });
    await refused({ ...now, purpose: "survey-voice", name: "ab".repeat(16) });
    await refused({ ...now, purpose: "sponsor-credit", name: "2027-01" });
  });

  test("where one of several is refused, and what was right stays to be fetched", async () => {
    const doctor = await issuing.doctor();
    const asking = await issuing.asking(doctor, "2026-12");
    for (const wrong of [{ ...asking, slot: 1 }, { ...asking, name: "2027-01" }, another(asking)])
      expect((await issuing.ask(doctor, asking, wrong)).refusal).not.toBeNull();
    expect(await issuing.count("pass.issued")).toBe(0);
    const twice = await issuing.ask(doctor, asking, asking);
    expect(new Set(twice.answer!.signatures).size).toBe(1);
  });

  test("for what is no blinded message, and the slot stays free", async () => {
    const doctor = await issuing.doctor();
    const wanted = await issuing.wanted(doctor, "2026-12");
    const asking = askingFor(wanted);
    const modulus = wanted.key.issuer.spki.subarray(-261, -5);
    const wrong = [modulus, new Uint8Array(256).fill(0xff)].map(bytesToBase64url);
    for (const blinded of wrong)
      expect((await issuing.ask(doctor, { ...asking, blinded })).refusal).toBe("BadInput");
    expect(await issuing.count("pass.issued")).toBe(0);
    await issuing.badge(doctor, "2026-12");
  });

  test("for a body of another shape", async () => {
    const doctor = await issuing.doctor();
    const asking = await issuing.asking(doctor, "2026-12");
    const short = bytesToBase64url(base64urlToBytes(asking.blinded)!.subarray(1));
    const bodies: unknown[] = [
      {},
      { requests: [] },
      { requests: [asking], account: doctor.account },
      { requests: Array.from({ length: MOST_ISSUED_AT_ONCE + 1 }, () => asking) },
      { requests: [{ ...asking, blinded: short }] },
      { requests: [{ ...asking, blinded: `${asking.blinded}A` }] },
      { requests: [{ ...asking, blinded: asking.blinded.replace(/^./, "=") }] },
      { requests: [{ ...asking, slot: -1 }] },
      { requests: [{ ...asking, slot: 0.5 }] },
      { requests: [{ ...asking, slot: "0" }] },
      { requests: [{ ...asking, slot: 24 }] },
      { requests: [{ ...asking, purpose: "toString" }] },
      { requests: [{ ...asking, name: "2026-12'; --" }] },
      {
        requests: [
          { ...asking, name: "2026-13" },
          { ...asking, extra: 1 },
        ],
      },
    ];
    for (const body of bodies) {
      const told = await issuing.room.ask(issuePasses, { body: body as never }, doctor);
      expect([told.status, told.refusal], JSON.stringify(body).slice(0, 80)).toEqual([
        400,
        "BadInput",
      ]);
    }
    expect(await issuing.count("pass.issued")).toBe(0);
  });
});

describe("deleting an account", () => {
  const remove = async (account: string) => {
    const folder = await mkdtemp(join(tmpdir(), "callroom-ledger-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const ledger = openDeletionLedger(folder, redact(randomBytes(32)));
    await deletionOf(owned(), () => Promise.resolve(), ledger)(account);
  };

  test("takes along what was issued to it, and nobody else's", async () => {
    const [doctor, other] = [await issuing.doctor(), await issuing.doctor()];
    await issuing.badge(doctor, "2026-12");
    await issuing.badge(other, "2026-12");
    await remove(doctor.account);
    const { rows } = await ownerPool().query("select account from pass.issued");
    expect(rows).toEqual([{ account: other.account }]);
  });

  test("in the middle of issuing leaves nothing behind, and is no defect", async () => {
    const doctor = await issuing.doctor();
    const asking = await issuing.asking(doctor, "2026-12");
    const deleting = await ownerPool().connect();
    await deleting.query("begin");
    await deleting.query("delete from identity.account where id = $1", [doctor.account]);
    const told = issuing.ask(doctor, asking);
    await expect
      .poll(async () => {
        await deleting.query("select pg_stat_clear_snapshot()");
        const { rows } = await deleting.query<{ waiting: number }>(
          "select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        );
        return rows[0]!.waiting;
      })
      .toBe(1);
    await deleting.query("commit");
    deleting.release();
    expect((await told).refusal).toBe("NotSignedIn");
    expect(await issuing.count("pass.issued")).toBe(0);
  });
});

test("what is kept of an issuing has no moment", async () => {
  const { rows } = await ownerPool().query<{ type: string }>(
    `select distinct data_type as type from information_schema.columns
     where table_schema = 'pass' and table_name = 'issued' order by 1`,
  );
  expect(rows.map(({ type }) => type)).toEqual(["bytea", "smallint", "text", "uuid"]);
});
