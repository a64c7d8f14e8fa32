import { beforeEach, expect, test } from "vitest";
import { FIRST_DAY, withCircles } from "../../../tests/circles.ts";
import {
  admission,
  readMyPlace,
  replaceBadge,
  stopWaiting,
  visitCircles,
  waitForCircle,
} from "../contract.ts";
import { makeChallenge } from "#pass/contract.ts";
import { proveBadge } from "#pass/badge.ts";
import { parsePass } from "#pass/token.ts";
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import { blindedMessage, finishedPass } from "#pass/client.ts";
import { seatCircle } from "../../../tests/seated-circle.ts";
import { extendRoomLog, readRoom, readThread } from "../room-contract.ts";
import { signedEntry } from "../room/entry.ts";
import { memberLogHead, readMemberLog } from "../room/member-log.ts";
import { formNow } from "./forming.ts";
import { trustNow } from "./rooms.ts";
import { dropOldOffers } from "./waiting-store.ts";

const circles = withCircles();
const { ask, doctor, visit, wait } = circles;

const form = { themes: ["error"], blocks: [7], stage: 3, language: "de", employer: null };

test("whoever waits is told what for, how many wait, and until when their badge begins something", async () => {
  const ticket = await wait(doctor(), { themes: ["meaning", "family"], blocks: [9, 2] });
  const told = await ask(readMyPlace, { visit: ticket });
  expect(told.answer).toEqual({
    waiting: { themes: ["meaning", "family"], blocks: [2, 9], stage: 2, language: "en" },
    avoidsEmployer: false,
    pool: { waiting: 1, share: null, lacksStewards: false },
    seat: null,
    merging: null,
    beginsUntil: "2026-12-31",
    endsOn: "2027-01-31",
  });
  await ask(stopWaiting, { visit: ticket });
  expect((await ask(readMyPlace, { visit: ticket })).answer).toMatchObject({
    waiting: null,
    pool: { waiting: 0 },
  });
});

test("a badge comes back as often as it wants, and is one pseudonym each time", async () => {
  const one = doctor();
  await wait(one);
  await visit(one);
  const ticket = await wait(one, form);
  const told = await ask(readMyPlace, { visit: ticket });
  expect(told.answer).toMatchObject({ waiting: { language: "de" }, pool: { waiting: 1 } });
  await ask(stopWaiting, { visit: ticket });
});

test("a badge shown on a challenge for a second time, on nobody's, or with another's keys is refused", async () => {
  const [one, other] = [doctor(), doctor()];
  const { challenge } = (await ask(makeChallenge, {})).answer!;
  const act = admission(one.keys.hpke.publicKey);
  const prove = (on: string) =>
    bytesToBase64url(
      proveBadge(one.keys.signing, parsePass(one.badge)!, {
        challenge: base64urlToBytes(on)!,
        act,
      }),
    );
  const body = { seat: one.seat, challenge, proof: prove(challenge) };
  const refused = { status: 403, answer: null, refusal: { type: "PassRefused" } };
  const withOthersKey = { ...one.seat, hpkeKey: other.seat.hpkeKey };
  expect(await ask(visitCircles, { ...body, seat: withOthersKey })).toEqual(refused);
  const withOthersBinding = { ...one.seat, binding: other.seat.binding };
  expect(await ask(visitCircles, { ...body, seat: withOthersBinding })).toEqual(refused);
  expect(await ask(visitCircles, { ...body, seat: other.seat })).toEqual(refused);
  expect((await ask(visitCircles, body)).status).toBe(200);
  expect(await ask(visitCircles, body)).toEqual(refused);
  const madeUp = bytesToBase64url(new Uint8Array(32).fill(5));
  const onMadeUp = { seat: one.seat, challenge: madeUp, proof: prove(madeUp) };
  expect(await ask(visitCircles, onMadeUp)).toEqual(refused);
});

test("a badge counts from the day its issuing closed, admits nobody after its quarter, and no crowd is under twenty", async () => {
  await expect(visit(doctor(1))).rejects.toThrow("PassRefused");
  await expect(visit(doctor(2))).rejects.toThrow("PassRefused");
  circles.setDay("2027-01-02");
  const late = doctor(0);
  await expect(visit(late)).rejects.toThrow("PassRefused");
  await expect(visit(doctor(1))).rejects.toThrow("CrowdTooSmall");
  await circles.setHolders(1, 20);
  expect(await visit(doctor(1))).not.toBe("");
  circles.setDay(FIRST_DAY);
});

