/** The HTTP surface of agreeing that one's small circle merges with another. How many agree, `readMyPlace` tells. */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { bytesField, empty, idField } from "#platform/wire.ts";
import { visitField } from "./contract.ts";
import { blocksField } from "./waiting.ts";

export const agreeToMerge = route({
  name: "agreeToMerge",
  about:
    "Agrees that the circle merges with another small one, or agrees to other hours than before. Ends with any change of the circle's members.",
  method: "POST",
  path: "/api/nameless/circles/merging",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({
    visit: visitField,
    /** The one that is meant: by now it may have merged. */
    circle: idField,
    blocks: blocksField,
    /** `employerMark` of the name; null for whoever doesn't mind. */
    employer: v.nullable(bytesField(32)),
  }),
  answer: empty,
  refusals: {
    VisitOver: 401,
    NoSeat: 403,
    /** The badge can't begin anything any more; the next one can. */
    BadgeEnded: 409,
    /** The circle has ended, is full, or somebody was removed from it. */
    CannotMerge: 409,
  },
  perMinute: 30,
});

export const disagreeToMerge = route({
  name: "disagreeToMerge",
  about: "Takes the agreement back; nothing of it is kept.",
  method: "POST",
  path: "/api/nameless/circles/merging/end",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({ visit: visitField }),
  answer: empty,
  refusals: { VisitOver: 401 },
  perMinute: 30,
});
