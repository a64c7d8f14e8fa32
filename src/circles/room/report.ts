/**
 * A report: the messages that a member chooses, each with what proves it, sealed to the stewards' key. It is true
 * or it is refused: the server's stamp says under which mark which commitment was handed in and in which month, the
 * mark says by whom, the commitment which content and which minute the sender named. Stamps are checked where their
 * keys lie, and that is told neither words nor sender; all else only in a steward's browser.
 *
 *     struct { uint32 length; opaque json[length]; opaque zeros[...]; } Plain;   // of one of REPORT_SIZES
 */
import * as v from "valibot";
import {
  bytesToBase64url,
  bytesToUtf8,
  framedBytes,
  utf8ToBytes,
  type Bytes,
} from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { bytesField, sealedField, textField } from "#platform/wire.ts";
import { wireBytes } from "./entry.ts";
import { franked, isEqualInSecret, stampMac, type StampKeys } from "./franking.ts";
import type { Binding, Hpke } from "./hpke.ts";
import { markOf } from "./mark.ts";
import { LARGEST_CONTENT, parseContent, type Content } from "./message-content.ts";
import type { OpenedMessage } from "./message.ts";
import {
  circleField,
  claimedMinuteField,
  pseudonymField,
  REPORT_SIZES,
  stampClaimSchema,
  veilField,
  type SealedReport,
  type Stamp,
  type StampClaim,
} from "./wire.ts";

/** Enough to read what was answered to what: one sentence alone can be made to say anything. */
const MOST_MESSAGES = 10;
const LENGTH_BYTES = 4;

const { circle: _, ...claimed } = stampClaimSchema.entries;

const reportedMessageSchema = v.strictObject({
  /** What is complained of, or only shown so that it can be understood. */
  shownAs: v.picklist(["reported", "context"]),
  ...claimed,
  sender: pseudonymField,
  veil: veilField,
  minute: claimedMinuteField,
  frankingKey: bytesField(32),
  content: sealedField(LARGEST_CONTENT),
});
type ReportedMessage = v.InferOutput<typeof reportedMessageSchema>;

const reportSchema = v.strictObject({
  circle: circleField,
  /** In the reporter's words; may be empty. */
  note: textField(2000, 0),
  messages: v.pipe(
    v.array(reportedMessageSchema),
    v.minLength(1),
    v.maxLength(MOST_MESSAGES),
    v.check((all) => new Set(all.map(({ id }) => id)).size === all.length, "each once"),
    v.check((all) => all.some(({ shownAs }) => shownAs === "reported"), "one is reported"),
  ),
});
export type Report = v.InferOutput<typeof reportSchema>;

export interface ProvedMessage {
  readonly id: string;
  readonly sender: string;
  /** As the sender's device named it; the server says no more than the month. */
  readonly minute: number;
  readonly month: string;
  readonly shownAs: ReportedMessage["shownAs"];
  readonly content: Content;
}

type ReportRefusal =
  /** The stamp key of its month was destroyed: too long ago to be proved. */
  | { readonly type: "StampKeyGone"; readonly id: string }
  /** Not as the server took it in: another circle, epoch, mark, month or commitment. */
  | { readonly type: "NotStamped"; readonly id: string }
  | NotSaid;
type NotSaid =
  /** Not by that sender. */
  | { readonly type: "NotMarked"; readonly id: string }
  /** Not what the sender wrote, or when. */
  | { readonly type: "NotCommitted"; readonly id: string };

/** What a report carries of a message that this device has opened itself. */
export const reportedMessage = (
  { id, epoch, sender, minute, committed }: OpenedMessage,
  stamp: Stamp,
  shownAs: ReportedMessage["shownAs"],
): ReportedMessage => ({
  shownAs,
  id,
  epoch,
  mark: committed.mark,
  ...stamp,
  commitment: committed.commitment,
  sender,
  veil: bytesToBase64url(committed.veil),
  minute,
  frankingKey: bytesToBase64url(committed.frankingKey),
  content: bytesToBase64url(committed.content),
});

/** `stewards` are the latest keys of the stewards' log. A report that doesn't fit its schema is a defect. */
export async function sealReport(
  report: Report,
  stewards: { readonly epoch: number; readonly hpkeKey: string },
  hpke: Hpke,
): Promise<SealedReport> {
  const { circle } = report;
  const plain = padReport(utf8ToBytes(JSON.stringify(v.parse(reportSchema, report))));
  const bound = reportBinding(circle, stewards.epoch, stewards.hpkeKey);
  const sealed = await hpke.seal(wireBytes(stewards.hpkeKey), bound, plain);
  return { circle, stewardEpoch: stewards.epoch, sealed: bytesToBase64url(sealed) };
}

