/**
 * Loads the sample community: fictional people with real accounts, so that a newcomer can sign in as any of
 * them. Passphrases are made anew for each installation and printed once, by whoever started it.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { client, ready } from "@serenity-kit/opaque";
import type { Kysely, Transaction } from "kysely";
import { parse } from "yaml";
import { base64urlToBytes, concatBytes } from "#platform/bytes.ts";
import type { CirclesDeps } from "#circles/server/deps.ts";
import { keepHours } from "#coaching/booking/server/store.ts";
import { readVocabulary } from "#coaching/directory/vocabulary.ts";
import { keepProfile, keepState, replaceCredentials } from "#coaching/directory/server/store.ts";
import type { CoachingDb, CoachingWithin } from "#coaching/server/deps.ts";
import { ensureCoachRow, tellCoachesChanged } from "#coaching/server/store.ts";
import type { Role, Stage } from "#identity/account.ts";
import { today, type IdentityDeps } from "#identity/server/deps.ts";
import { keepAccount, keepCommunity, type IdentityWithin } from "#identity/server/store.ts";
import { MOST_COURSES } from "#learn/server/policy.ts";
import { keepCourse, type LearnDb } from "#learn/server/store.ts";
import type { IssuingDeps } from "#pass/server/issue-routes.ts";
import type { NamelessKeys } from "#pass/server/nameless-keys.ts";
import { logDecision } from "#stewardship/server/decision-store.ts";
import { wrapVaultKey } from "#vault/envelope.ts";
import { ownPublicKeys } from "#vault/own-keys.ts";
import { entropyToPhrase, recoveryPublicKey } from "#vault/recovery.ts";
import { makeSafe } from "#vault/server/store.ts";
import { readSampleCommunity, type SampleCommunity } from "../sample-community.ts";
import type { SampleSignIn } from "./main.ts";
import { issueTo, openSampleIssuer, type BadgeHolder } from "./sample-badges.ts";
import { keepSampleCircles, sampleTimes } from "./sample-circles.ts";
import { keepSampleStewardKey, type SampleSafe } from "./sample-steward-key.ts";
import { keepSampleVerifications } from "./sample-verifications.ts";

interface SampleDeps extends Pick<IdentityDeps, "clock" | "opaque" | "addresses" | "claims"> {
  readonly issuing: IssuingDeps;
  readonly namelessKeys: NamelessKeys;
  readonly circles: CirclesDeps;
}

/** The account and its vault key stay here, and are forgotten when all is loaded. */
type Made = SampleSignIn & SampleSafe;

interface Person {
  readonly name: string;
  readonly email: string;
  readonly stage: Stage;
  readonly timeZone: string;
  readonly roles: readonly Role[];
}

/**
 * `owner` has every slice's rights. Nothing is kept where any part fails, but issuer keys, which hurt nobody, and of
 * the nameless side what nobody is left for.
 */
export async function loadSampleCommunity(
  owner: Kysely<never>,
  contentFolder: string,
  deps: SampleDeps,
): Promise<readonly SampleSignIn[]> {
  await ready;
  const sample = await readSample(contentFolder, today(deps.clock));
  const { circles, namelessKeys } = deps;
  const times = sampleTimes(sample.circles, deps.clock.now());
  const makeBadge = await openSampleIssuer(
    { ...deps, currentLog: circles.currentLog },
    [times.sitting, times.others],
    today(deps.clock),
  );
  const signIns: Made[] = [];
  await (owner as unknown as CoachingDb).transaction().execute(async (within) => {
    const everything = within as unknown as Transaction<never>;
    await keepCommunity(asIdentity(everything), {
      name: sample.name,
      country: sample.country,
      floor: sample.floor,
      sample: true,
    });
    for (const steward of sample.stewards)
      signIns.push(
        await keepPerson(
          everything,
          deps,
          { ...steward, stage: "leader", roles: ["steward"] },
          "steward",
        ),
      );
    await keepSampleStewardKey(everything, deps.clock, signIns);
    for (const coach of sample.coaches) {
      const person: Person = { ...coach, stage: "attending", roles: ["coach"] };
      const signIn = await keepPerson(everything, deps, person, "coach");
      await keepCoach(within, signIn.account, coach);
      await logDecision(within, deps.clock, { kind: "coach-published", detail: coach.kind });
      signIns.push(signIn);
    }
    for (const member of sample.members)
      signIns.push(await keepPerson(everything, deps, { ...member, roles: [] }, member.stage));
    const accounts = new Map(signIns.map(({ email, account }) => [email, account]));
    await keepSampleVerifications(everything, deps, sample, accounts);
    await tellCoachesChanged(within);
    for (const course of sample.courses)
      await keepCourse(asLearn(everything), { id: randomUUID(), course }, MOST_COURSES);
    const holders = new Map<string, BadgeHolder>();
    for (const signIn of signIns) {
      const period = sits(sample, signIn.email) ? times.sitting : times.others;
      const holder = await issueTo(everything, makeBadge, signIn, period);
      if (holder) holders.set(signIn.email, holder);
    }
    // Last, because nothing takes it back.
    await keepSampleCircles({ circles, namelessKeys, makeBadge, times }, sample.circles, holders);
  });
  return shortList(signIns, sample);
}

