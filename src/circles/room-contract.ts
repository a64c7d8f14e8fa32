/**
 * The HTTP surface of a circle's room. The server keeps order, counts and stamps; what was said, by whom and when, the
 * members' devices find out from each other.
 */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { empty, idField } from "#platform/wire.ts";
import { visitField } from "./contract.ts";
import {
  epochWrapsSchema,
  memberLogEntrySchema,
  messageIdField,
  pseudonymField,
  sealedMessageSchema,
  sealedReportSchema,
  stampSchema,
  veilField,
} from "./room/wire.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const seated = { VisitOver: 401, NoSeat: 403 } as const;

/** How many of each one answer holds. */
export const ROOM_PAGE = { entries: 200, epochs: 100, messages: 100 } as const;

export const readRoom = route({
  name: "readRoom",
  about: "The member log and the epochs' wraps from where the device has read to.",
  method: "POST",
  path: "/api/nameless/circles/room",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({ visit: visitField, logAfter: count, epochsFrom: count }),
  answer: v.strictObject({
    /** Another than was read before, once two have merged. */
    circle: idField,
    log: v.array(memberLogEntrySchema),
    epochs: v.array(v.strictObject({ number: v.number(), wraps: epochWrapsSchema })),
    /** How long the whole log and the thread are. */
    logLength: v.number(),
    sequence: v.number(),
    paused: v.array(pseudonymField),
    ended: v.boolean(),
  }),
  refusals: seated,
  perMinute: 240,
});

export const extendRoomLog = route({
  name: "extendRoomLog",
  about:
    "Adds an entry to the member log; an epoch comes with its wraps. Only what follows on the last entry is taken.",
  method: "POST",
  path: "/api/nameless/circles/room/log",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({
    visit: visitField,
    entry: memberLogEntrySchema,
    wraps: v.union([epochWrapsSchema, v.pipe(v.array(v.string()), v.maxLength(0))]),
  }),
  answer: v.strictObject({ logLength: v.number() }),
  refusals: { ...seated, LogMoved: 409, EntryRefused: 409 },
  perMinute: 60,
});

export const postMessage = route({
  name: "postMessage",
  about:
    "Takes a sealed message in, stamped and counted; the same message again is acknowledged again.",
  method: "POST",
  path: "/api/nameless/circles/room/messages",
  zone: "nameless",
  who: "anyone",
  /** The veil shows that the message's mark is the visitor's; it isn't kept. */
  body: v.strictObject({ visit: visitField, veil: veilField, message: sealedMessageSchema }),
  answer: v.strictObject({ sequence: v.number(), stamp: stampSchema }),
  refusals: { ...seated, EpochMoved: 409 },
  perMinute: 1200,
  bodyLimit: 32 * 1024,
});

const threadRow = v.strictObject({
  sequence: v.number(),
  stamp: stampSchema,
  /** Null where its sender deleted it. */
  message: v.nullable(sealedMessageSchema),
});

export const readThread = route({
  name: "readThread",
  about: "Sealed messages after a place in the thread, oldest first.",
  method: "POST",
  path: "/api/nameless/circles/room/thread",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({ visit: visitField, after: count }),
  answer: v.strictObject({ messages: v.array(threadRow), more: v.boolean() }),
  refusals: seated,
  perMinute: 240,
});

export const followRoom = route({
  name: "followRoom",
  about:
    "Server-sent events: `message` for each that follows the place given, each once and in order; `log` when the member log has grown.",
  method: "POST",
  path: "/api/nameless/circles/room/stream",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({ visit: visitField, after: count }),
  contentType: "text/event-stream",
  answer: v.unknown(),
  refusals: seated,
  perMinute: 60,
});

export const dropMessage = route({
  name: "dropMessage",
  about:
    "Takes the words of one's own message off the server. What would prove a report true stays for five months.",
  method: "POST",
  path: "/api/nameless/circles/room/messages/end",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({ visit: visitField, id: messageIdField, veil: veilField }),
  answer: empty,
  refusals: seated,
  perMinute: 120,
});

export const pauseSeat = route({
  name: "pauseSeat",
  about: "Takes part a little less for now, or fully again. The others see it; the seat stays.",
  method: "POST",
  path: "/api/nameless/circles/room/pause",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({ visit: visitField, paused: v.boolean() }),
  answer: empty,
  refusals: seated,
  perMinute: 30,
});

export const reportMessages = route({
  name: "reportMessages",
  about: "Keeps a report, sealed to the stewards' key. It doesn't tell who reports.",
  method: "POST",
  path: "/api/nameless/circles/room/reports",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({ visit: visitField, report: sealedReportSchema }),
  answer: empty,
  refusals: { ...seated, StewardsMoved: 409 },
  perMinute: 10,
  bodyLimit: 256 * 1024,
});
