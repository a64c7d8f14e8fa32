/** The only way out of a circle: what its members' devices read, and nothing of whom it came from but a pseudonym. */
import { bytesToBase64url } from "#platform/bytes.ts";
import type { SealedMessage } from "../room/wire.ts";
import type { ThreadRow } from "./thread-store.ts";
import type { PlaceRow } from "./seat-store.ts";
import type { MergingRow } from "./merging-store.ts";
import type { WaitingRow } from "./waiting-store.ts";

/** A server-sent event; its id is the place in the thread that the device asks on from. */
export const eventOf = (row: ThreadRow): string =>
  `id: ${row.sequence}\nevent: message\ndata: ${threadJson(row)}\n\n`;

/** Kept as JSON, so it isn't read only to be written again. */
const threadJson = ({ sequence, month, stamp, sealed }: ThreadRow): string =>
  `{"sequence":${sequence},"stamp":{"month":"${month}","mac":"${bytesToBase64url(stamp)}"},"message":${sealed ?? "null"}}`;

export const presentMessage = ({ sequence, month, stamp, sealed }: ThreadRow) => ({
  sequence,
  stamp: { month, mac: bytesToBase64url(stamp) },
  message: sealed === null ? null : (JSON.parse(sealed) as SealedMessage),
});

export const presentWaiting = ({ themes, blocks, stage, language }: WaitingRow) => ({
  themes,
  blocks,
  stage,
  language,
});

const ALONE_AFTER_DAYS = 14;

export const presentMerging = (
  { agreed, members, blocks, avoids, willing_since: since }: MergingRow,
  today: string,
) => ({
  agreed,
  members,
  blocks,
  avoidsEmployer: avoids,
  isAlone:
    since !== null &&
    agreed === members &&
    Temporal.PlainDate.from(since).add({ days: ALONE_AFTER_DAYS }).toString() <= today,
});

export const presentSeat = ({ reasons, ...seat }: PlaceRow) => ({
  ...seat,
  reasons: { ...reasons, hours: [...reasons.hours], themes: [...reasons.themes] },
});
