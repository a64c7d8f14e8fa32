/**
 * Identity's HTTP surface: set-up, joining, signing in (RFC 9807 OPAQUE, or a passkey), recovery, devices
 * and the account. The server never sees a passphrase, a recovery phrase or a vault key.
 */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import {
  bytesField,
  countryField,
  empty,
  idField,
  lineField,
  messageField,
  zoneField,
} from "#platform/wire.ts";
import { emailField, labelField, nameField, ROLES, STAGES, stageField } from "./account.ts";

const opaqueMessage = messageField(2000);
/** Sealed by the server for itself; opaque to the device. */
const ticket = messageField(4000);
const code = v.pipe(v.string(), v.maxLength(60));
const digits = v.pipe(
  v.string(),
  v.transform((typed) => typed.replace(/\D/g, "")),
  v.regex(/^\d{8}$/, "code"),
);
const wrap = bytesField(72);
const key = bytesField(32);
const label = labelField;
const wraps = v.array(v.strictObject({ slot: v.string(), sealed: v.string() }));

export const community = route({
  name: "community",
  about: "What anybody may know: the community's name and country, and whether it has been set up.",
  method: "GET",
  path: "/api/public/community",
  zone: "public",
  who: "anyone",
  answer: v.strictObject({
    setUp: v.boolean(),
    name: v.string(),
    country: v.string(),
    floor: v.number(),
    sample: v.boolean(),
    oneServer: v.boolean(),
  }),
  refusals: {},
  perMinute: 300,
});

export const setUpCommunity = route({
  name: "setUpCommunity",
  about:
    "Makes the community, once, with the one-time link that start printed. Answers with the first steward's invitation.",
  method: "POST",
  path: "/api/public/community",
  zone: "public",
  who: "anyone",
  body: v.strictObject({
    token: messageField(100),
    name: lineField(80),
    country: countryField,
    floor: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(50)),
    sample: v.boolean(),
  }),
  answer: v.strictObject({ code: v.string() }),
  refusals: { LinkNotValid: 410 },
  perMinute: 20,
  bodyLimit: 4096,
});

export const lookInvitation = route({
  name: "lookInvitation",
  about: "What an invitation says to whoever holds its code.",
  method: "POST",
  path: "/api/public/invitations",
  zone: "public",
  who: "anyone",
  body: v.strictObject({ code }),
  answer: v.strictObject({
    email: v.nullable(v.string()),
    stage: v.nullable(v.picklist(STAGES)),
    roles: v.array(v.picklist(ROLES)),
  }),
  refusals: { InvitationNotValid: 410 },
  perMinute: 30,
});

export const startRegistration = route({
  name: "startRegistration",
  about:
    "First half of joining. An address other than the invited one gets a letter with a code of eight digits.",
  method: "POST",
  path: "/api/named/registrations/start",
  zone: "named",
  who: "anyone",
  body: v.strictObject({ code, email: emailField, registrationRequest: opaqueMessage }),
  answer: v.strictObject({
    account: idField,
    registrationResponse: v.string(),
    ticket: v.string(),
    addressCheck: v.boolean(),
  }),
  refusals: { InvitationNotValid: 410 },
  perMinute: 20,
});

export const finishRegistration = route({
  name: "finishRegistration",
  about:
    "Second half of joining: account, safe with its two wraps, and the first session, in one transaction.",
  method: "POST",
  path: "/api/named/registrations",
  zone: "named",
  who: "anyone",
  body: v.strictObject({
    ticket,
    addressCode: v.nullable(digits),
    registrationRecord: opaqueMessage,
    passphraseWrap: wrap,
    phraseWrap: wrap,
    hpkeKey: key,
    signingKey: key,
    recoveryKey: key,
    name: nameField,
    stage: stageField,
    timeZone: zoneField,
    label,
  }),
  answer: empty,
  refusals: { InvitationNotValid: 410, WrongCode: 409, TicketExpired: 410, AlreadyHere: 409 },
  perMinute: 20,
});

