/** The HTTP surface of both public logs: what every member's device reads each time its safe is opened. */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { loggedDecisionSchema, stewardLogEntrySchema } from "./log-entry.ts";

export const readStewardLog = route({
  name: "readStewardLog",
  about:
    "The whole log of the stewards' keys, for every device to check. Keys and signatures, no names.",
  method: "GET",
  path: "/api/public/steward-log",
  zone: "public",
  who: "anyone",
  answer: v.strictObject({
    entries: v.array(stewardLogEntrySchema),
    /** True while there is no key, or a steward has left and it has not been made anew: documents wait. */
    documentsWait: v.boolean(),
  }),
  refusals: {},
  perMinute: 120,
  cacheable: true,
});

export const readDecisions = route({
  name: "readDecisions",
  about:
    "The stewards' decisions as a chain of hashes, five hundred at a time, after a number. No names, no accounts, no days.",
  method: "GET",
  path: "/api/named/decisions",
  zone: "named",
  who: "member",
  query: v.strictObject({ after: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)) }),
  answer: v.strictObject({ decisions: v.array(loggedDecisionSchema), last: v.number() }),
  refusals: {},
  perMinute: 60,
});
