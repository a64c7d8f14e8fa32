/**
 * Verification's HTTP surface for stewards, the one way of asking that is sealed to them, and the log of
 * decisions that all members read. The queue shows accounts that asked, never lines of a roster.
 */
import * as v from "valibot";
import { nameField, normaliseEmail, STAGES } from "#identity/account.ts";
import { REFUSAL_REASONS, VERIFICATION_WAYS } from "#identity/verification.ts";
import { claimField } from "#identity/verification-contract.ts";
import { base64urlToBytes } from "#platform/bytes.ts";
import { route } from "#platform/contract.ts";
import { empty, idField, lineField, sealedField } from "#platform/wire.ts";
import { isSealedDocumentLength, LARGEST_SEALED_DOCUMENT } from "./steward-wrap.ts";

const epoch = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
const sealedDocument = v.pipe(
  sealedField(LARGEST_SEALED_DOCUMENT),
  v.check((text) => isSealedDocumentLength(base64urlToBytes(text)!.length), "length"),
);
const DOCUMENT_BODY = Math.ceil((LARGEST_SEALED_DOCUMENT * 4) / 3) + 4096;
const reason = v.picklist(REFUSAL_REASONS);

export const askByDocument = route({
  name: "askByDocument",
  about:
    "Asks to be verified by a document that the device has sealed to the stewards' key. It is in no backup and goes with the decision.",
  method: "POST",
  path: "/api/named/verification/document",
  zone: "named",
  who: "member",
  body: v.strictObject({ ...claimField.entries, epoch, sealed: sealedDocument }),
  answer: empty,
  refusals: { VerifiedAlready: 409, StewardsWait: 409, EpochPassed: 409 },
  perMinute: 4,
  bodyLimit: DOCUMENT_BODY,
});

export const readVerifications = route({
  name: "readVerifications",
  about:
    "Who waits to be verified, with what they claim and what speaks for it. Two hundred at most, in no order of time.",
  method: "GET",
  path: "/api/named/stewardship/verifications",
  zone: "named",
  who: "steward",
  answer: v.strictObject({
    verifications: v.array(
      v.strictObject({
        /** Of this asking: asking anew makes another, so that nobody decides about what they didn't see. */
        id: idField,
        account: idField,
        name: v.string(),
        stage: v.picklist(STAGES),
        way: v.picklist(VERIFICATION_WAYS),
        /** Null for a student, for whom the roster's line stands. */
        claim: v.nullable(
          v.strictObject({
            country: v.string(),
            number: v.string(),
            givenName: v.string(),
            familyName: v.string(),
          }),
        ),
        /** True where another account has it this quarter; whose is not told. */
        licenceInUse: v.boolean(),
        /** What the imported registry says of an NPI; null where there is no registry or no NPI. */
        registry: v.nullable(
          v.variant("found", [
            v.strictObject({ found: v.literal(false) }),
            v.strictObject({
              found: v.literal(true),
              givenName: v.string(),
              familyName: v.string(),
              nameMatches: v.boolean(),
              physician: v.boolean(),
              student: v.boolean(),
            }),
          ]),
        ),
        confirmedAt: v.nullable(v.string()),
        /** What the colleagues who vouched are called. */
        vouchers: v.array(v.string()),
        roster: v.nullable(idField),
        /** The epoch whose key opens the document; null where there is none. */
        documentEpoch: v.nullable(v.number()),
        /** The steward's own, which another has to decide. */
        own: v.boolean(),
      }),
    ),
    /** All that wait; `verifications` holds the first two hundred by id. */
    waiting: v.number(),
    /** Rosters of which somebody waits. */
    rosters: v.array(
      v.strictObject({
        id: idField,
        sponsor: v.string(),
        kind: v.picklist(["students", "residents"]),
        waiting: v.number(),
      }),
    ),
    /** Whether a registry was imported: without one, NPIs are looked up by hand. */
    hasRegistry: v.boolean(),
  }),
  refusals: {},
  perMinute: 60,
});

export const readDocument = route({
  name: "readDocument",
  about: "The sealed document of somebody who waits, to be opened in the steward's browser.",
  method: "GET",
  path: "/api/named/stewardship/verifications/:id/document",
  zone: "named",
  who: "steward",
  params: v.strictObject({ id: idField }),
  answer: v.strictObject({ epoch: v.number(), sealed: v.string() }),
  refusals: {},
  perMinute: 60,
});