export const startSignIn = route({
  name: "startSignIn",
  about: "OPAQUE's first message. An unknown address is answered in the same way, length and time.",
  method: "POST",
  path: "/api/named/sign-ins/start",
  zone: "named",
  who: "anyone",
  body: v.strictObject({ email: emailField, startLoginRequest: opaqueMessage }),
  answer: v.strictObject({ loginResponse: v.string(), ticket: v.string() }),
  refusals: {},
  perMinute: 60,
});

export const finishSignIn = route({
  name: "finishSignIn",
  about: "OPAQUE's last message: a session, and the wrap that the passphrase opens.",
  method: "POST",
  path: "/api/named/sign-ins",
  zone: "named",
  who: "anyone",
  body: v.strictObject({ ticket, finishLoginRequest: opaqueMessage, label }),
  answer: v.strictObject({ account: idField, wraps, failedSignIns: v.number() }),
  refusals: { SignInRefused: 403, TicketExpired: 410 },
  perMinute: 60,
});

/** WebAuthn's own JSON forms (Level 3); checked in full by the library on the server. */
const credentialJson = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check((value) => JSON.stringify(value).length < 12_000, "long"),
);

export const startPasskeySignIn = route({
  name: "startPasskeySignIn",
  about: "A challenge for any passkey of this site.",
  method: "POST",
  path: "/api/named/passkey-sign-ins/start",
  zone: "named",
  who: "anyone",
  body: empty,
  answer: v.strictObject({ options: v.record(v.string(), v.unknown()), ticket: v.string() }),
  refusals: {},
  perMinute: 60,
});

export const finishPasskeySignIn = route({
  name: "finishPasskeySignIn",
  about:
    "A passkey's answer: a session, and the wrap that the passkey's PRF opens, where it has one.",
  method: "POST",
  path: "/api/named/passkey-sign-ins",
  zone: "named",
  who: "anyone",
  body: v.strictObject({ ticket, assertion: credentialJson, label }),
  answer: v.strictObject({ account: idField, wraps }),
  refusals: { SignInRefused: 403, TicketExpired: 410 },
  perMinute: 60,
});

export const startPasskey = route({
  name: "startPasskey",
  about:
    "Options for a new passkey of the signed-in account. It outlives every session, so the passphrase comes first.",
  method: "POST",
  path: "/api/named/passkeys/start",
  zone: "named",
  who: "member",
  body: v.strictObject({ confirmation: ticket }),
  answer: v.strictObject({ options: v.record(v.string(), v.unknown()), ticket: v.string() }),
  refusals: { NotConfirmed: 403 },
  perMinute: 20,
});

export const addPasskey = route({
  name: "addPasskey",
  about:
    "Keeps a passkey's public half, and the wrap its PRF opens where the authenticator has one.",
  method: "POST",
  path: "/api/named/passkeys",
  zone: "named",
  who: "member",
  body: v.strictObject({ ticket, attestation: credentialJson, label, wrap: v.nullable(wrap) }),
  answer: empty,
  refusals: { PasskeyRefused: 409, TicketExpired: 410 },
  perMinute: 20,
});

export const dropPasskey = route({
  name: "dropPasskey",
  about: "Forgets a passkey and its wrap.",
  method: "DELETE",
  path: "/api/named/passkeys/:id",
  zone: "named",
  who: "member",
  params: v.strictObject({ id: messageField(1400) }),
  answer: empty,
  refusals: {},
  perMinute: 20,
});

export const startRecovery = route({
  name: "startRecovery",
  about: "A challenge for the recovery phrase. Known and unknown addresses are answered alike.",
  method: "POST",
  path: "/api/named/recoveries/start",
  zone: "named",
  who: "anyone",
  body: v.strictObject({ email: emailField }),
  answer: v.strictObject({ challenge: v.string(), ticket: v.string() }),
  refusals: {},
  perMinute: 20,
});

