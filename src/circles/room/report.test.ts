import { beforeAll, expect, test } from "vitest";
import { bytesToBase64url, utf8ToBytes, type Bytes } from "#platform/bytes.ts";
import {
  CIRCLE,
  digest,
  doctors,
  formedRoom,
  frankingKeyOf,
  idOf,
  MINUTE,
  rotate,
  say,
  stewards,
  view,
  type Doctor,
  type Room,
} from "../../../tests/circle-room.ts";
import { franked, stampMac, type StampKeys } from "./franking.ts";
import { markOf, veilOf } from "./mark.ts";
import { openMessage, type OpenedMessage } from "./message.ts";
import { encodeContent, type Content } from "./message-content.ts";
import {
  checkSaid,
  checkStamp,
  openReport,
  reportedMessage,
  sealReport,
  stampClaims,
  verifyReport,
  type Report,
} from "./report.ts";
import { REPORT_SIZES, type Stamp } from "./wire.ts";
import { hpke } from "./web/hpke.ts";

const six = doctors(6);
const [a, b] = six as [Doctor, Doctor];
const [steward] = stewards as [(typeof stewards)[0]];
const MONTH = "2027-01";
const stampKey = digest("stamps of the month");
const stampKeys: StampKeys = {
  keyOf: (month) => (month === MONTH ? stampKey : null),
};

/** What an honest server does with a message that it takes in. */
const stamped = ({ circle, epoch, id, committed }: OpenedMessage): Stamp => {
  const { mark, commitment } = committed;
  const place = { circle, epoch, id, mark, month: MONTH, commitment };
  return { month: MONTH, mac: bytesToBase64url(stampMac(stampKey, place)) };
};

let room: Room;
let key: Bytes;
let said: OpenedMessage;
let asked: OpenedMessage;
let report: Report;
beforeAll(async () => {
  room = formedRoom(six);
  key = (await rotate(room, a)).key;
  asked = opened(b, { kind: "text", text: "How was it?" }, 1);
  said = opened(a, { kind: "reply", target: bytesToBase64url(idOf(1)), text: "Mind yourself." }, 2);
  report = {
    circle: CIRCLE,
    note: "This frightened me.",
    messages: [
      reportedMessage(asked, stamped(asked), "context"),
      reportedMessage(said, stamped(said), "reported"),
    ],
  };
});

function opened(by: Doctor, content: Content, number: number): OpenedMessage {
  const read = openMessage(view(room), key, say(room, by, key, content, idOf(number)), 0);
  if (!read.ok) throw new Error(read.refusal.type);
  return read.value;
}

const withLast = (over: Partial<Report["messages"][number]>): Report => ({
  ...report,
  messages: [report.messages[0]!, { ...report.messages[1]!, ...over }],
});
const refusalOf = (wrong: Report) => {
  const verified = verifyReport(wrong, stampKeys);
  return verified.ok ? null : verified.refusal.type;
};

test("a true report opens for the stewards alone and is proved", async () => {
  const sealed = await sealReport(report, steward, hpke);
  const read = await openReport(sealed, steward, hpke);
  if (!read.ok) throw new Error(read.refusal.type);
  expect(read.value).toEqual(report);
  expect(verifyReport(read.value, stampKeys)).toEqual({
    ok: true,
    value: [
      {
        id: asked.id,
        sender: b.keys.pseudonym,
        minute: MINUTE,
        month: MONTH,
        shownAs: "context",
        content: asked.content,
      },
      {
        id: said.id,
        sender: a.keys.pseudonym,
        minute: MINUTE,
        month: MONTH,
        shownAs: "reported",
        content: said.content,
      },
    ],
  });
  const other = { ...steward, secret: digest("no steward") };
  expect(await openReport(sealed, other, hpke)).toMatchObject({ ok: false });
});

test("whoever keeps the stamp keys is told no word of it, nor who said it or when", () => {
  const claims = JSON.stringify(stampClaims(report));
  expect(stampClaims(report).every((claim) => checkStamp(claim, stampKeys).ok)).toBe(true);
  for (const { content, frankingKey, sender, veil, minute } of report.messages)
    for (const hidden of [content, frankingKey, sender, veil, String(minute)])
      expect(claims).not.toContain(hidden);
});

