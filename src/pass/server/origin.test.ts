import { constants, createSign, randomBytes, sign as rsaSign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { concatBytes } from "#platform/bytes.ts";
import { community, testIssuer, testKey, walletSecret } from "../../../tests/pass-issuer.ts";
import { proveBadge } from "../badge.ts";
import { passChallengeDigest } from "../challenge.ts";
import { integerToBytes, bytesToInteger } from "../modular.ts";
import { campaignPeriod, issuingPeriod } from "../period.ts";
import { pseudonymKeys } from "../slot.ts";
import { actHash, spentKey } from "../spent.ts";
import { encodePass, parsePass, PASS_BYTES, signedMessage, type Pass } from "../token.ts";
import { makeOrigin } from "./origin.ts";

const survey = campaignPeriod("survey-voice", {
  id: "5a".repeat(16),
  issuedFrom: "2026-12-14",
  issuedUntil: "2026-12-27",
  beginsUntil: "2027-01-31",
});
if (!survey.ok) throw new Error("no campaign");
const week = issuingPeriod("session-token", "2026-12-22");
const nextWeek = issuingPeriod("session-token", "2026-12-29");
const month = issuingPeriod("circle-badge", "2026-12-22");
const WEEK = 0;
const NEXT_WEEK = 1;
const SURVEY = 2;
const MONTH = 3;
const issuer = testIssuer([week, nextWeek, survey.value, month]);
const origin = makeOrigin(issuer.log, community);
const TODAY = "2027-01-05";
const REFUSED = { ok: false, refusal: { type: "PassRefused" } };

const token = issuer.pass(WEEK);
const parsed = parsePass(token)!;
const isTaken = (presented: Uint8Array, today = TODAY) =>
  origin.accept(presented, "session-token", today).ok;

describe("a bearer pass", () => {
  test("is taken with its period and the key it is spent under", () => {
    const accepted = origin.accept(token, "session-token", TODAY);
    expect(accepted).toEqual({ ok: true, value: { period: week, spentKey: spentKey(parsed) } });
    expect(isTaken(issuer.pass(WEEK, { number: 7 }))).toBe(true);
    expect(origin.accept(issuer.pass(SURVEY), "survey-voice", TODAY).ok).toBe(true);
  });

  test("of another purpose is refused, in both directions", () => {
    expect(origin.accept(token, "survey-voice", TODAY)).toEqual(REFUSED);
    expect(isTaken(issuer.pass(SURVEY))).toBe(false);
    expect(isTaken(issuer.pass(MONTH))).toBe(false);
    const shown = { showing: { challenge: randomBytes(32), act: randomBytes(32) } };
    const proof = randomBytes(64);
    expect(origin.acceptBadge(token, "circle-badge", TODAY, { ...shown, proof })).toEqual(REFUSED);
  });

  test("counts from the day after its issuing until the end of its overlap", () => {
    expect(isTaken(token, week.issuedUntil)).toBe(false);
    expect(isTaken(token, week.beginsFrom)).toBe(true);
    expect(isTaken(token, week.endsOn)).toBe(true);
    expect(isTaken(token, "2027-07-26")).toBe(false);
    expect(week.endsOn).toBe("2027-07-25");
    expect(isTaken(issuer.pass(NEXT_WEEK), "2027-01-03")).toBe(false);
    expect(isTaken(issuer.pass(NEXT_WEEK), "2027-01-04")).toBe(true);
  });

  test("with any bit changed is refused", () => {
    for (let at = 0; at < PASS_BYTES; at++)
      expect(isTaken(token.with(at, token[at]! ^ (1 << (at & 7)))), `byte ${at}`).toBe(false);
  });

  test("of any other length is refused", () => {
    for (let cut = 0; cut < PASS_BYTES; cut += 5)
      expect(isTaken(token.subarray(0, cut))).toBe(false);
    expect(isTaken(concatBytes(token, Uint8Array.of(0)))).toBe(false);
  });

  test("of another community, another period's challenge or a key not in the log is refused", () => {
    const elsewhere = { issuerName: "other.example", originInfo: "origin.example" };
    expect(isTaken(issuer.pass(WEEK, { community: elsewhere }))).toBe(false);
    const otherOrigin = { issuerName: "issuer.example", originInfo: "other.example" };
    expect(isTaken(issuer.pass(WEEK, { community: otherOrigin }))).toBe(false);
    expect(isTaken(testIssuer([week]).pass(0))).toBe(false);
    // Signed with the right key, but for next week's challenge.
    const input = { challengeDigest: passChallengeDigest(community, nextWeek) };
    expect(isTaken(signedBy(WEEK, input))).toBe(false);
    expect(isTaken(signedBy(WEEK, {}))).toBe(true);
  });

  test("named for one key and signed by another is refused", () => {
    expect(isTaken(signedBy(NEXT_WEEK, {}))).toBe(false);
    const tokenKeyId = issuer.log.keys[NEXT_WEEK]!.issuer.id;
    expect(isTaken(signedBy(WEEK, { tokenKeyId }))).toBe(false);
    expect(isTaken(forged(testKey().privateKey, { saltLength: 48 }))).toBe(false);
  });

  test("with any other padding, hash or salt length under the right key is refused", () => {
    const right = issuer.privateKeys[WEEK]!;
    expect(isTaken(forged(right, { saltLength: 48 }))).toBe(true);
    for (const saltLength of [0, 20, 32, 47, 49, constants.RSA_PSS_SALTLEN_MAX_SIGN])
      expect(isTaken(forged(right, { saltLength })), `salt ${saltLength}`).toBe(false);
    for (const hash of ["sha1", "sha256", "sha512"])
      expect(isTaken(forged(right, { saltLength: 48 }, hash)), hash).toBe(false);
    const pkcs1 = createSign("sha384").update(signedMessage(parsed)).sign(right);
    expect(isTaken(withAuthenticator(pkcs1))).toBe(false);
    const unpadded = concatBytes(new Uint8Array(208), randomBytes(48));
    expect(isTaken(withAuthenticator(issuer.sign(WEEK, unpadded)))).toBe(false);
  });

  test("with a trivial signature, or the same one written as a larger number, is refused", () => {
    const { modulus } = issuer.log.keys[WEEK]!.issuer;
    const same = bytesToInteger(parsed.token.authenticator) + modulus;
    const trivial = [0n, 1n, modulus - 1n, modulus, modulus + 1n, 2n ** 2048n - 1n];
    for (const number of trivial)
      expect(isTaken(withAuthenticator(integerToBytes(number, 256)))).toBe(false);
    if (same < 2n ** 2048n)
      expect(isTaken(withAuthenticator(integerToBytes(same, 256)))).toBe(false);
  });

  test("made of two others by multiplying, as raw RSA would allow, is refused", () => {
    const { modulus } = issuer.log.keys[WEEK]!.issuer;
    const [one, other] = [token, issuer.pass(WEEK, { number: 1 })].map((each) =>
      bytesToInteger(parsePass(each)!.token.authenticator),
    );
    const product = integerToBytes((one! * other!) % modulus, 256);
    expect(isTaken(withAuthenticator(product))).toBe(false);
  });
});

describe("a badge", () => {
  const badge = issuer.pass(MONTH);
  const act = actHash("wait", "for a circle");
  const showing = { challenge: randomBytes(32), act };
  const { secret, publicKey } = pseudonymKeys(walletSecret, { period: month, number: 0 });
  const proof = proveBadge(secret, parsePass(badge)!, showing);
  const show = (over: Partial<{ showing: typeof showing; proof: Uint8Array }>, today = TODAY) =>
    origin.acceptBadge(badge, "circle-badge", today, { showing, proof, ...over });

  test("is taken from its pseudonym, and keeps its seat past its last day but begins nothing", () => {
    const accepted = { period: month, spentKey: spentKey(parsePass(badge)!), pseudonym: publicKey };
    expect(show({})).toEqual({ ok: true, value: { ...accepted, mayBegin: true } });
    expect(show({}, "2027-03-31")).toMatchObject({ value: { mayBegin: true } });
    expect(show({}, "2027-04-01")).toEqual({ ok: true, value: { ...accepted, mayBegin: false } });
    expect(show({}, "2027-04-30").ok).toBe(true);
    expect(show({}, "2027-05-01")).toEqual(REFUSED);
    expect(show({}, "2026-12-31")).toEqual(REFUSED);
  });

  test("that was copied is refused without its pseudonym's key", () => {
    expect(show({ proof: proveBadge(randomBytes(32), parsePass(badge)!, showing) })).toEqual(
      REFUSED,
    );
    expect(show({ proof: new Uint8Array(64) })).toEqual(REFUSED);
    expect(show({ proof: new Uint8Array(0) })).toEqual(REFUSED);
  });

  test("shown once can't be shown again for another challenge or act", () => {
    expect(show({ showing: { ...showing, challenge: randomBytes(32) } })).toEqual(REFUSED);
    expect(show({ showing: { ...showing, act: actHash("leave") } })).toEqual(REFUSED);
  });

  test("with the pseudonym swapped for the thief's own is refused", () => {
    const thief = randomBytes(32);
    const theirs = pseudonymKeys(thief, { period: month, number: 0 });
    const pass = parsePass(badge)!;
    const stolen: Pass = { ...pass, token: { ...pass.token, nonce: theirs.publicKey } };
    const shown = { showing, proof: proveBadge(theirs.secret, stolen, showing) };
    expect(origin.acceptBadge(encodePass(stolen), "circle-badge", TODAY, shown)).toEqual(REFUSED);
  });
});

function withAuthenticator(authenticator: Uint8Array): Uint8Array {
  return encodePass({
    ...parsed,
    token: { ...parsed.token, authenticator: concatBytes(authenticator) },
  });
}

/** The token of `token` with some fields changed, signed as it should be by the key at that place. */
function signedBy(at: number, input: Partial<Pass["token"]>): Uint8Array {
  const pass = { ...parsed, token: { ...parsed.token, ...input } };
  const key = issuer.privateKeys[at]!;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const options = { key, padding, saltLength: 48 };
  const authenticator = concatBytes(rsaSign("sha384", signedMessage(pass), options));
  return encodePass({ ...pass, token: { ...pass.token, authenticator } });
}

function forged(
  key: (typeof issuer.privateKeys)[number],
  { saltLength }: { saltLength: number },
  hash = "sha384",
): Uint8Array {
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return withAuthenticator(rsaSign(hash, signedMessage(parsed), { key, padding, saltLength }));
}
