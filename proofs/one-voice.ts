/**
 * One doctor, one voice: whatever a doctor tries with one badge, or somebody with a copy of it, exactly one
 * pseudonym comes of it. At the issuer: many devices at once, and once more in another month of the quarter. At the
 * door: before and after its days, forged in every way, copied, replayed, and shown a thousand times at once for two
 * different acts. The control takes the spent list's key away and must see both acts counted.
 */
import {
  constants,
  generateKeyPairSync,
  privateEncrypt,
  randomBytes,
  type KeyObject,
} from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import pg from "pg";
import { admission, visitCircles } from "#circles/contract.ts";
import { ownSeat, type OwnSeat } from "#circles/web/own-badge.ts";
import { proveBadge } from "#pass/badge.ts";
import { passChallengeDigest } from "#pass/challenge.ts";
import { blindedMessage, finishedPass } from "#pass/client.ts";
import { modulusToSpki, parseIssuerPublicKey } from "#pass/issuer-public-key.ts";
import { issuingPeriod, type Period } from "#pass/period.ts";
import { pssEncoding } from "#pass/pss-encoding.ts";
import { makeNamelessKeys } from "#pass/server/nameless-keys.ts";
import { encodePass, parsePass, signedMessage, type Pass } from "#pass/token.ts";
import { base64urlToBytes, bytesToBase64url, concatBytes, type Bytes } from "#platform/bytes.ts";
import { openCluster } from "#platform/server/db.ts";
import { findRunning } from "#platform/server/embedded-postgres.ts";
import {
  anyNetwork,
  askNameless,
  blindedFor,
  readKeys,
  requestBadge,
  seatOf,
  showing,
  wantedFor,
  withAnotherKey,
  type CheckedKeys,
  type Doctor,
  type VisitBody,
} from "./doctor.ts";
import { makeDataDir, removeDataDir } from "./instance.ts";
import { CROWD, giveBadges, pass, startGround, type Ground } from "./nameless-ground.ts";
import type { Proof } from "./proof.ts";

const MONTH = { purpose: "circle-badge", name: "2027-02" } as const;
const NEXT_MONTH = { purpose: "circle-badge", name: "2027-03" } as const;
const DEVICES = 20;
const HOUR_MS = 3600_000;

export const prove: Proof = async ({ small, log }) => {
  const atOnce = small ? 200 : 1000;
  const dataDir = await makeDataDir();
  let ground: Ground | null = null;
  try {
    ground = await startGround(dataDir, CROWD + 4, { signingIn: 0 });
    const { instance, doctors } = ground;
    const [one, torn, abroad, late, controlled] = doctors as [
      Doctor,
      Doctor,
      Doctor,
      Doctor,
      Doctor,
    ];
    const tried: Record<string, Outcome> = {};

    log("at the issuer: twenty devices at once, each with a request of its own");
    const issued = await manyDevices(torn);
    await badgeOfAnotherCommunity(abroad);
    await giveBadges({ ...ground, doctors: doctors.filter((each) => !each.badges.length) });

    log("in another month of the quarter, before its days, and forged");
    tried["in another month of the quarter"] = await askAgain(one);
    await instance.setClock(Date.parse("2027-01-31T23:00:00Z"));
    tried["before its days"] = await show(one);
    await instance.setClock(Date.parse("2027-02-02T09:00:00Z"));
    tried["of another community"] = await show(abroad);
    for (const [how, forged] of Object.entries(await forgeries(one)))
      tried[how] = await send(one, forged);
    tried["signed by another purpose's key"] = await ofAnotherPurpose(dataDir, one);
    const before = await countPseudonyms(ground);

    log(`${atOnce} showings at once, for two different acts`);
    const round = await manyShowings(one, atOnce);
    await pass(instance, HOUR_MS / 60);
    log("replays, and a copy in somebody else's hands");
    for (const [how, replayed] of Object.entries(await replays(one, round.first!)))
      tried[how] = await send(one, replayed);
    const { pseudonyms, spent } = await countPseudonyms(ground);

    log("control: the spent list without its key");
    await instance.query("nameless", "alter table pass.spent drop constraint spent_pkey");
    const control = await manyShowings(controlled, 20);

    await instance.setClock(Date.parse("2027-04-02T09:00:00Z"));
    tried["first shown after its quarter"] = await show(late);
    await instance.setClock(Date.parse("2027-05-01T09:00:00Z"));
    tried["of the last period"] = await show(one);

    const passed = Object.entries(tried).filter(([, outcome]) => outcome !== "refused");
    for (const [how, outcome] of passed) log(`${how}: ${outcome}`);
    const isOne =
      issued.signed === 1 && round.acts === 1 && before.pseudonyms === 0 && pseudonyms === 1;
    return {
      holds: isOne && spent === 1 && passed.length === 0 && round.strange < atOnce / 10,
      control: control.acts > 1 ? "caught" : "missed",
      size: DEVICES + atOnce + Object.keys(tried).length,
      figures: {
        devicesServed: issued.signed,
        pseudonyms,
        actsCounted: round.acts,
        repeated: round.repeated,
        otherAnswers: round.strange,
        triesRefused: Object.keys(tried).length - passed.length,
        triesTaken: passed.length,
        actsCountedInControl: control.acts,
      },
    };
  } finally {
    await ground?.instance.stop();
    await removeDataDir(dataDir);
  }
};

