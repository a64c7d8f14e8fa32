/**
 * The HTTP surface of a live session. The server passes sealed signals on to whoever follows the room, keeps none, and
 * hands out what a device needs to reach the relay. Both only around the circle's own hour: at no other time is there
 * any sign of who is there.
 */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { empty } from "#platform/wire.ts";
import { visitField } from "./contract.ts";
import { sealedSignalSchema } from "./live/signal-wire.ts";

/** The room isn't open: the circle doesn't meet at this hour. */
const whileMeeting = { VisitOver: 401, NoSeat: 403, NotNow: 409 } as const;

export const sendSignal = route({
  name: "sendSignal",
  about:
    "Passes a sealed signal on to whoever follows the room, in order; nothing of it is kept. They get it as an event `signal`.",
  method: "POST",
  path: "/api/nameless/circles/room/signals",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({ visit: visitField, signal: sealedSignalSchema }),
  answer: empty,
  refusals: { ...whileMeeting, EpochMoved: 409 },
  perMinute: 1200,
});

export const readRelay = route({
  name: "readRelay",
  about:
    "How to reach the relay that voices go through, with a user name that says nothing and ends with the meeting. Null where none is set up.",
  method: "POST",
  path: "/api/nameless/circles/room/relay",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({ visit: visitField }),
  answer: v.strictObject({
    relay: v.nullable(
      v.strictObject({
        urls: v.array(v.string()),
        username: v.string(),
        credential: v.string(),
      }),
    ),
  }),
  refusals: whileMeeting,
  perMinute: 60,
});
