/**
 * The HTTP surface of passes, one half a side: the named one issues to whom it knows and gives the key log, the
 * nameless one gives its own head of the log, so that a device can compare the two.
 */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { bytesField } from "#platform/wire.ts";
import { MODULUS_BYTES } from "./issuer-public-key.ts";
import { PURPOSES, type Purpose } from "./purpose.ts";

const purpose = v.picklist(Object.keys(PURPOSES) as Purpose[]);
const periodName = v.pipe(v.string(), v.regex(/^(?:\d{4}-\d\d(?:-\d\d)?|[0-9a-f]{32})$/, "period"));
const slot = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(23));
const day = v.string();

/** How many passes one request can ask for; a sign-in asks for all at once. */
export const MOST_ISSUED_AT_ONCE = 32;

const namesOfCommunity = v.strictObject({ issuerName: v.string(), originInfo: v.string() });

export const readKeyLogEntries = route({
  name: "readKeyLogEntries",
  about:
    "Every issuer key there ever was, in the order of the log, and the names that every pass is bound to.",
  method: "GET",
  path: "/api/named/passes/keys",
  zone: "named",
  who: "member",
  answer: v.strictObject({
    community: namesOfCommunity,
    entries: v.array(
      v.strictObject({
        purpose,
        name: v.string(),
        issuedFrom: day,
        issuedUntil: day,
        beginsFrom: day,
        beginsUntil: day,
        endsOn: day,
        spki: v.string(),
        /** The server was brought back from a backup: it issues nothing more, and its passes begin nothing. */
        closed: v.boolean(),
      }),
    ),
  }),
  refusals: {},
  perMinute: 30,
  cacheable: true,
});

export const issuePasses = route({
  name: "issuePasses",
  about:
    "Signs blinded messages (RFC 9474), one a slot. The same request again gives the same passes; another for a slot that was issued is refused.",
  method: "POST",
  path: "/api/named/passes",
  zone: "named",
  who: "member",
  body: v.strictObject({
    requests: v.pipe(
      v.array(
        v.strictObject({ purpose, name: periodName, slot, blinded: bytesField(MODULUS_BYTES) }),
      ),
      v.minLength(1),
      v.maxLength(MOST_ISSUED_AT_ONCE),
    ),
  }),
  /** Blind signatures, 256 bytes each, in the order of the requests. */
  answer: v.strictObject({ signatures: v.array(v.string()) }),
  refusals: { NotVerified: 409, AnotherRequest: 409, NotIssuing: 409, NoneDue: 409 },
  perMinute: 30,
  bodyLimit: 32 * 1024,
});

export const readNamelessKeys = route({
  name: "readNamelessKeys",
  about:
    "The nameless side's own head of the key log, and the size of the crowd behind each key that counts today.",
  method: "GET",
  path: "/api/nameless/passes/keys",
  zone: "nameless",
  who: "anyone",
  answer: v.strictObject({
    /** The same names on both sides, and so for everybody: what a pass answers to is made of them. */
    community: namesOfCommunity,
    length: v.number(),
    /** 32 bytes. */
    hash: v.string(),
    crowds: v.array(
      v.strictObject({ purpose, name: v.string(), holders: v.number(), open: v.boolean() }),
    ),
  }),
  refusals: {},
  perMinute: 120,
});

export const makeChallenge = route({
  name: "makeChallenge",
  about: "32 fresh bytes that a badge is shown on, once and within minutes.",
  method: "POST",
  path: "/api/nameless/passes/challenges",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({}),
  answer: v.strictObject({ challenge: v.string() }),
  refusals: {},
  perMinute: 240,
});
