/** The sealed room of a coach and a client: keys sealed to both, messages the server can't read. */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { bytesField, empty, idField, sealedField } from "#platform/wire.ts";

const digits = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));
const person = v.strictObject({
  id: idField,
  name: v.string(),
  hpkeKey: bytesField(32),
  signingKey: bytesField(32),
});

export const readSpaces = route({
  name: "readSpaces",
  about: "The caller's spaces, with the caller's sealed copy of each space's key.",
  method: "GET",
  path: "/api/named/spaces",
  zone: "named",
  who: "member",
  answer: v.strictObject({
    spaces: v.array(
      v.strictObject({
        id: idField,
        side: v.picklist(["client", "coach"]),
        with: person,
        /** Null until one of the two has opened the space. */
        sealedKey: v.nullable(v.string()),
        sequence: v.number(),
      }),
    ),
  }),
  refusals: {},
  perMinute: 240,
});

export const openSpace = route({
  name: "openSpace",
  about: "Keeps the space key, sealed to each of the two. The first who does it wins.",
  method: "PUT",
  path: "/api/named/spaces/:id/keys",
  zone: "named",
  who: "member",
  params: v.strictObject({ id: idField }),
  body: v.strictObject({ own: sealedField(300), other: sealedField(300) }),
  answer: empty,
  refusals: { AlreadyOpen: 409 },
  perMinute: 30,
});

export const readMessages = route({
  name: "readMessages",
  about: "Sealed messages after a sequence number, oldest first.",
  method: "GET",
  path: "/api/named/spaces/:id/messages",
  zone: "named",
  who: "member",
  params: v.strictObject({ id: idField }),
  query: v.strictObject({ after: digits }),
  answer: v.strictObject({
    messages: v.array(
      v.strictObject({ sequence: v.number(), id: idField, mine: v.boolean(), sealed: v.string() }),
    ),
    more: v.boolean(),
  }),
  refusals: {},
  perMinute: 240,
});

export const sendMessage = route({
  name: "sendMessage",
  about: "Keeps one sealed message; the same id again is acknowledged again.",
  method: "POST",
  path: "/api/named/spaces/:id/messages",
  zone: "named",
  who: "member",
  params: v.strictObject({ id: idField }),
  body: v.strictObject({ id: idField, sealed: sealedField(65_536) }),
  answer: v.strictObject({ sequence: v.number() }),
  refusals: { SpaceNotOpen: 409 },
  perMinute: 60,
  bodyLimit: 100_000,
});
