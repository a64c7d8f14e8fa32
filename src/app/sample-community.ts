/**
 * The sample community of `content/sample/`: an invented society to look around in. Read as strictly as what
 * people type, so that the sample can't show what the app would refuse.
 */
import * as v from "valibot";
import { checkAvailability, checkRules } from "#coaching/booking/availability.ts";
import { unknownTerms } from "#coaching/directory/vocabulary.ts";
import type { Vocabulary } from "#coaching/directory/vocabulary.ts";
import { communityCourseSchema, type CommunityCourse } from "#learn/contract.ts";
import { nameField, stageField } from "#identity/account.ts";
import type { Result } from "#platform/result.ts";
import { ok, refuse } from "#platform/result.ts";
import { countryField, textField, zoneField } from "#platform/wire.ts";
import { sampleCoachFileSchema, sampleCoachOn } from "./sample-coach.ts";
import type { SampleCoach } from "./sample-coach.ts";
import {
  sampleCirclesFaults,
  sampleCirclesFileSchema,
  type SampleCircles,
} from "./sample-circles.ts";
import { inventedEmail } from "./sample-email.ts";
import { inventedDomain, sampleVerificationSchema } from "./sample-verification.ts";

const person = { name: nameField, email: inventedEmail };
/** Said in the name itself, since names are what people see. */
const sampleName = v.pipe(textField(120), v.endsWith(" (sample)"));

const sampleCourseSchema = v.strictObject({
  ...v.omit(communityCourseSchema, ["checked_on"]).entries,
  provider: sampleName,
});

const communityFileSchema = v.strictObject({
  kind: v.literal("sample-community"),
  version: v.literal(1),
  name: sampleName,
  about: textField(300),
  country: countryField,
  floor: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(50)),
  stewards: v.pipe(v.array(v.strictObject({ ...person, timeZone: zoneField })), v.minLength(2)),
  sponsors: v.array(
    v.strictObject({
      name: sampleName,
      kind: v.picklist(["hospital", "society", "residency-programme", "medical-school"]),
      about: textField(300),
      contact: v.strictObject(person),
    }),
  ),
  institutions: v.array(v.strictObject({ name: sampleName, domain: inventedDomain })),
  courses: v.array(sampleCourseSchema),
});

const membersFileSchema = v.strictObject({
  kind: v.literal("sample-members"),
  version: v.literal(1),
  members: v.array(
    v.strictObject({
      ...person,
      stage: stageField,
      timeZone: zoneField,
      specialty: v.nullable(v.string()),
      verification: v.nullable(sampleVerificationSchema),
    }),
  ),
});

type CommunityFile = v.InferOutput<typeof communityFileSchema>;
type SampleMember = v.InferOutput<typeof membersFileSchema>["members"][number];

export interface SampleCommunity extends Omit<CommunityFile, "kind" | "version" | "courses"> {
  readonly courses: readonly CommunityCourse[];
  readonly members: readonly SampleMember[];
  readonly coaches: readonly SampleCoach[];
  readonly circles: SampleCircles;
}

/** Parsed YAML: `community.yaml`, `members.yaml`, `circles.yaml`, the circles' own themes, and `coaches/*.yaml` by file name. */
export interface SampleFiles {
  readonly community: unknown;
  readonly members: unknown;
  readonly coaches: Readonly<Record<string, unknown>>;
  readonly circles: unknown;
  readonly circleThemes: unknown;
}

interface SampleFault {
  /** "community", "members", "circles" or a coach's file name. */
  readonly file: string;
  /** Keys and list positions from the top of the file. */
  readonly at: readonly (string | number)[];
  readonly message: string;
}

export interface SampleRefusal {
  readonly type: "SampleMalformed";
  readonly faults: readonly SampleFault[];
}