export const proveRecovery = route({
  name: "proveRecovery",
  about:
    "The challenge signed with the key that comes from the phrase: the wrap it opens, and a new registration.",
  method: "POST",
  path: "/api/named/recoveries/proofs",
  zone: "named",
  who: "anyone",
  body: v.strictObject({ ticket, signature: bytesField(64), registrationRequest: opaqueMessage }),
  answer: v.strictObject({
    account: idField,
    wrap: v.string(),
    registrationResponse: v.string(),
    ticket: v.string(),
  }),
  refusals: { RecoveryRefused: 403, TicketExpired: 410 },
  perMinute: 20,
});

export const finishRecovery = route({
  name: "finishRecovery",
  about:
    "A new passphrase and its wrap in one transaction; every other session ends, and passkeys go.",
  method: "POST",
  path: "/api/named/recoveries",
  zone: "named",
  who: "anyone",
  body: v.strictObject({ ticket, registrationRecord: opaqueMessage, passphraseWrap: wrap, label }),
  answer: empty,
  refusals: { RecoveryRefused: 403, TicketExpired: 410 },
  perMinute: 20,
});

export const readAccount = route({
  name: "readAccount",
  about: "The signed-in account.",
  method: "GET",
  path: "/api/named/account",
  zone: "named",
  who: "member",
  answer: v.strictObject({
    id: idField,
    name: v.string(),
    stage: v.picklist(STAGES),
    roles: v.array(v.picklist(ROLES)),
    email: v.string(),
    /** A code, or the letter with the invitation, has shown that the address reaches its owner. */
    addressConfirmed: v.boolean(),
    weeklyLetter: v.boolean(),
    timeZone: v.string(),
    passkeys: v.array(v.strictObject({ id: v.string(), label: v.string() })),
    wraps,
  }),
  refusals: {},
  perMinute: 240,
});

export const changeAccount = route({
  name: "changeAccount",
  about: "What to be called, the stage and the time zone.",
  method: "PUT",
  path: "/api/named/account",
  zone: "named",
  who: "member",
  body: v.strictObject({ name: nameField, stage: stageField, timeZone: zoneField }),
  answer: empty,
  refusals: {},
  perMinute: 30,
});

export const readSessions = route({
  name: "readSessions",
  about: "The member's devices, by the labels they gave.",
  method: "GET",
  path: "/api/named/sessions",
  zone: "named",
  who: "member",
  answer: v.strictObject({
    sessions: v.array(v.strictObject({ id: idField, label: v.string(), current: v.boolean() })),
  }),
  refusals: {},
  perMinute: 60,
});

export const endSession = route({
  name: "endSession",
  about: "Signs one device out.",
  method: "DELETE",
  path: "/api/named/sessions/:id",
  zone: "named",
  who: "member",
  params: v.strictObject({ id: idField }),
  answer: empty,
  refusals: {},
  perMinute: 60,
});

export const endAllSessions = route({
  name: "endAllSessions",
  about: "Signs every device out, this one too.",
  method: "DELETE",
  path: "/api/named/sessions",
  zone: "named",
  who: "member",
  answer: empty,
  refusals: {},
  perMinute: 20,
});

export const startConfirmation = route({
  name: "startConfirmation",
  about: "OPAQUE's first message again, before an act that can't be undone.",
  method: "POST",
  path: "/api/named/confirmations/start",
  zone: "named",
  who: "member",
  body: v.strictObject({ startLoginRequest: opaqueMessage }),
  answer: v.strictObject({ loginResponse: v.string(), ticket: v.string() }),
  refusals: {},
  perMinute: 20,
});

export const finishConfirmation = route({
  name: "finishConfirmation",
  about: "Shows that the person at the device knows the passphrase; good for five minutes.",
  method: "POST",
  path: "/api/named/confirmations",
  zone: "named",
  who: "member",
  body: v.strictObject({ ticket, finishLoginRequest: opaqueMessage }),
  answer: v.strictObject({ confirmation: v.string(), wraps }),
  refusals: { SignInRefused: 403, TicketExpired: 410 },
  perMinute: 20,
});

