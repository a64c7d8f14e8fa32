/** Instruments' HTTP surface: what the community has, and a steward's adding and taking off. Answers never come here. */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { empty } from "#platform/wire.ts";
import { MOST_CHARACTERS } from "./bounded-json.ts";
import { assertedLicence } from "./licence.ts";

const scorerId = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "id"), v.maxLength(60));
const questionnaire = v.pipe(v.string(), v.minLength(2), v.maxLength(MOST_CHARACTERS));

export const readInstruments = route({
  name: "readInstruments",
  about:
    "The community's instruments, each a FHIR R4 Questionnaire, with the licence that the host asserts. All in one cacheable answer: nobody asks for a single one.",
  method: "GET",
  path: "/api/named/reflect/instruments",
  zone: "named",
  who: "member",
  answer: v.strictObject({
    instruments: v.array(v.strictObject({ id: scorerId, questionnaire, licence: assertedLicence })),
  }),
  refusals: {},
  perMinute: 30,
  cacheable: true,
});

export const addInstrument = route({
  name: "addInstrument",
  about:
    "Adds an instrument for all members, or puts a newer file in its place. Refused where no scorer fits it exactly; the log of decisions tells that it was done.",
  method: "POST",
  path: "/api/named/reflect/instruments",
  zone: "named",
  who: "steward",
  body: v.strictObject({
    questionnaire,
    licence: assertedLicence,
    /** That the community has what the instrument needs, such as a response protocol. */
    protocolReady: v.boolean(),
  }),
  answer: v.strictObject({ id: scorerId }),
  refusals: { NotFitting: 422, ProtocolNeeded: 422 },
  perMinute: 12,
  // Quotation marks double in JSON.
  bodyLimit: 2 * MOST_CHARACTERS + 8192,
});

export const dropInstrument = route({
  name: "dropInstrument",
  about: "Takes an instrument off. What members have answered stays theirs.",
  method: "DELETE",
  path: "/api/named/reflect/instruments/:id",
  zone: "named",
  who: "steward",
  params: v.strictObject({ id: scorerId }),
  answer: empty,
  refusals: {},
  perMinute: 12,
});