const sits = ({ circles }: SampleCommunity, email: string): boolean =>
  circles.circle.members.some((member) => member.email === email);

async function keepPerson(
  within: Transaction<never>,
  deps: SampleDeps,
  person: Person,
  who: string,
): Promise<Made> {
  const account = randomUUID();
  const loginId = randomBytes(32);
  const vaultKey = concatBytes(randomBytes(32));
  const entropy = concatBytes(randomBytes(32));
  const passphrase = entropyToPhrase(randomBytes(32)).slice(0, 4).join(" ");
  const { record, exportKey } = registered(deps, loginId, passphrase);
  const keys = ownPublicKeys(vaultKey);
  await keepAccount(asIdentity(within), {
    id: account,
    loginId,
    opaqueRecord: record,
    emailIndex: deps.addresses.index(person.email),
    emailSealed: deps.addresses.seal(person.email),
    addressConfirmed: true,
    name: person.name,
    stage: person.stage,
    roles: person.roles,
    timeZone: person.timeZone,
    hpkeKey: Buffer.from(keys.hpke),
    signingKey: Buffer.from(keys.signing),
    recoveryKey: Buffer.from(recoveryPublicKey(entropy)),
  });
  const wrap = (slot: "passphrase" | "phrase", secret: Uint8Array) =>
    wrapVaultKey({ safe: account, slot, secret }, vaultKey, randomBytes(24));
  const wraps = new Map([
    ["passphrase", wrap("passphrase", exportKey)],
    ["phrase", wrap("phrase", entropy)],
  ]);
  await makeSafe(asIdentity(within), account, wraps);
  return { account, vaultKey, who: `${person.name}, ${who}`, email: person.email, passphrase };
}

// Both halves of OPAQUE in one process: only for people who don't exist.
function registered(deps: SampleDeps, loginId: Uint8Array, passphrase: string) {
  const started = client.startRegistration({ password: passphrase });
  const registrationResponse = deps.opaque.registrationResponse(
    loginId,
    started.registrationRequest,
  );
  const finished = client.finishRegistration({
    password: passphrase,
    clientRegistrationState: started.clientRegistrationState,
    registrationResponse: registrationResponse!,
    keyStretching: "memory-constrained",
  });
  return { record: finished.registrationRecord, exportKey: base64urlToBytes(finished.exportKey)! };
}

async function keepCoach(
  within: CoachingWithin,
  account: string,
  coach: SampleCommunity["coaches"][number],
): Promise<void> {
  await ensureCoachRow(within, account, coach.hours.rules);
  await keepProfile(within, account, coach.profile);
  await keepHours(within, account, coach.hours);
  await replaceCredentials(
    within,
    account,
    coach.credentials.map(({ state, ...declared }) => ({
      ...declared,
      verified: state === "verified",
    })),
  );
  await keepState(within, account, { state: "published", kind: coach.kind });
}

async function readSample(contentFolder: string, day: string): Promise<SampleCommunity> {
  const yaml = async (name: string): Promise<unknown> =>
    parse(await readFile(join(contentFolder, name), "utf8"));
  const vocabulary = readVocabulary({
    specialties: await yaml("specialties.yaml"),
    livedExperiences: await yaml("lived-experiences.yaml"),
    styles: await yaml("coaching-styles.yaml"),
    languages: await yaml("languages.yaml"),
  });
  if (!vocabulary.ok)
    throw new Error("The lists in content could not be read: run `callroom content check`");
  const coaches: Record<string, unknown> = {};
  for (const name of (await readdir(join(contentFolder, "sample/coaches"))).toSorted())
    coaches[name] = await yaml(join("sample/coaches", name));
  const files = {
    community: await yaml("sample/community.yaml"),
    members: await yaml("sample/members.yaml"),
    coaches,
    circles: await yaml("sample/circles.yaml"),
    circleThemes: await yaml("circles/themes.yaml"),
  };
  const read = readSampleCommunity(files, vocabulary.value, day);
  if (!read.ok)
    throw new Error("The sample community could not be read: run `callroom content check`");
  return read.value;
}

/** One of each kind is enough to print: a steward, two coaches, one member a stage, and who shows the circles. */
function shortList(signIns: readonly Made[], sample: SampleCommunity): SampleSignIn[] {
  const left = new Map<string, number>([
    ["steward", 2],
    ["coach", 2],
  ]);
  return signIns.flatMap(({ who, email, passphrase }) => {
    const kind = who.slice(who.lastIndexOf(", ") + 2);
    const remaining = left.get(kind) ?? 1;
    left.set(kind, remaining - 1);
    if (sits(sample, email)) return [{ who: `${who}, sits in a circle`, email, passphrase }];
    if (sample.circles.canWait === email)
      return [{ who: `${who}, can wait for a circle on a weekday evening`, email, passphrase }];
    return remaining > 0 ? [{ who, email, passphrase }] : [];
  });
}

const asIdentity = (within: Transaction<never>): IdentityWithin =>
  within as unknown as IdentityWithin;

const asLearn = (within: Transaction<never>): LearnDb => within as unknown as LearnDb;
