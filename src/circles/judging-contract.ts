/**
 * The stewards' half of reports: they read them sealed, have the stamps checked, and hand in what they signed. Only
 * here do named requests touch circles, and nothing of who asks goes any further.
 */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { bytesField, empty, idField } from "#platform/wire.ts";
import { REPORT_DECISIONS } from "./judging.ts";
import { epochField, pseudonymField, stampClaimSchema } from "./room/wire.ts";

const MOST_CLAIMS = 10;
const signature = bytesField(64);

export const readReports = route({
  name: "readReports",
  about: "Reports that nobody has decided about, sealed to the stewards' key.",
  method: "GET",
  path: "/api/named/stewardship/reports",
  zone: "named",
  who: "steward",
  answer: v.strictObject({
    reports: v.array(
      v.strictObject({
        id: idField,
        circle: idField,
        stewardEpoch: v.number(),
        sealed: v.string(),
      }),
    ),
  }),
  refusals: {},
  perMinute: 60,
});

export const checkReportStamps = route({
  name: "checkReportStamps",
  about:
    "Whether these messages were handed in as a report says. Gives nothing of what they said: only a steward's browser opens that.",
  method: "POST",
  path: "/api/named/stewardship/reports/:id/stamps",
  zone: "named",
  who: "steward",
  params: v.strictObject({ id: idField }),
  body: v.strictObject({
    claims: v.pipe(v.array(stampClaimSchema), v.minLength(1), v.maxLength(MOST_CLAIMS)),
  }),
  /** One for each, in their order. `gone`: too long ago, and the month's key is destroyed. */
  answer: v.strictObject({ stamps: v.array(v.picklist(["right", "wrong", "gone"])) }),
  refusals: {},
  perMinute: 60,
});

export const decideReport = route({
  name: "decideReport",
  about:
    "Carries out what the stewards signed: nothing, a warning, a removal with a new epoch, or the circle's end.",
  method: "PUT",
  path: "/api/named/stewardship/reports/:id",
  zone: "named",
  who: "steward",
  params: v.strictObject({ id: idField }),
  body: v.strictObject({
    decision: v.picklist(REPORT_DECISIONS),
    member: v.nullable(pseudonymField),
    stewardEpoch: epochField,
    signature,
    /** Over `removalMessage`; null for everything but a removal. */
    removal: v.nullable(signature),
  }),
  answer: empty,
  /** `StewardsMoved`: signed with the key of an earlier epoch. `NotAMember`: not, or no longer, in that circle. */
  refusals: { NotSigned: 409, StewardsMoved: 409, NotAMember: 409, Decided: 409 },
  perMinute: 30,
});
