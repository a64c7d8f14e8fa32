import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import * as contract from "../contract.ts";
import * as logs from "../logs-contract.ts";
import * as keys from "../steward-keys-contract.ts";
import * as verification from "../verification-contract.ts";
import { startJobs, type Tasks } from "#platform/server/jobs.ts";
import { silentLog } from "#platform/server/log.ts";
import { withStewardship } from "../../../tests/stewardship.ts";

const room = withStewardship();
const { makeInvitations, readFailedJobs, retryAllFailedJobs, retryFailedJob } = contract;

const A_KEY = Buffer.alloc(32, 7).toString("base64url");
const A_SIGNATURE = Buffer.alloc(64, 7).toString("base64url");
const stewards = Object.values({ ...contract, ...verification, ...keys, ...logs }).filter(
  (route) => route.who === "steward",
);

const bodies: Readonly<Record<string, object>> = {
  makeInvitations: { email: null, roles: [], stage: null, show: true },
  sendRoster: { sponsor: randomUUID(), csv: "a@b.example,leader", onlyCheck: true },
  addSponsor: { name: "Northfield Hospital" },
  retryFailedJob: { act: "let-go" },
  retryAllFailedJobs: {},
  resealDocument: {
    epoch: 1,
    sealed: Buffer.alloc(65_536 + 48).toString("base64url"),
  },
  decideVerification: { decision: "approve" },
  approveRoster: {},
  withdrawVerification: { reason: "not-confirmed" },
  addInstitution: { domain: "northfield.example", name: "Northfield" },
  offerStewardKeys: { binding: Buffer.alloc(64).toString("base64url") },
  extendStewardLog: {
    entry: {
      sequence: 1,
      kind: "admission",
      epoch: 1,
      epochKeys: null,
      stewards: [{ hpkeKey: A_KEY, signingKey: A_KEY, binding: A_SIGNATURE }],
      signer: A_KEY,
      signature: A_SIGNATURE,
    },
    wraps: [],
  },
};
const refusedEvenToStewards: Readonly<Record<string, string>> = {
  sendRoster: "SponsorNotFound",
  readDocument: "NotFound",
  resealDocument: "EpochPassed",
  decideVerification: "NotWaiting",
  withdrawVerification: "NotFound",
  offerStewardKeys: "BindingWrong",
  extendStewardLog: "EntryRefused",
};
const ids: Readonly<Record<string, string>> = { retryFailedJob: "1" };

test("all but what members and devices read is the stewards'", () => {
  const others = Object.values({ ...contract, ...verification, ...keys, ...logs })
    .filter((route) => route.who !== "steward")
    .map((route) => route.name);
  expect(others.toSorted()).toEqual(["askByDocument", "readDecisions", "readStewardLog"]);
});

test.each(stewards.map((route) => [route.name, route] as const))(
  "%s is a steward's alone",
  async (name, route) => {
    const asked = {
      params: { id: ids[name] ?? randomUUID(), domain: "northfield.example" },
      query: { name: "Ada" },
      ...(bodies[name] === undefined ? {} : { body: bodies[name] as never }),
    };
    const refusalOf = async (who: "nobody" | "member" | "coach" | "steward") =>
      (await room.ask(route, asked, who)).refusal;
    expect(await refusalOf("nobody")).toBe("NotSignedIn");
    expect(await refusalOf("member")).toBe("NotFound");
    expect(await refusalOf("coach")).toBe("NotFound");
    // A steward comes as far as the handler.
    expect(await refusalOf("steward")).toBe(refusedEvenToStewards[name] ?? null);
  },
);

// Work that failed -------------------------------------------------------------------------------

async function fail(message: string): Promise<string> {
  const { owner } = room.cluster;
  const { rows } = await owner.query<{ id: number }>(
    `select id from graphile_worker.add_job('letter', '{"sealed":"x"}'::json, max_attempts => 12)`,
  );
  const { id } = rows[0]!;
  await owner.query("select graphile_worker.permanently_fail_jobs(array[$1::bigint], $2)", [
    id,
    message,
  ]);
  return String(id);
}

