/**
 * Verification's HTTP surface for who asks and who vouches. The document's way lies with the stewards, whose
 * key it is sealed to. No answer says when anything happened.
 */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { empty, lineField, messageField } from "#platform/wire.ts";
import { emailField, STAGES } from "./account.ts";
import { licenceField } from "./licence.ts";
import { normaliseNpi } from "./npi.ts";

const digits = v.pipe(
  v.string(),
  v.transform((typed) => typed.replace(/\D/g, "")),
  v.regex(/^\d{8}$/, "code"),
);
const vouchCode = v.pipe(v.string(), v.maxLength(60));
const npiField = v.pipe(
  v.string(),
  v.maxLength(40),
  v.check((typed) => normaliseNpi(typed) !== null, "npi"),
  v.transform((typed) => normaliseNpi(typed)!),
);
const names = { givenName: lineField(80), familyName: lineField(80) };

/** A physician's claim, whatever the way: the licence, and the name it was given in. */
export const claimField = v.strictObject({ licence: licenceField, ...names });

export const askByNpi = route({
  name: "askByNpi",
  about:
    "Asks to be verified by an NPI, which is the licence too, and the name it is registered under.",
  method: "POST",
  path: "/api/named/verification/npi",
  zone: "named",
  who: "member",
  body: v.strictObject({ npi: npiField, ...names }),
  answer: empty,
  refusals: { VerifiedAlready: 409 },
  perMinute: 10,
});

export const askByRoster = route({
  name: "askByRoster",
  about:
    "Asks to be verified by the roster the account came with. Residents add their licence; students, who have none, add nothing.",
  method: "POST",
  path: "/api/named/verification/roster",
  zone: "named",
  who: "member",
  body: v.strictObject({ claim: v.nullable(claimField) }),
  answer: empty,
  refusals: { VerifiedAlready: 409, NoRoster: 409, ClaimNeeded: 422 },
  perMinute: 10,
});

export const askByVouching = route({
  name: "askByVouching",
  about:
    "Asks to be verified by two colleagues. Answers with the code to give them, shown once and good until tomorrow ends.",
  method: "POST",
  path: "/api/named/verification/vouching",
  zone: "named",
  who: "member",
  body: claimField,
  answer: v.strictObject({ code: v.string() }),
  refusals: { VerifiedAlready: 409 },
  perMinute: 10,
});

export const renewVouchCode = route({
  name: "renewVouchCode",
  about:
    "Another code in place of the last one, where one colleague has vouched and another has not.",
  method: "POST",
  path: "/api/named/verification/vouching/code",
  zone: "named",
  who: "member",
  body: empty,
  answer: v.strictObject({ code: v.string() }),
  refusals: { NotVouching: 409 },
  perMinute: 10,
});

const vouchRefusals = {
  CodeNotValid: 410,
  NotVerified: 403,
  VouchedAlready: 409,
  TheyVouchedForYou: 409,
  TooManyVouches: 409,
} as const;

export const lookVouch = route({
  name: "lookVouch",
  about: "Whom a colleague's code is for, before anybody vouches. Tells only a verified member.",
  method: "POST",
  path: "/api/named/vouches/look",
  zone: "named",
  who: "member",
  body: v.strictObject({ code: vouchCode }),
  answer: v.strictObject({
    name: v.string(),
    givenName: v.string(),
    familyName: v.string(),
    stage: v.picklist(STAGES),
  }),
  refusals: vouchRefusals,
  perMinute: 12,
});

export const vouch = route({
  name: "vouch",
  about:
    "Says that the person whose code it is is a doctor known to the caller. There is no taking it back.",
  method: "POST",
  path: "/api/named/vouches",
  zone: "named",
  who: "member",
  body: v.strictObject({ code: vouchCode }),
  answer: empty,
  refusals: vouchRefusals,
  perMinute: 12,
});

export const startInstitutionMail = route({
  name: "startInstitutionMail",
  about:
    "Sends a neutral letter with a code of eight digits to a mailbox of a listed institution. The address is kept nowhere.",
  method: "POST",
  path: "/api/named/verification/institution-mail/start",
  zone: "named",
  who: "member",
  body: v.strictObject({ ...claimField.entries, email: emailField }),
  answer: v.strictObject({ ticket: v.string() }),
  refusals: { VerifiedAlready: 409, DomainNotListed: 409 },
  perMinute: 4,
});

export const finishInstitutionMail = route({
  name: "finishInstitutionMail",
  about: "The code from that letter: asks to be verified, with the institution's domain alone.",
  method: "POST",
  path: "/api/named/verification/institution-mail",
  zone: "named",
  who: "member",
  body: v.strictObject({ ticket: messageField(4000), code: digits }),
  answer: empty,
  refusals: { VerifiedAlready: 409, WrongCode: 409, TicketExpired: 410 },
  perMinute: 6,
});

export const withdrawAsking = route({
  name: "withdrawAsking",
  about: "Takes the asking back, and destroys what was given with it.",
  method: "DELETE",
  path: "/api/named/verification",
  zone: "named",
  who: "member",
  answer: empty,
  refusals: { VerifiedAlready: 409 },
  perMinute: 10,
});

export const leaveStewards = route({
  name: "leaveStewards",
  about:
    "Gives the steward's role back and signs out everywhere. The stewards' key is made anew by the next of them.",
  method: "POST",
  path: "/api/named/account/steward-role/leaving",
  zone: "named",
  who: "steward",
  body: v.strictObject({ confirmation: messageField(4000) }),
  answer: empty,
  refusals: { NotConfirmed: 403, LastSteward: 409 },
  perMinute: 6,
});