/** `counted`: it was let in. Anything else than a refusal of the pass is told as it is. */
type Outcome = "refused" | "counted" | (string & {});

const REFUSED = new Set(["PassRefused", "NoneDue", "AnotherRequest", "NotIssuing"]);

const outcomeOf = (
  asked: { readonly ok: true } | { readonly ok: false; readonly refusal: { type: string } },
): Outcome =>
  asked.ok ? "counted" : REFUSED.has(asked.refusal.type) ? "refused" : asked.refusal.type;

const send = async (at: Doctor, body: VisitBody): Promise<Outcome> =>
  outcomeOf(await askNameless({ ...at, network: anyNetwork() }, visitCircles, body));

const show = async (doctor: Doctor): Promise<Outcome> =>
  send(doctor, await showing(doctor, seatOf(doctor)));

async function countPseudonyms({ instance }: Ground) {
  const [row] = await instance.query<{ pseudonyms: number; spent: number }>(
    "nameless",
    `select (select count(*)::int from circles.pseudonym) as pseudonyms,
            (select count(*)::int from pass.spent) as spent`,
  );
  return row!;
}

// At the issuer --------------------------------------------------------------------------------------

/** Each of the devices has another wallet, so each asks for another badge in the one slot. */
async function manyDevices(doctor: Doctor): Promise<{ readonly signed: number }> {
  const keys = await readKeys(doctor);
  const slot = { period: MONTH, number: 0 };
  const wallets = Array.from({ length: DEVICES }, (_, device) =>
    device === 0 ? doctor.walletSecret : random(32),
  );
  const wanted = wallets.map((walletSecret) => ({
    ...wantedFor(doctor, keys, slot),
    walletSecret,
  }));
  const asked = await Promise.all(
    wanted.map((each) => requestBadge(doctor.member, slot, blindedFor(each))),
  );
  const signed = asked.flatMap((each, at) =>
    each.ok ? [{ wanted: wanted[at]!, signature: each.value }] : [],
  );
  for (const { wanted: mine, signature } of signed) {
    const finished = finishedPass(mine, signature);
    if (finished.ok)
      doctor.badges.push({ pass: finished.value, bornIn: slot, period: mine.key.period });
  }
  return { signed: signed.length };
}

/** The quarter's badge was given: its other months give none, and the same month no second. */
async function askAgain(doctor: Doctor): Promise<Outcome> {
  const keys = await readKeys(doctor);
  const next = { period: NEXT_MONTH, number: 0 };
  const asked = [
    await requestBadge(doctor.member, next, blindedFor(wantedFor(doctor, keys, next))),
    await requestBadge(doctor.member, { period: MONTH, number: 1 }, random(255, 1)),
    await requestBadge(doctor.member, { period: MONTH, number: 0 }, random(255, 1)),
  ];
  return asked.map(outcomeOf).find((each) => each !== "refused") ?? "refused";
}

/** The issuer signs blindly, so a doctor can have anything signed: here a badge in another community's names. */
async function badgeOfAnotherCommunity(doctor: Doctor): Promise<void> {
  const keys = await readKeys(doctor);
  const slot = { period: MONTH, number: 0 };
  const community = { issuerName: "issuer.other.example", originInfo: "origin.other.example" };
  const wanted = { ...wantedFor(doctor, keys, slot), community };
  const blinded = blindedMessage(wanted);
  const signed = blinded.ok && (await requestBadge(doctor.member, slot, blinded.value));
  const finished = signed && signed.ok && finishedPass(wanted, signed.value);
  if (!finished || !finished.ok) throw new Error("The issuer did not sign what it can't see");
  doctor.badges.push({ pass: finished.value, bornIn: slot, period: wanted.key.period });
}

// Forgeries ------------------------------------------------------------------------------------------

/** Everything else about them is right, so that each is refused for what its name says. */
async function forgeries(doctor: Doctor): Promise<Record<string, VisitBody>> {
  const keys = await readKeys(doctor);
  const own = seatOf(doctor);
  const badge = parsePass(own.badge)!;
  const { token } = badge;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const selfMade = withSignature({ ...badge, token }, privateKey);
  const other = ownSeat(random(32), doctor.badges.at(-1)!);
  const nonce = concatBytes(ed25519.getPublicKey(other.keys.signing));
  const altered = concatBytes(token.authenticator);
  altered[100]! ^= 1;
  const mine = await showing(doctor, own);
  const madeUp = { challenge: random(32), act: admission(own.keys.hpke.publicKey) };
  return {
    "with an altered signature": await showing(
      doctor,
      withPass(own, { ...badge, token: { ...token, authenticator: altered } }),
    ),
    "signed by a key of one's own": await showing(doctor, withPass(own, selfMade)),
    "with another pseudonym in it": await showing(
      doctor,
      withPass(other, { ...badge, token: { ...token, nonce } }),
    ),
    "with another randomizer": await showing(
      doctor,
      withPass(own, { ...badge, randomizer: random(32) }),
    ),
    "of a community's other names": await showing(
      doctor,
      withPass(own, { ...badge, token: { ...token, challengeDigest: digestOf(keys, "2027-03") } }),
    ),
    "on a challenge of one's own": {
      ...mine,
      challenge: bytesToBase64url(madeUp.challenge),
      proof: bytesToBase64url(proveBadge(own.keys.signing, badge, madeUp)),
    },
    "with another's HPKE key": {
      ...(await showing(doctor, own)),
      seat: { ...own.seat, hpkeKey: other.seat.hpkeKey },
    },
  };
}