test("altered text is refused", () => {
  const words: Content = {
    kind: "reply",
    target: bytesToBase64url(idOf(1)),
    text: "Mind yourself!",
  };
  const content = bytesToBase64url(encodeContent(words)!);
  expect(refusalOf(withLast({ content }))).toBe("NotCommitted");
  expect(refusalOf(withLast({ content: bytesToBase64url(utf8ToBytes("x")) }))).toBe("NotCommitted");
});

test("a commitment that the reporter makes up is refused, with the text that fits it", () => {
  const words = encodeContent({ kind: "text", text: "I will find you." })!;
  const commitment = franked(digest("own key"), said, words);
  const forged = withLast({
    content: bytesToBase64url(words),
    frankingKey: bytesToBase64url(digest("own key")),
    commitment: bytesToBase64url(commitment),
  });
  expect(checkSaid(forged).ok).toBe(true);
  expect(refusalOf(forged)).toBe("NotStamped");
});

test("another epoch, id, mark, commitment or circle than the stamp's is refused", () => {
  const [other] = report.messages as [Report["messages"][0]];
  for (const over of [
    { epoch: 2 },
    { id: bytesToBase64url(idOf(9)) },
    { mark: other.mark },
    { commitment: other.commitment },
    { mac: other.mac },
  ])
    expect(refusalOf(withLast(over)), JSON.stringify(over)).toBe("NotStamped");
  const elsewhere = { ...report, circle: "00000000-0000-4000-8000-000000000000" };
  expect(refusalOf(elsewhere)).toBe("NotStamped");
});

test("another sender or veil than the mark's, and another minute than was committed to, are refused", () => {
  const { pseudonym: sender } = b.keys;
  expect(refusalOf(withLast({ sender }))).toBe("NotMarked");
  expect(refusalOf(withLast({ veil: report.messages[0]!.veil }))).toBe("NotMarked");
  const veil = veilOf(b.keys, CIRCLE, said.id);
  const mark = markOf({ circle: CIRCLE, sender, id: said.id, veil });
  const own = { sender, veil: bytesToBase64url(veil), mark: bytesToBase64url(mark) };
  expect(refusalOf(withLast(own))).toBe("NotStamped");
  expect(refusalOf(withLast({ minute: MINUTE + 1 }))).toBe("NotCommitted");
});

test("words of one's own that were committed to in another's name are refused by their mark", () => {
  // The server takes it in, since it sees no word; only the mark is tested.
  const words = encodeContent({ kind: "text", text: "I will find you." })!;
  const { id } = said;
  const frankingKey = frankingKeyOf(id);
  const place = { circle: CIRCLE, epoch: 1, sender: a.keys.pseudonym, id, minute: MINUTE };
  const commitment = bytesToBase64url(franked(frankingKey, place, words));
  const veil = veilOf(b.keys, CIRCLE, id);
  const mark = bytesToBase64url(markOf({ circle: CIRCLE, sender: b.keys.pseudonym, id, veil }));
  const { mac } = stamped({ ...said, committed: { ...said.committed, mark, commitment } });
  const framing = withLast({
    mark,
    veil: bytesToBase64url(veil),
    commitment,
    content: bytesToBase64url(words),
    frankingKey: bytesToBase64url(frankingKey),
    mac,
  });
  expect(stampClaims(framing).every((claim) => checkStamp(claim, stampKeys).ok)).toBe(true);
  expect(refusalOf(framing)).toBe("NotMarked");
});

test("a minute that no clock has is still reported: what is shown can be proved", () => {
  for (const minute of [0, 0xffff_ffff]) {
    const place = { ...said, minute };
    const content = said.committed.content;
    const commitment = bytesToBase64url(franked(said.committed.frankingKey, place, content));
    const odd = { ...place, committed: { ...said.committed, commitment } };
    const messages = [reportedMessage(odd, stamped(odd), "reported")];
    expect(verifyReport({ ...report, messages }, stampKeys)).toMatchObject({
      ok: true,
      value: [{ minute, month: MONTH }],
    });
  }
});