const inviteAda = () =>
  room.must(makeInvitations, {
    body: { email: "ada@clinic.example", roles: [], stage: null, show: false },
  });
const act = (id: string, act: "retry" | "let-go") =>
  room.must(retryFailedJob, { params: { id }, body: { act } });

test("work that failed for good is shown by its kind alone", async () => {
  const id = await fail("ECONNREFUSED");
  await inviteAda();
  expect(await room.must(readFailedJobs)).toEqual({
    jobs: [{ id, task: "letter", attempts: 12, error: "ECONNREFUSED" }],
    failed: 1,
    waiting: 1,
  });
});

test("work that the runner itself gives up is shown by its kind alone", async () => {
  class MailServerError extends Error {
    readonly code = "EENVELOPE";
  }
  const { owner } = room.cluster;
  await owner.query(
    "select jobs.enqueue(task, '{}'::json) from unnest(array['letter', 'remind', 'sweep']) task",
  );
  await owner.query("update graphile_worker._private_jobs set attempts = max_attempts - 1");
  const tasks: Tasks = {
    letter: () => Promise.reject(new MailServerError("No mailbox ada@clinic.example")),
    remind: () => Promise.reject(new TypeError("ada@clinic.example is no time")),
    sweep: () => Promise.reject("ada@clinic.example"),
  };
  const jobs = await startJobs(owner.options, tasks, [], [], silentLog);
  await expect
    .poll(async () => (await room.must(readFailedJobs)).failed, { timeout: 15_000 })
    .toBe(3);
  await jobs.stop();
  const told = await room.ask(readFailedJobs);
  expect(told.answer!.jobs.map(({ task, error }) => [task, error])).toEqual([
    ["letter", "EENVELOPE"],
    ["remind", "TypeError"],
    ["sweep", "unknown"],
  ]);
  expect(told.text).not.toContain("ada");
});

test("an error that is a sentence is not shown: it could hold an address", async () => {
  await fail("No mailbox ada@clinic.example");
  const told = await room.ask(readFailedJobs);
  expect(told.answer!.jobs).toMatchObject([{ error: null }]);
  expect(told.text).not.toContain("ada");
});

test("work scheduled for later does not count as waiting, work that is tried again does", async () => {
  const { owner } = room.cluster;
  await owner.query(
    "select jobs.enqueue('letter', '{}'::json, now() + interval '1 hour', null), jobs.enqueue('letter', '{}'::json, now() + interval '1 hour', 'again')",
  );
  expect((await room.must(readFailedJobs)).waiting).toBe(0);
  await owner.query("update graphile_worker._private_jobs set attempts = 3 where key = 'again'");
  expect((await room.must(readFailedJobs)).waiting).toBe(1);
});

test("a steward tries failed work again, lets it go, or tries all of it", async () => {
  const [one, two, three] = [await fail("EAUTH"), await fail("EAUTH"), await fail("EAUTH")];
  await act(one, "retry");
  await act(two, "let-go");
  expect(await room.must(readFailedJobs)).toMatchObject({
    jobs: [{ id: three }],
    failed: 1,
    waiting: 1,
  });
  await room.must(retryAllFailedJobs, { body: {} });
  expect(await room.must(readFailedJobs)).toEqual({ jobs: [], failed: 0, waiting: 2 });
  const { rows } = await room.cluster.owner.query(
    "select id::text, attempts from graphile_worker.jobs job order by job.id",
  );
  expect(rows).toEqual([
    { id: one, attempts: 0 },
    { id: three, attempts: 0 },
  ]);
});

test("work that has not failed can be neither let go nor moved", async () => {
  await inviteAda();
  const before = await room.letters();
  await act(String(before[0]!.id), "let-go");
  await act(String(before[0]!.id), "retry");
  await room.must(retryAllFailedJobs, { body: {} });
  expect(await room.letters()).toEqual(before);
});

test("of very much failed work the first hundred are shown, and the count of all", async () => {
  for (let nth = 0; nth < 101; nth++) await fail("EAUTH");
  const { jobs, failed } = await room.must(readFailedJobs);
  expect([jobs.length, failed]).toEqual([100, 101]);
});