export const startPassphrase = route({
  name: "startPassphrase",
  about: "OPAQUE registration of a new passphrase for the signed-in account.",
  method: "POST",
  path: "/api/named/passphrase/start",
  zone: "named",
  who: "member",
  body: v.strictObject({ registrationRequest: opaqueMessage }),
  answer: v.strictObject({ registrationResponse: v.string() }),
  refusals: {},
  perMinute: 20,
});

export const changePassphrase = route({
  name: "changePassphrase",
  about:
    "The new registration record and the new wrap, in one transaction; other devices are signed out.",
  method: "PUT",
  path: "/api/named/passphrase",
  zone: "named",
  who: "member",
  body: v.strictObject({
    confirmation: ticket,
    registrationRecord: opaqueMessage,
    passphraseWrap: wrap,
  }),
  answer: empty,
  refusals: { NotConfirmed: 403 },
  perMinute: 20,
});

export const changeRecoverySheet = route({
  name: "changeRecoverySheet",
  about: "A new recovery sheet: its public key and its wrap, in one transaction.",
  method: "PUT",
  path: "/api/named/recovery-sheet",
  zone: "named",
  who: "member",
  body: v.strictObject({ confirmation: ticket, recoveryKey: key, phraseWrap: wrap }),
  answer: empty,
  refusals: { NotConfirmed: 403 },
  perMinute: 20,
});

export const startEmailChange = route({
  name: "startEmailChange",
  about: "Sends a code of eight digits to the new address; an address in use is answered alike.",
  method: "POST",
  path: "/api/named/email-changes",
  zone: "named",
  who: "member",
  body: v.strictObject({ confirmation: ticket, email: emailField }),
  answer: v.strictObject({ ticket: v.string() }),
  refusals: { NotConfirmed: 403 },
  perMinute: 6,
});

export const finishEmailChange = route({
  name: "finishEmailChange",
  about: "The code that came to the new address makes it the account's.",
  method: "PUT",
  path: "/api/named/email",
  zone: "named",
  who: "member",
  body: v.strictObject({ ticket, code: digits }),
  answer: empty,
  refusals: { WrongCode: 409, TicketExpired: 410 },
  perMinute: 6,
});

export const chooseWeeklyLetter = route({
  name: "chooseWeeklyLetter",
  about: "Asks for the weekly letter, or ends it. It goes to addresses that were confirmed.",
  method: "PUT",
  path: "/api/named/weekly-letter",
  zone: "named",
  who: "member",
  body: v.strictObject({ wanted: v.boolean() }),
  answer: empty,
  refusals: { AddressNotConfirmed: 409 },
  perMinute: 30,
});

/** Sealed by the server for itself. In hex, as mail programs cut a link that ends with a dash. */
export const LETTER_END = /^[0-9a-f]{88}$/;

export const endLetter = route({
  name: "endLetter",
  about:
    "Ends the weekly letter for whoever holds one (RFC 8058). Every end is answered alike, also one that ends nothing.",
  method: "POST",
  path: "/api/public/letters/:end",
  zone: "public",
  who: "anyone",
  params: v.strictObject({ end: v.pipe(v.string(), v.regex(LETTER_END, "end")) }),
  anyBody: true,
  answer: empty,
  refusals: {},
  perMinute: 300,
  bodyLimit: 4096,
});

export const deleteAccount = route({
  name: "deleteAccount",
  about: "Deletes the account, its safe, its bookings and its spaces. There is no way back.",
  method: "POST",
  path: "/api/named/account/deletion",
  zone: "named",
  who: "member",
  body: v.strictObject({ confirmation: ticket }),
  answer: empty,
  refusals: { NotConfirmed: 403, LastSteward: 409 },
  perMinute: 6,
});