test("an altered, a foreign and an old ticket open nothing", async () => {
  const ticket = await visit(doctor());
  const over = { status: 401, answer: null, refusal: { type: "VisitOver" } };
  const altered = `${ticket.slice(0, -1)}${ticket.endsWith("A") ? "B" : "A"}`;
  expect(await ask(readMyPlace, { visit: altered })).toEqual(over);
  expect(await ask(readMyPlace, { visit: "AAAA" })).toEqual(over);
  circles.setDay("2026-12-06");
  expect(await ask(readMyPlace, { visit: ticket })).toEqual(over);
  circles.setDay(FIRST_DAY);
});

test.each([
  ["a theme that isn't one", { themes: ["my-own-words"] }],
  ["four themes", { themes: ["exhaustion", "meaning", "error", "family"] }],
  ["no theme", { themes: [] }],
  ["seven hours", { blocks: [0, 1, 2, 3, 4, 5, 6] }],
  ["an hour twice", { blocks: [3, 3] }],
  ["an hour outside the week", { blocks: [21] }],
  ["a stage that isn't one", { stage: 9 }],
  ["a language in words", { language: "english" }],
  ["an employer's name", { employer: "Mercy Harbor" }],
])("%s can't be waited for", async (_, over) => {
  const ticket = await visit(doctor());
  const told = await ask(waitForCircle, { visit: ticket, waiting: { ...form, ...over } });
  expect([told.status, told.refusal?.type]).toEqual([400, "BadInput"]);
});

beforeEach(async () => {
  await circles.database.cluster().owner.query("delete from circles.circle");
});

