import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BodyInputOf } from "#platform/contract.ts";
import { logDecision } from "#stewardship/server/decision-store.ts";
import { readDecisions } from "#stewardship/logs-contract.ts";
import { fileOf, fixture } from "../../../../tests/instrument-files.ts";
import { withStewardship } from "../../../../tests/stewardship.ts";
import { addInstrument, dropInstrument, readInstruments } from "../contract.ts";
import { cssrs } from "../scorers/c-ssrs.ts";
import { mbi } from "../scorers/mbi.ts";
import { instrumentRoutes } from "./routes.ts";
import type { InstrumentTables } from "./tables.ts";

const room = withStewardship();

beforeAll(() =>
  instrumentRoutes(room.mounting, {
    db: room.cluster.as<InstrumentTables>("reflect"),
    logDecision: (within, decision) => logDecision(within, room.clock, decision),
  }),
);
beforeEach(() => room.cluster.owner.query("truncate reflect.instrument"));

const licence = {
  by: "Northfield Medical Society",
  terms: "Released for everybody's use.",
  on: "2026-11-22",
};
const addition = (questionnaire = fixture("phq-9")): BodyInputOf<typeof addInstrument> => ({
  questionnaire,
  licence,
  protocolReady: false,
});

async function logged(): Promise<string[]> {
  const { decisions } = await room.must(readDecisions, { query: { after: "0" } }, "member");
  return decisions.flatMap(({ kind, detail }) => (kind === "instrument" ? [detail] : []));
}

test("what a steward adds every member gets, with the licence, and the log tells that it was done", async () => {
  const before = (await logged()).length;
  expect(await room.must(addInstrument, { body: addition() })).toEqual({ id: "phq-9" });
  const { instruments } = await room.must(readInstruments, {}, "member");
  expect(instruments).toEqual([
    {
      id: "phq-9",
      questionnaire: JSON.stringify(JSON.parse(fixture("phq-9"))),
      licence,
    },
  ]);
  expect((await logged()).slice(before)).toEqual(["added"]);
});

test("a newer file takes the place of the older; the same one again changes and logs nothing", async () => {
  await room.must(addInstrument, { body: addition() });
  const before = (await logged()).length;
  await room.must(addInstrument, { body: addition() });
  const newer = fixture("phq-9").replace('"version": "1.0"', '"version": "1.1"');
  await room.must(addInstrument, { body: addition(newer) });
  const { instruments } = await room.must(readInstruments);
  expect(instruments.map(({ questionnaire }) => questionnaire.includes('"1.1"'))).toEqual([true]);
  expect((await logged()).slice(before)).toEqual(["replaced"]);
});

test("what was taken off is gone, and taking it off again logs nothing", async () => {
  await room.must(addInstrument, { body: addition() });
  const before = (await logged()).length;
  await room.must(dropInstrument, { params: { id: "phq-9" } });
  await room.must(dropInstrument, { params: { id: "phq-9" } });
  expect((await room.must(readInstruments)).instruments).toEqual([]);
  expect((await logged()).slice(before)).toEqual(["removed"]);
});

test("the device that has it isn't sent it again", async () => {
  await room.must(addInstrument, { body: addition() });
  const { token } = await room.join([]);
  const get = (tag?: string) =>
    room.app.inject({
      method: "GET",
      url: readInstruments.path,
      cookies: { "__Secure-callroom": token },
      headers: tag === undefined ? {} : { "if-none-match": tag },
    });
  const first = await get();
  expect(first.statusCode).toBe(200);
  expect((await get(String(first.headers["etag"]))).statusCode).toBe(304);
});

test.each(["member", "coach", "nobody"] as const)("as %s nobody adds or takes off", async (who) => {
  await room.must(addInstrument, { body: addition() });
  const status = who === "nobody" ? 401 : 404;
  expect((await room.ask(addInstrument, { body: addition() }, who)).status).toBe(status);
  expect((await room.ask(dropInstrument, { params: { id: "phq-9" } }, who)).status).toBe(status);
  expect((await room.must(readInstruments)).instruments).toHaveLength(1);
});

test("without a session nobody reads them", async () => {
  expect((await room.ask(readInstruments, {}, "nobody")).status).toBe(401);
});

test("the Columbia screener waits for a response protocol", async () => {
  const body = addition(JSON.stringify(fileOf(cssrs)));
  expect((await room.ask(addInstrument, { body })).refusal).toBe("ProtocolNeeded");
  expect((await room.must(readInstruments)).instruments).toEqual([]);
  await room.must(addInstrument, { body: { ...body, protocolReady: true } });
  expect((await room.must(readInstruments)).instruments).toHaveLength(1);
});

describe("hostile", () => {
  test.each([
    ["no terms", { licence: { ...licence, terms: "" } }],
    ["nobody who says so", { licence: { ...licence, by: " " } }],
    ["no day", { licence: { ...licence, on: "2026-02-30" } }],
    ["a field besides", { licence: { ...licence, x: 1 } }],
    ["no licence", { licence: undefined }],
    ["an object for the text", { questionnaire: {} }],
    ["a huge file", { questionnaire: "x".repeat(131_073) }],
  ])("%s is bad input", async (_, wrong) => {
    const body = { ...addition(), ...wrong } as unknown as BodyInputOf<typeof addInstrument>;
    expect((await room.ask(addInstrument, { body })).refusal).toBe("BadInput");
    expect((await room.must(readInstruments)).instruments).toEqual([]);
  });

  test.each([
    ["nothing", "  "],
    ["a list", "[]"],
    ["a deep one", "[".repeat(100_000)],
    ["a prototype", '{"__proto__":{"resourceType":"Questionnaire"}}'],
    ["a script", fixture("phq-9").replace('"choice"', '"<script>"')],
    ["items missing", JSON.stringify({ ...fileOf(mbi), item: fileOf(mbi).item.slice(1) })],
  ])("%s fits nothing", async (_, questionnaire) => {
    const before = (await logged()).length;
    const told = await room.ask(addInstrument, { body: addition(questionnaire) });
    expect([told.status, told.refusal]).toEqual([422, "NotFitting"]);
    // Nothing of the file comes back.
    expect(told.text).toBe('{"refusal":{"type":"NotFitting"}}');
    expect((await logged()).length).toBe(before);
  });

  test("whatever JSON is sent is refused and never a defect", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (json) => {
        const body = addition(JSON.stringify(json).padEnd(2));
        expect((await room.ask(addInstrument, { body })).refusal).toBe("NotFitting");
      }),
      { numRuns: 60 },
    );
  });

  test.each([".x", "PHQ-9", "a--b", "%00", "x".repeat(70)])(
    "no instrument is called %s",
    async (id) => {
      const told = await room.ask(dropInstrument, { params: { id: encodeURIComponent(id) } });
      expect(told.status === 400 || told.status === 404).toBe(true);
    },
  );
});
