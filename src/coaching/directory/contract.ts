/** The directory's HTTP surface: the index every device keeps, a coach's own profile, a steward's decision. */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { empty, idField, textField } from "#platform/wire.ts";
import { coachIndexSchema, coachSchema } from "./coach.ts";
import { credentialOnFileSchema } from "./credential.ts";

/** What a coach writes; the rest of the card comes from the account, the hours and the stewards. */
export const profileSchema = v.omit(coachSchema, [
  "id",
  "name",
  "kind",
  "timeZone",
  "weeklyHours",
  "credentials",
]);
export type Profile = v.InferOutput<typeof profileSchema>;

const declaredCredentialSchema = v.omit(credentialOnFileSchema, ["state"]);
export type DeclaredCredential = v.InferOutput<typeof declaredCredentialSchema>;

const COACH_STATES = ["draft", "submitted", "published", "paused"] as const;
export type CoachState = (typeof COACH_STATES)[number];

export const readCoaches = route({
  name: "readCoaches",
  about:
    "Every published coach in one file, so that matching on the device asks the server nothing.",
  method: "GET",
  path: "/api/named/coaches",
  zone: "named",
  who: "member",
  answer: coachIndexSchema,
  refusals: {},
  perMinute: 120,
  cacheable: true,
});

export const readProfile = route({
  name: "readProfile",
  about: "The coach's own profile, as saved last, with credentials and what the stewards said.",
  method: "GET",
  path: "/api/named/coach/profile",
  zone: "named",
  who: "coach",
  answer: v.strictObject({
    state: v.picklist(COACH_STATES),
    kind: v.picklist(["physician", "other-certified-coach"]),
    profile: v.nullable(profileSchema),
    credentials: v.array(credentialOnFileSchema),
    returnedBecause: v.nullable(v.string()),
  }),
  refusals: {},
  perMinute: 120,
});

export const writeProfile = route({
  name: "writeProfile",
  about:
    "Saves the profile and the credentials. A credential that changed has to be checked again.",
  method: "PUT",
  path: "/api/named/coach/profile",
  zone: "named",
  who: "coach",
  body: v.strictObject({
    profile: profileSchema,
    credentials: v.pipe(v.array(declaredCredentialSchema), v.maxLength(8)),
  }),
  answer: empty,
  refusals: {},
  perMinute: 30,
  bodyLimit: 32 * 1024,
});

export const changeCoachState = route({
  name: "changeCoachState",
  about: "Asks the stewards to publish, takes that back, pauses or comes back from a pause.",
  method: "PUT",
  path: "/api/named/coach/state",
  zone: "named",
  who: "coach",
  body: v.strictObject({ to: v.picklist(["draft", "submitted", "paused", "published"]) }),
  answer: empty,
  refusals: { ProfileMissing: 409, HoursMissing: 409, NotFromHere: 409 },
  perMinute: 30,
});

export const readSubmittedCoaches = route({
  name: "readSubmittedCoaches",
  about: "Coaches who wait for a steward, and those published, with what is to be checked.",
  method: "GET",
  path: "/api/named/stewardship/coaches",
  zone: "named",
  who: "steward",
  answer: v.strictObject({
    coaches: v.array(
      v.strictObject({
        id: idField,
        name: v.string(),
        state: v.picklist(COACH_STATES),
        kind: v.picklist(["physician", "other-certified-coach"]),
        profile: v.nullable(profileSchema),
        credentials: v.array(credentialOnFileSchema),
      }),
    ),
  }),
  refusals: {},
  perMinute: 60,
});

export const decideCoach = route({
  name: "decideCoach",
  about: "Publishes a coach with what was checked, or sends the profile back with a reason.",
  method: "PUT",
  path: "/api/named/stewardship/coaches/:id",
  zone: "named",
  who: "steward",
  params: v.strictObject({ id: idField }),
  body: v.variant("decision", [
    v.strictObject({
      decision: v.literal("publish"),
      kind: v.picklist(["physician", "other-certified-coach"]),
      /** What the steward has checked, letter by letter: the coach may have changed the list meanwhile. */
      verified: v.pipe(v.array(declaredCredentialSchema), v.maxLength(8)),
    }),
    v.strictObject({ decision: v.literal("return"), reason: textField(600, 3) }),
  ]),
  answer: empty,
  refusals: { NotWaiting: 409, CredentialsChanged: 409 },
  perMinute: 60,
});
