/**
 * The HTTP surface of waiting for a circle. Everything is nameless: a badge opens a visit, and a visit's ticket
 * travels in the body, because addresses of requests are written down in more places than bodies are.
 */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { bytesField, empty, idField, messageField } from "#platform/wire.ts";
import { BADGE_PROOF_BYTES } from "#pass/badge.ts";
import { MODULUS_BYTES } from "#pass/issuer-public-key.ts";
import { actHash } from "#pass/spent.ts";
import type { Bytes } from "#platform/bytes.ts";
import { seatSchema } from "./room/wire.ts";
import { waitingField } from "./waiting.ts";

/** Sealed by the server for itself; it names the pseudonym, ends after half a day, and is kept nowhere. */
export const visitField = messageField(600);

/** What a badge is spent on: its own pseudonym, with its own key, for as long as it counts. */
export const admission = (hpkeKey: Uint8Array): Bytes => actHash("circle-admission", hpkeKey);

export const visitCircles = route({
  name: "visitCircles",
  about:
    "Shows a badge on a fresh challenge. The first time admits its pseudonym; a later quarter's badge on the same key renews it.",
  method: "POST",
  path: "/api/nameless/circles/visits",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({
    seat: seatSchema,
    challenge: bytesField(32),
    /** `proveBadge` for the act that `admission` names. */
    proof: bytesField(BADGE_PROOF_BYTES),
  }),
  answer: v.strictObject({ visit: v.string() }),
  /** Whatever is wrong with a badge is one refusal. Under twenty holders the crowd is too small to hide in. */
  refusals: { PassRefused: 403, CrowdTooSmall: 409, Removed: 403 },
  perMinute: 60,
});

const reasons = v.strictObject({
  hours: v.array(v.number()),
  themes: v.array(v.strictObject({ theme: v.string(), others: v.number() })),
  nearInStage: v.number(),
  others: v.number(),
  merged: v.optional(v.literal(true)),
});

export const readMyPlace = route({
  name: "readMyPlace",
  about: "Where a pseudonym stands: nowhere, waiting, or in a circle and why in this one.",
  method: "POST",
  path: "/api/nameless/circles/place",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({ visit: visitField }),
  answer: v.strictObject({
    /** What it waits for; the employer's mark doesn't come back. */
    waiting: v.nullable(v.omit(waitingField, ["employer"])),
    avoidsEmployer: v.boolean(),
    pool: v.strictObject({
      /** How many wait, itself included. */
      waiting: v.number(),
      /** How far the forming that runs has come. */
      share: v.nullable(v.number()),
      /** The last forming seated nobody, since fewer than two stewards hold their key. */
      lacksStewards: v.boolean(),
    }),
    seat: v.nullable(
      v.strictObject({
        circle: idField,
        /** Null for an offered seat: its owner takes it by a `joined` entry of the member log. */
        number: v.nullable(v.number()),
        state: v.picklist(["offered", "taken", "paused", "left", "lapsed", "removed"]),
        block: v.number(),
        language: v.string(),
        themes: v.array(v.string()),
        reasons,
        /** The stewards warned this member after a report. */
        warned: v.boolean(),
      }),
    ),
    /** How far a merging is agreed on, for whoever sits in a circle that may; who agrees isn't told. */
    merging: v.nullable(
      v.strictObject({
        agreed: v.number(),
        members: v.number(),
        /** The hours this member agreed with; null where they haven't. */
        blocks: v.nullable(v.array(v.number())),
        avoidsEmployer: v.boolean(),
        /** All agree, and for two weeks no second circle was found. */
        isAlone: v.boolean(),
      }),
    ),
    /** The last day on which this badge can begin something, and the last on which it keeps a seat. */
    beginsUntil: v.string(),
    endsOn: v.string(),
  }),
  refusals: { VisitOver: 401 },
  perMinute: 240,
});

export const waitForCircle = route({
  name: "waitForCircle",
  about: "Waits for a circle, or waits for something else than before.",
  method: "POST",
  path: "/api/nameless/circles/waiting",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({ visit: visitField, waiting: waitingField }),
  answer: empty,
  refusals: { VisitOver: 401, Seated: 409, BadgeEnded: 409 },
  perMinute: 30,
});

export const stopWaiting = route({
  name: "stopWaiting",
  about: "Takes the waiting entry away; nothing of it is kept.",
  method: "POST",
  path: "/api/nameless/circles/waiting/end",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({ visit: visitField }),
  answer: empty,
  refusals: { VisitOver: 401 },
  perMinute: 30,
});

export const replaceBadge = route({
  name: "replaceBadge",
  about:
    "For who left a circle of their own accord: signs a blinded badge of the month that issues now. The old pseudonym begins nothing any more.",
  method: "POST",
  path: "/api/nameless/circles/badge",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({
    visit: visitField,
    /** 2027-03, whose key is to sign: the one that issues, or, asked again, the one that did then. */
    month: v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/)),
    blinded: bytesField(MODULUS_BYTES),
  }),
  answer: v.strictObject({ signature: v.string() }),
  refusals: {
    VisitOver: 401,
    /** Not out of a circle, or not of their own accord. */
    NotLeft: 409,
    AnotherRequest: 409,
    NextQuarter: 409,
    NotIssuing: 409,
  },
  perMinute: 30,
});