test("at night those who share an hour sit down together, and each is told why", async () => {
  const sitting = Array.from({ length: 7 }, () => doctor());
  const tickets = await Promise.all(
    sitting.map((each, at) =>
      wait(each, { blocks: [4, 10 + at], themes: at < 3 ? ["meaning"] : ["error", "meaning"] }),
    ),
  );
  const alone = await wait(doctor(), { blocks: [20] });
  expect(await formNow(circles.deps())).toMatchObject({ circles: 1, seated: 7, left: 1 });
  const places = await Promise.all(tickets.map((each) => ask(readMyPlace, { visit: each })));
  const seats = places.map(({ answer }) => answer!.seat!);
  expect(new Set(seats.map(({ circle }) => circle)).size).toBe(1);
  expect(seats.map(({ number }) => number).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(seats[0]).toMatchObject({
    state: "taken",
    block: 4,
    language: "en",
    themes: ["meaning", "error"],
    reasons: { hours: [4], themes: [{ theme: "meaning", others: 6 }], nearInStage: 6, others: 6 },
  });
  expect((await ask(readMyPlace, { visit: alone })).answer).toMatchObject({
    seat: null,
    waiting: { blocks: [20] },
    pool: { waiting: 1, share: null, lacksStewards: false },
  });
  const again = await ask(waitForCircle, { visit: tickets[0]!, waiting: form });
  expect(again.refusal?.type).toBe("Seated");
  await ask(stopWaiting, { visit: alone });
});

test("two of one employer who both wished so never sit together, and the mark goes with the seat", async () => {
  const mark = bytesToBase64url(new Uint8Array(32).fill(1));
  const six = Array.from({ length: 6 }, () => doctor());
  await Promise.all(six.map((each, at) => wait(each, { employer: at < 2 ? mark : null })));
  expect(await formNow(circles.deps())).toMatchObject({ circles: 1, seated: 5 });
  const rows = await circles.database
    .cluster()
    .owner.query("select employer is null as bare from circles.waiting");
  expect(rows.rowCount).toBe(1);
  await circles.database.cluster().owner.query("delete from circles.waiting");
});

test("with one steward nobody is seated, which they are told, and with four people neither", async () => {
  const five = Array.from({ length: 5 }, () => doctor());
  await Promise.all(five.slice(1).map((each) => wait(each)));
  expect(await formNow(circles.deps())).toMatchObject({ circles: 0, seated: 0, left: 4 });
  const last = await wait(five[0]!);
  const isLacking = async () =>
    (await ask(readMyPlace, { visit: last })).answer!.pool.lacksStewards;
  circles.stewards.count = 1;
  expect(await formNow(circles.deps())).toEqual({ circles: 0, seated: 0, offered: 0, left: 5 });
  expect(await isLacking()).toBe(true);
  circles.stewards.count = 2;
  expect(await formNow(circles.deps())).toEqual({ circles: 1, seated: 5, offered: 0, left: 0 });
  expect(await isLacking()).toBe(false);
});

test("who left a circle of their own accord is signed another badge, the same one again and no second", async () => {
  const room = await seatCircle(circles, 6);
  const [leaver, stayer] = [room.visits[0]!, room.visits[1]!];
  const wanted = circles.issuer.wanted(1, { walletSecret: new Uint8Array(32).fill(3), number: 1 });
  const blinded = blindedMessage(wanted);
  if (!blinded.ok) throw new Error(blinded.refusal.type);
  const month = wanted.key.period.name;
  const body = { visit: leaver, month, blinded: bytesToBase64url(blinded.value) };
  expect((await ask(replaceBadge, body)).refusal?.type).toBe("NotLeft");
  await room.extend(0, { kind: "left" });
  const { answer } = await ask(replaceBadge, body);
  expect(finishedPass(wanted, base64urlToBytes(answer!.signature)!).ok).toBe(true);
  expect((await ask(replaceBadge, body)).answer).toEqual(answer);
  const later = await ask(replaceBadge, { ...body, month: "2027-02" });
  expect(later.refusal?.type).toBe("AnotherRequest");
  const other = bytesToBase64url(blinded.value.with(255, blinded.value[255]! ^ 1));
  expect((await ask(replaceBadge, { ...body, blinded: other })).refusal?.type).toBe(
    "AnotherRequest",
  );
  expect((await ask(replaceBadge, { ...body, visit: stayer })).refusal?.type).toBe("NotLeft");
});

test("a circle that has hardly begun is offered whoever fits, who sits down by their own hand or not at all", async () => {
  const room = await seatCircle(circles, 6);
  await room.rotate(0);
  const [newcomer, other] = [doctor(), doctor()];
  const visit = await wait(newcomer);
  const elsewhere = await wait(other, { blocks: [20] });
  expect(await formNow(circles.deps())).toEqual({ circles: 0, seated: 0, offered: 1, left: 1 });
  await ask(stopWaiting, { visit: elsewhere });
  const place = (await ask(readMyPlace, { visit })).answer!;
  expect(place).toMatchObject({
    waiting: null,
    seat: {
      circle: room.circle,
      number: null,
      state: "offered",
      reasons: { others: 6 },
    },
  });
  const readsThread = await ask(readThread, { visit, after: 0 });
  expect(readsThread.refusal?.type).toBe("NoSeat");
  const { answer } = await ask(readRoom, { visit, logAfter: 0, epochsFrom: 1 });
  const log = readMemberLog(room.circle, answer!.log, null, await trustNow(circles.deps()));
  if (!log.ok) throw new Error(log.refusal.type);
  const joined = { kind: "joined", day: FIRST_DAY, seat: newcomer.seat } as const;
  const entry = signedEntry(room.circle, memberLogHead(log.value), newcomer.keys, joined);
  const left = signedEntry(room.circle, memberLogHead(log.value), newcomer.keys, { kind: "left" });
  expect((await ask(extendRoomLog, { visit, entry: left, wraps: [] })).refusal?.type).toBe(
    "NoSeat",
  );
  expect((await ask(extendRoomLog, { visit: room.visits[0]!, entry, wraps: [] })).status).toBe(403);
  expect((await ask(extendRoomLog, { visit, entry, wraps: [] })).status).toBe(200);
  expect((await ask(readMyPlace, { visit })).answer!.seat).toMatchObject({
    number: 6,
    state: "taken",
  });
  expect((await room.rotate(2)).status).toBe(200);
  expect((await room.post(2, "Welcome.")).status).toBe(200);
  expect((await ask(readThread, { visit, after: 0 })).answer!.messages).toHaveLength(1);
});

test("an offer that nobody takes ends after a week, and a circle that met twice offers none", async () => {
  const room = await seatCircle(circles, 6);
  const visit = await wait(doctor());
  await formNow(circles.deps());
  await dropOldOffers(circles.deps().db, "2026-12-12");
  expect((await ask(readMyPlace, { visit })).answer!.seat).not.toBe(null);
  await dropOldOffers(circles.deps().db, "2026-12-13");
  expect((await ask(readMyPlace, { visit })).answer!.seat).toBe(null);
  await room.rotate(0);
  for (const number of [1, 2]) await room.extend(0, { kind: "met", number });
  const ticket = await wait(doctor());
  expect(await formNow(circles.deps())).toMatchObject({ offered: 0, left: 1 });
  await ask(stopWaiting, { visit: ticket });
});