/** In a steward's browser, with the X25519 key of that epoch. What comes out is not proved yet. */
export async function openReport(
  { circle, stewardEpoch, sealed }: SealedReport,
  keys: { readonly secret: Uint8Array; readonly hpkeKey: string },
  hpke: Hpke,
): Promise<Result<Report, { type: "CouldNotBeOpened" }>> {
  const bound = reportBinding(circle, stewardEpoch, keys.hpkeKey);
  const plain = await hpke.open(keys.secret, bound, wireBytes(sealed));
  const report = plain && parseReport(plain);
  return report?.circle === circle ? ok(report) : refuse({ type: "CouldNotBeOpened" });
}

/** What the keeper of the stamp keys is asked: nothing of words, sender or minute. */
export const stampClaims = ({ circle, messages }: Report): StampClaim[] =>
  messages.map(({ epoch, id, mark, month, mac, commitment }) => ({
    circle,
    epoch,
    id,
    mark,
    month,
    mac,
    commitment,
  }));

/** Where the stamp keys lie. */
export function checkStamp(
  claim: StampClaim,
  stampKeys: StampKeys,
): Result<null, Exclude<ReportRefusal, NotSaid>> {
  const { id } = claim;
  const key = stampKeys.keyOf(claim.month);
  if (key === null) return refuse({ type: "StampKeyGone", id });
  const isStamped = isEqualInSecret(stampMac(key, claim), wireBytes(claim.mac));
  return isStamped ? ok(null) : refuse({ type: "NotStamped", id });
}

/** Marks and commitments, in a steward's browser. Only together with the stamps' check does it prove anything. */
export function checkSaid(report: Report): Result<readonly ProvedMessage[], NotSaid> {
  const proved: ProvedMessage[] = [];
  for (const message of report.messages) {
    const { id, sender, minute, month, shownAs } = message;
    if (!isMarked(report, message)) return refuse({ type: "NotMarked", id });
    const content = isCommitted(report, message) ? parseContent(wireBytes(message.content)) : null;
    if (content === null) return refuse({ type: "NotCommitted", id });
    proved.push({ id, sender, minute, month, shownAs, content });
  }
  return ok(proved);
}

export function isMarked({ circle }: Report, { sender, id, veil, mark }: ReportedMessage): boolean {
  const expected = markOf({ circle, sender, id, veil: wireBytes(veil) });
  return isEqualInSecret(expected, wireBytes(mark));
}

export function isCommitted({ circle }: Report, message: ReportedMessage): boolean {
  const { frankingKey, content, commitment } = message;
  const said = { ...message, circle };
  const expected = franked(wireBytes(frankingKey), said, wireBytes(content));
  return isEqualInSecret(expected, wireBytes(commitment));
}

/** Both checks at once, for whoever has the report open and the stamp keys at hand. */
export function verifyReport(
  report: Report,
  stampKeys: StampKeys,
): Result<readonly ProvedMessage[], ReportRefusal> {
  for (const claim of stampClaims(report)) {
    const stamped = checkStamp(claim, stampKeys);
    if (!stamped.ok) return stamped;
  }
  return checkSaid(report);
}

function padReport(json: Bytes): Bytes {
  const size = REPORT_SIZES.find((each) => LENGTH_BYTES + json.length <= each);
  if (size === undefined) throw new RangeError("Report too large");
  const plain = new Uint8Array(size);
  new DataView(plain.buffer).setUint32(0, json.length);
  plain.set(json, LENGTH_BYTES);
  return plain;
}

function parseReport(plain: Bytes): Report | null {
  if (plain.length < LENGTH_BYTES) return null;
  const end = LENGTH_BYTES + new DataView(plain.buffer).getUint32(0);
  if (plain.length !== REPORT_SIZES.find((size) => end <= size)) return null;
  if (plain.subarray(end).some((byte) => byte !== 0)) return null;
  try {
    const json = JSON.parse(bytesToUtf8(plain.subarray(LENGTH_BYTES, end))) as unknown;
    const parsed = v.safeParse(reportSchema, json);
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

const reportBinding = (circle: string, stewardEpoch: number, hpkeKey: string): Binding => ({
  info: framedBytes("callroom/v1/circle-report", circle, String(stewardEpoch), wireBytes(hpkeKey)),
  aad: new Uint8Array(0),
});