const digestOf = ({ community }: CheckedKeys, name: string): Bytes =>
  passChallengeDigest(community, { purpose: "circle-badge", name });

function withPass(own: OwnSeat, forged: Pass): OwnSeat {
  const badge = encodePass(forged);
  return { ...own, badge, seat: { ...own.seat, badge: bytesToBase64url(badge) } };
}

/** By whoever holds that key, as an issuer would sign it. */
function withSignature(unsigned: Pass, key: KeyObject): Pass {
  const encoded = pssEncoding(signedMessage(unsigned), random(48), 2047);
  const signed = privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded);
  return { ...unsigned, token: { ...unsigned.token, authenticator: concatBytes(signed) } };
}

/** The log gets a key for session tokens, whose private half signs a badge in everything else a right one. */
async function ofAnotherPurpose(dataDir: string, doctor: Doctor): Promise<Outcome> {
  const { log, community } = await readKeys(doctor);
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const spki = modulusToSpki(Buffer.from(publicKey.export({ format: "jwk" }).n!, "base64url"));
  const period: Period = issuingPeriod("session-token", "2027-01-25");
  const address = await findRunning({ dataDir, cluster: "nameless" });
  const cluster = openCluster("nameless", address as pg.PoolConfig, () => undefined);
  const entries = log.keys.map((key) => ({ period: key.period, spki: key.issuer.spki }));
  await makeNamelessKeys(cluster).append([...entries, { period, spki }]);
  await makeNamelessKeys(cluster).setCrowds([
    { purpose: period.purpose, name: period.name, holders: 100 },
  ]);
  await cluster.close();
  const own = seatOf(doctor);
  const badge = parsePass(own.badge)!;
  const token = {
    ...badge.token,
    tokenKeyId: parseIssuerPublicKey(spki)!.id,
    challengeDigest: passChallengeDigest(community, period),
  };
  return send(
    doctor,
    await showing(doctor, withPass(own, withSignature({ ...badge, token }, privateKey))),
  );
}

// Many at once ---------------------------------------------------------------------------------------

interface Showings {
  /** How many different acts were let in. */
  readonly acts: number;
  /** Showings that were let in, first or again. */
  readonly repeated: number;
  /** Neither let in nor refused. */
  readonly strange: number;
  /** What was sent by one that was let in. */
  readonly first: VisitBody | undefined;
}

const PREPARED_AT_ONCE = 50;

/** One badge, two acts: each with another HPKE key, which the pseudonym itself vouches for. */
async function manyShowings(doctor: Doctor, count: number): Promise<Showings> {
  const own = seatOf(doctor);
  const acts = [own, withAnotherKey(own)];
  const bodies: VisitBody[] = [];
  while (bodies.length < count) {
    const some = Array.from(
      { length: Math.min(PREPARED_AT_ONCE, count - bodies.length) },
      (_, at) => showing({ ...doctor, network: anyNetwork() }, acts[(bodies.length + at) % 2]!),
    );
    bodies.push(...(await Promise.all(some)));
  }
  const outcomes = await Promise.all(bodies.map((body) => send(doctor, body)));
  const counted = bodies.filter((_, at) => outcomes[at] === "counted");
  return {
    acts: new Set(counted.map(({ seat }) => seat.hpkeKey)).size,
    repeated: counted.length,
    strange: outcomes.filter((each) => each !== "counted" && each !== "refused").length,
    first: counted[0],
  };
}

/** What somebody can do with everything that went over the wire, and without the pseudonym's key. */
async function replays(doctor: Doctor, sent: VisitBody): Promise<Record<string, VisitBody>> {
  const own = seatOf(doctor);
  const fresh = await showing(doctor, own);
  const shown = {
    challenge: base64urlToBytes(fresh.challenge)!,
    act: admission(own.keys.hpke.publicKey),
  };
  const foreign = proveBadge(random(32), parsePass(own.badge)!, shown);
  return {
    "challenge and proof once more": sent,
    "the proof on another challenge": { ...sent, challenge: fresh.challenge },
    "a copy with a proof by another key": { ...fresh, proof: bytesToBase64url(foreign) },
  };
}

/** `zeros` lead, for a number that is below any modulus. */
const random = (length: number, zeros = 0): Bytes =>
  concatBytes(new Uint8Array(zeros), randomBytes(length));