/** `today`, 2026-11-22: the day from which the sample's dates are counted. */
export function readSampleCommunity(
  files: SampleFiles,
  vocabulary: Vocabulary,
  today: string,
): Result<SampleCommunity, SampleRefusal> {
  const faults: SampleFault[] = [];
  const community = read("community", communityFileSchema, files.community, faults);
  const members = read("members", membersFileSchema, files.members, faults)?.members ?? [];
  const coaches: SampleCoach[] = [];
  for (const [file, raw] of Object.entries(files.coaches)) {
    const content = read(file, sampleCoachFileSchema, raw, faults);
    if (content === null) continue;
    const coach = sampleCoachOn(today, content);
    faults.push(...coachFaults(file, coach, vocabulary));
    coaches.push(coach);
  }
  const circles = read("circles", sampleCirclesFileSchema, files.circles, faults);
  if (circles !== null)
    faults.push(
      ...sampleCirclesFaults(circles, verifiedAmong(members), files.circleThemes).map((fault) => ({
        file: "circles",
        ...fault,
      })),
    );
  const people = [...(community?.stewards ?? []), ...members, ...coaches];
  faults.push(
    ...memberFaults(members, vocabulary),
    ...verificationFaults(members, community),
    ...repeatedAddresses(people),
  );
  if (community === null || circles === null || faults.length > 0)
    return refuse({ type: "SampleMalformed", faults });

  const { name, about, country, floor, stewards, sponsors, institutions } = community;
  return ok({
    name,
    about,
    country,
    floor,
    stewards,
    sponsors,
    institutions,
    courses: community.courses.map((course) => ({ ...course, checked_on: today })),
    members,
    coaches,
    circles,
  });
}

function read<Schema extends v.GenericSchema>(
  file: string,
  schema: Schema,
  raw: unknown,
  faults: SampleFault[],
): v.InferOutput<Schema> | null {
  const parsed = v.safeParse(schema, raw);
  if (parsed.success) return parsed.output;
  for (const issue of parsed.issues) {
    const at = (issue.path ?? []).map((step) => step.key as string | number);
    faults.push({ file, at, message: issue.message });
  }
  return null;
}

function coachFaults(file: string, coach: SampleCoach, vocabulary: Vocabulary): SampleFault[] {
  const { profile, hours } = coach;
  const faults = unknownTerms(profile, vocabulary).map((id) => ({
    file,
    at: ["profile"],
    message: `${id} stands in no list`,
  }));
  for (const checked of [checkAvailability(hours), checkRules(hours.rules)]) {
    if (checked.ok) continue;
    const { field, type } = checked.refusal;
    faults.push({ file, at: ["hours", field], message: type });
  }
  return faults;
}

function memberFaults(members: readonly SampleMember[], vocabulary: Vocabulary): SampleFault[] {
  const specialties = new Set<string | null>(vocabulary.specialties.map(({ id }) => id)).add(null);
  return members.flatMap(({ specialty }, at) =>
    specialties.has(specialty)
      ? []
      : [{ file: "members", at: ["members", at], message: `${specialty} stands in no list` }],
  );
}

/** Whoever speaks for a member has to be there: verified colleagues, a listed institution, a sponsor. */
function verificationFaults(
  members: readonly SampleMember[],
  community: CommunityFile | null,
): SampleFault[] {
  const known = new Set([
    ...verifiedAmong(members),
    ...(community?.institutions ?? []).map(({ domain }) => domain),
    ...(community?.sponsors ?? []).map(({ name }) => name),
  ]);
  return members.flatMap(({ verification }, at) =>
    evidenceOf(verification)
      .filter((each) => !known.has(each))
      .map((each) => ({
        file: "members",
        at: ["members", at, "verification"],
        message: `${each} can't speak for anybody`,
      })),
  );
}

const verifiedAmong = (members: readonly SampleMember[]): ReadonlySet<string> =>
  new Set(
    members
      .filter(({ verification }) => verification?.stands === "verified")
      .map(({ email }) => email),
  );

function evidenceOf(verification: SampleMember["verification"]): readonly string[] {
  if (verification?.way === "vouching") return verification.vouchers;
  if (verification?.way === "institution-mail") return [verification.institution];
  return verification?.way === "roster" ? [verification.sponsor] : [];
}

function repeatedAddresses(people: readonly { readonly email: string }[]): SampleFault[] {
  const emails = people.map(({ email }) => email);
  return emails
    .filter((email, at) => emails.indexOf(email) !== at)
    .map((email) => ({ file: "members", at: [], message: `${email} stands twice` }));
}
