import { randomBytes } from "node:crypto";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { beforeAll, expect, test } from "vitest";
import { withCircles } from "../../../tests/circles.ts";
import { seatCircle, type SeatedCircle } from "../../../tests/seated-circle.ts";
import { bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import { readMyPlace } from "../contract.ts";
import { decisionMessage, type DecidedReport } from "../judging.ts";
import { checkReportStamps, decideReport, readReports } from "../judging-contract.ts";
import { readThread, reportMessages } from "../room-contract.ts";
import { removalMessage } from "../room/entry.ts";
import { isMember } from "../room/member-log.ts";
import { openMessage } from "../room/message.ts";
import {
  checkSaid,
  openReport,
  reportedMessage,
  sealReport,
  stampClaims,
  type Report,
} from "../room/report.ts";
import { hpke } from "../room/web/hpke.ts";

const circles = withCircles();
const { ask, askAsSteward } = circles;

const signing: Bytes = new Uint8Array(randomBytes(32));
const opening: Bytes = new Uint8Array(randomBytes(32));
const keys = {
  hpkeKey: bytesToBase64url(x25519.getPublicKey(opening)),
  signingKey: bytesToBase64url(ed25519.getPublicKey(signing)),
};
const sign = (message: Uint8Array) => bytesToBase64url(ed25519.sign(message, signing));

let room: SeatedCircle;

beforeAll(async () => {
  circles.stewards.keysOf = (epoch) => (epoch === 1 ? keys : null);
  room = await seatCircle(circles, 7);
  await room.rotate(0);
});

/** Member 1 reports what another said; gives the report as it lies on the server. */
async function reported(text: string, by = 2) {
  await room.post(by, text);
  const { messages } = (await ask(readThread, { visit: room.visits[1]!, after: 0 })).answer!;
  const { message, stamp } = messages.at(-1)!;
  const view = { log: await room.log(1), keyLog: circles.issuer.log };
  const opened = openMessage(view, room.key, message!, 0);
  if (!opened.ok) throw new Error(opened.refusal.type);
  const report: Report = {
    circle: room.circle,
    note: "",
    messages: [reportedMessage(opened.value, stamp, "reported")],
  };
  const sealed = await sealReport(report, { epoch: 1, hpkeKey: keys.hpkeKey }, hpke);
  await ask(reportMessages, { visit: room.visits[1]!, report: sealed });
  const { reports } = (await askAsSteward(readReports, {})).answer!;
  return reports.find((each) => each.sealed === sealed.sealed)!;
}

async function decide(decided: DecidedReport, over: object = {}) {
  const removal =
    decided.decision === "removed"
      ? sign(removalMessage(room.circle, decided.member!, decided.stewardEpoch))
      : null;
  const { report, ...said } = decided;
  const body = { ...said, signature: sign(decisionMessage(decided)), removal, ...over };
  return askAsSteward(decideReport, { params: { id: report }, body });
}

test("a report opens with the stewards' key, and shows who said what and that it was said here", async () => {
  const { id, ...sealed } = await reported("You are useless.");
  const opened = await openReport(sealed, { secret: opening, hpkeKey: keys.hpkeKey }, hpke);
  if (!opened.ok) throw new Error(opened.refusal.type);
  const proved = checkSaid(opened.value);
  expect(proved.ok && proved.value[0]).toMatchObject({
    sender: room.members[2]!.keys.pseudonym,
    content: { kind: "text", text: "You are useless." },
  });
  const claims = stampClaims(opened.value);
  const [claim] = claims;
  const others = [
    { ...claim!, mark: bytesToBase64url(randomBytes(32)) },
    { ...claim!, month: "2026-10" },
    { ...claim!, circle: "00000000-0000-4000-8000-000000000000" },
    { ...claim!, commitment: bytesToBase64url(randomBytes(32)) },
  ];
  const told = await askAsSteward(checkReportStamps, {
    params: { id },
    body: { claims: [...claims, ...others] },
  });
  expect(told.answer!.stamps).toEqual(["right", "wrong", "gone", "wrong", "wrong"]);
});

test("a decision counts by the stewards' signature alone, and once", async () => {
  const { id: report } = await reported("Go away.");
  const decided = { report, decision: "dismissed", member: null, stewardEpoch: 1 } as const;
  const types = async (...told: ReturnType<typeof decide>[]) =>
    (await Promise.all(told)).map(({ refusal }) => refusal?.type);
  const foreign = sign(decisionMessage({ ...decided, decision: "closed" }));
  expect(await types(decide(decided, { signature: foreign }))).toEqual(["NotSigned"]);
  expect(await types(decide({ ...decided, stewardEpoch: 2 }))).toEqual(["StewardsMoved"]);
  const member = room.members[2]!.keys.pseudonym;
  expect(await types(decide(decided, { member }))).toEqual(["BadInput"]);
  expect(await types(decide(decided, { removal: foreign }))).toEqual(["BadInput"]);
  expect((await ask(readThread, { visit: room.visits[0]!, after: 0 })).status).toBe(200);
  const both = await types(decide(decided), decide(decided));
  expect(both.filter((type) => type === undefined)).toHaveLength(1);
  expect(circles.decisions).toEqual(["dismissed"]);
  const left = await circles.database
    .cluster()
    .owner.query("select from circles.report where id = $1", [report]);
  expect(left.rowCount).toBe(0);
});

test("who was warned is told, and sits on", async () => {
  const { id: report } = await reported("Nobody asked you.");
  const member = room.members[2]!.keys.pseudonym;
  const told = await decide({ report, decision: "warned", member, stewardEpoch: 1 });
  expect(told.status).toBe(200);
  const place = await ask(readMyPlace, { visit: room.visits[2]! });
  expect(place.answer!.seat).toMatchObject({ state: "taken", warned: true });
  const { id: other } = await reported("Still here.");
  const stranger = circles.doctor().keys.pseudonym;
  const noMember = await decide({
    report: other,
    decision: "warned",
    member: stranger,
    stewardEpoch: 1,
  });
  expect(noMember.refusal?.type).toBe("NotAMember");
});

test("who is removed loses the seat, the visit and the badge, and the others speak on under a new key", async () => {
  const { id: report } = await reported("I know who you are.");
  const member = room.members[2]!.keys.pseudonym;
  const removal = sign(removalMessage(room.circle, room.members[3]!.keys.pseudonym, 1));
  const decided = { report, decision: "removed", member, stewardEpoch: 1 } as const;
  expect((await decide(decided, { removal })).refusal?.type).toBe("NotAMember");
  expect((await decide(decided)).status).toBe(200);
  expect(isMember(await room.log(0), member)).toBe(false);
  expect((await ask(readThread, { visit: room.visits[2]!, after: 0 })).status).toBe(401);
  await expect(circles.visit(room.members[2]!)).rejects.toThrow("Removed");
  const stale = await room.sealed(0, "Before.").catch((error: Error) => error.message);
  expect(stale).toBe("RotationDue");
  expect((await room.rotate(3)).status).toBe(200);
  expect((await room.post(3, "After.")).status).toBe(200);
});

test("a circle that was ended takes nothing in", async () => {
  const { id: report } = await reported("Enough.", 3);
  await decide({ report, decision: "closed", member: null, stewardEpoch: 1 });
  const message = await room.sealed(0, "Anybody?");
  expect((await room.hand(0, message)).refusal?.type).toBe("EpochMoved");
  expect((await room.extend(0, { kind: "left" })).refusal?.type).toBe("EntryRefused");
  expect(circles.decisions.at(-1)).toBe("closed");
});