test("a franking key that opens the commitment to nothing is refused", () => {
  expect(refusalOf(withLast({ frankingKey: bytesToBase64url(digest("other")) }))).toBe(
    "NotCommitted",
  );
});

test("a month whose stamp key is gone can't be proved any more, and is told so", () => {
  const old = withLast({ month: "2026-10" });
  expect(refusalOf(old)).toBe("StampKeyGone");
});

test("a report is bound to its circle and to the stewards' key it was sealed to", async () => {
  const sealed = await sealReport(report, steward, hpke);
  const moved = { ...sealed, circle: "00000000-0000-4000-8000-000000000000" };
  const renumbered = { ...sealed, stewardEpoch: 2 };
  for (const wrong of [moved, renumbered])
    expect(await openReport(wrong, steward, hpke)).toMatchObject({
      refusal: { type: "CouldNotBeOpened" },
    });
});

test("a report that says another circle inside than outside is refused", async () => {
  let inside = new Uint8Array(0);
  const other = { ...report, circle: "00000000-0000-4000-8000-000000000000" };
  await sealReport(other, steward, {
    ...hpke,
    seal: (to, bound, plain) => {
      inside = plain.slice();
      return hpke.seal(to, bound, plain);
    },
  });
  const sealed = await sealReport(report, steward, {
    ...hpke,
    seal: (to, bound) => hpke.seal(to, bound, inside),
  });
  expect(await openReport(sealed, steward, hpke)).toMatchObject({
    refusal: { type: "CouldNotBeOpened" },
  });
});

test("its length tells one of three sizes, and the fullest one fits", async () => {
  const small = await sealReport({ ...report, note: "" }, steward, hpke);
  expect(Buffer.from(small.sealed, "base64url")).toHaveLength(REPORT_SIZES[0] + 48);
  const messages = Array.from({ length: 10 }, (_, number) => {
    const long = opened(a, { kind: "text", text: "医".repeat(4000) }, 20 + number);
    return reportedMessage(long, stamped(long), "reported");
  });
  const full = await sealReport(
    { circle: CIRCLE, note: "医".repeat(2000), messages },
    steward,
    hpke,
  );
  expect(Buffer.from(full.sealed, "base64url")).toHaveLength(REPORT_SIZES[2] + 48);
  const read = await openReport(full, steward, hpke);
  expect(read.ok && verifyReport(read.value, stampKeys).ok).toBe(true);
});

test("no message twice, more than ten, or context alone", async () => {
  const [context, reported] = report.messages as [Report["messages"][0], Report["messages"][0]];
  for (const messages of [[reported, reported], [context], [], Array(11).fill(reported)])
    await expect(sealReport({ ...report, messages }, steward, hpke)).rejects.toThrow();
});

test("hostile bytes under the stewards' key are refused, not a defect", async () => {
  const sealed = await sealReport(report, steward, hpke);
  const seal = (plain: Uint8Array) =>
    sealReport(report, steward, { ...hpke, seal: (to, bound) => hpke.seal(to, bound, plain) });
  const plain = new Uint8Array(REPORT_SIZES[0]);
  const json = utf8ToBytes(JSON.stringify({ circle: CIRCLE, note: 3, messages: "x" }));
  const shaped = plain.slice();
  new DataView(shaped.buffer).setUint32(0, json.length);
  shaped.set(json, 4);
  for (const hostile of [
    plain,
    plain.slice(0, 3),
    plain.slice().fill(0xff),
    shaped,
    plain.with(9, 1),
  ])
    expect(await openReport(await seal(hostile), steward, hpke)).toMatchObject({
      refusal: { type: "CouldNotBeOpened" },
    });
  expect(await openReport({ ...sealed, sealed: "AA" }, steward, hpke)).toMatchObject({ ok: false });
});