export const resealDocument = route({
  name: "resealDocument",
  about: "The same document sealed to a later epoch's key, by a steward who could open it.",
  method: "PUT",
  path: "/api/named/stewardship/verifications/:id/document",
  zone: "named",
  who: "steward",
  params: v.strictObject({ id: idField }),
  body: v.strictObject({ epoch, sealed: sealedDocument }),
  answer: empty,
  refusals: { EpochPassed: 409 },
  perMinute: 60,
  bodyLimit: DOCUMENT_BODY,
});

export const decideVerification = route({
  name: "decideVerification",
  about:
    "Verifies, or refuses with a reason of the list. Destroys the document and all of the claim but the licence.",
  method: "PUT",
  path: "/api/named/stewardship/verifications/:id",
  zone: "named",
  who: "steward",
  params: v.strictObject({ id: idField }),
  body: v.variant("decision", [
    v.strictObject({ decision: v.literal("approve") }),
    v.strictObject({ decision: v.literal("refuse"), reason }),
  ]),
  answer: empty,
  refusals: { NotWaiting: 409, OwnAsking: 403, LicenceInUse: 409 },
  perMinute: 120,
});

export const approveRoster = route({
  name: "approveRoster",
  about:
    "Verifies everybody of one roster who waits, but the steward and whoever has a licence in use. Answers how many.",
  method: "POST",
  path: "/api/named/stewardship/verifications/rosters/:id",
  zone: "named",
  who: "steward",
  params: v.strictObject({ id: idField }),
  body: empty,
  answer: v.strictObject({ approved: v.number(), left: v.number() }),
  refusals: {},
  perMinute: 12,
});

export const findVerified = route({
  name: "findVerified",
  about: "Verified accounts of exactly this name, twenty at most: there is no list of members.",
  method: "GET",
  path: "/api/named/stewardship/verified",
  zone: "named",
  who: "steward",
  query: v.strictObject({ name: nameField }),
  answer: v.strictObject({
    accounts: v.array(
      v.strictObject({
        id: idField,
        name: v.string(),
        stage: v.picklist(STAGES),
        way: v.picklist(VERIFICATION_WAYS),
      }),
    ),
  }),
  refusals: {},
  perMinute: 30,
});

export const withdrawVerification = route({
  name: "withdrawVerification",
  about: "Ends somebody's verification, as when a licence was withdrawn. They may ask again.",
  method: "PUT",
  path: "/api/named/stewardship/verified/:id",
  zone: "named",
  who: "steward",
  params: v.strictObject({ id: idField }),
  body: v.strictObject({ reason }),
  answer: empty,
  refusals: { OwnAsking: 403 },
  perMinute: 30,
});

const domainField = v.pipe(
  v.string(),
  v.maxLength(200),
  v.transform((typed) => typed.trim().toLowerCase().replace(/^@/, "")),
  // At least two labels, as in an address.
  v.check((domain) => normaliseEmail(`someone@${domain}`) !== null, "domain"),
);

export const readInstitutions = route({
  name: "readInstitutions",
  about: "Institutions whose mailboxes speak for who reads them.",
  method: "GET",
  path: "/api/named/stewardship/institutions",
  zone: "named",
  who: "steward",
  answer: v.strictObject({
    institutions: v.array(v.strictObject({ domain: v.string(), name: v.string() })),
  }),
  refusals: {},
  perMinute: 60,
});

export const addInstitution = route({
  name: "addInstitution",
  about: "Lists an institution by its mail domain, or names it anew.",
  method: "POST",
  path: "/api/named/stewardship/institutions",
  zone: "named",
  who: "steward",
  body: v.strictObject({ domain: domainField, name: lineField(120) }),
  answer: empty,
  refusals: {},
  perMinute: 30,
});

export const dropInstitution = route({
  name: "dropInstitution",
  about: "Takes an institution off the list. Who was confirmed there stays so.",
  method: "DELETE",
  path: "/api/named/stewardship/institutions/:domain",
  zone: "named",
  who: "steward",
  params: v.strictObject({ domain: domainField }),
  answer: empty,
  refusals: {},
  perMinute: 30,
});
