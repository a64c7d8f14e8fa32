/**
 * A verified doctor without a browser: named with a cookie, nameless without one and from a network of their own,
 * with nothing but badge and wallet in between. The same steps as the app's, over HTTP alone.
 */
import { randomBytes, randomInt } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { proveBadge, type Showing } from "#pass/badge.ts";
import { blindedMessage, finishedPass, type Wanted } from "#pass/client.ts";
import { issuePasses, makeChallenge, readKeyLogEntries, readNamelessKeys } from "#pass/contract.ts";
import { readPassesDue } from "#pass/due-contract.ts";
import type { Community } from "#pass/challenge.ts";
import { agreedKey, headOf, readKeyLog, type KeyLog } from "#pass/key-log.ts";
import type { Slot } from "#pass/slot.ts";
import { parsePass } from "#pass/token.ts";
import { admission, visitCircles, waitForCircle } from "#circles/contract.ts";
import { bindingMessage } from "#circles/room/member-keys.ts";
import type { WaitingForm } from "#circles/waiting.ts";
import { ownSeat, type OwnSeat } from "#circles/web/own-badge.ts";
import type { HeldBadge } from "#pass/wallet.ts";
import { base64urlToBytes, bytesToBase64url, concatBytes, type Bytes } from "#platform/bytes.ts";
import type { AnswerOf, BodyInputOf, NamelessRoute, WireRefusal } from "#platform/contract.ts";
import { padJson } from "#platform/padding.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { toOpenKey, walletSecret } from "#vault/web/keys.ts";
import { ask, must, type Member } from "./member.ts";

export interface Doctor {
  readonly origin: string;
  /** Known on the named side. */
  readonly member: Member;
  /** Known on neither. */
  readonly walletSecret: Bytes;
  /** The newest last. */
  readonly badges: HeldBadge[];
  readonly network: string;
}

export async function toDoctor(member: Member): Promise<Doctor> {
  const secret = await walletSecret(await toOpenKey(member.vaultKey));
  return {
    origin: member.origin,
    member,
    walletSecret: secret,
    badges: [],
    network: anyNetwork(),
  };
}

export function anyNetwork(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.1`;
}

/** As `callNameless` does: no cookie, a padded body. */
export async function askNameless<R extends NamelessRoute>(
  { origin, network }: Pick<Doctor, "origin" | "network">,
  route: R,
  body?: BodyInputOf<R>,
): Promise<Result<AnswerOf<R>, WireRefusal>> {
  const response = await fetch(origin + route.path, {
    method: route.method,
    headers: {
      "x-forwarded-for": network,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: padJson(JSON.stringify(body)) }),
  });
  const answer = (await response.json()) as AnswerOf<R> & { refusal?: WireRefusal };
  return response.ok ? ok(answer) : refuse(answer.refusal ?? { type: "SomethingWentWrong" });
}

export interface CheckedKeys {
  readonly log: KeyLog;
  readonly community: Community;
}

/** The log of issuer keys, which both sides must tell alike. */
export async function readKeys({ origin, member, network }: Doctor): Promise<CheckedKeys> {
  const { community, entries } = await must(
    ask(origin, readKeyLogEntries, { cookie: member.cookie }),
  );
  const read = readKeyLog(
    entries.map(({ spki, ...period }) => ({ period, spki: base64urlToBytes(spki)! })),
  );
  if (!read.ok) throw new Error(`The key log: ${read.refusal.type}`);
  const log = read.value;
  const other = await must(askNameless({ origin, network }, readNamelessKeys));
  if (!isDeepStrictEqual(other.community, community))
    throw new Error("The two sides name the community otherwise");
  const nameless = { length: other.length, hash: base64urlToBytes(other.hash)! };
  const none = { length: 0, hash: log.hashes[0]! };
  for (const { period } of log.keys.slice(0, nameless.length)) {
    const agreed = agreedKey(log, { kept: none, named: headOf(log), nameless }, period);
    if (!agreed.ok) throw new Error(`The two sides' logs differ: ${agreed.refusal.type}`);
  }
  return { log, community };
}

/** All that are due, wanted or not, as every sign-in does. Gives how many came. */
export async function fetchBadges(doctor: Doctor): Promise<number> {
  const { origin, member, badges } = doctor;
  const keys = await readKeys(doctor);
  const { due } = await must(ask(origin, readPassesDue, { cookie: member.cookie }));
  const isHeld = (name: string) => badges.some(({ period }) => period.name === name);
  const missing = due.filter(({ name }) => !isHeld(name));
  for (const { purpose, name, slots } of missing)
    for (const number of slots) {
      const slot: Slot = { period: { purpose, name }, number };
      const wanted = wantedFor(doctor, keys, slot);
      const signature = await must(requestBadge(member, slot, blindedFor(wanted)));
      const finished = finishedPass(wanted, signature);
      if (!finished.ok) throw new Error("The issuer answered with no signature of its own");
      badges.push({ pass: finished.value, bornIn: slot, period: wanted.key.period });
    }
  return missing.length;
}

export function wantedFor(doctor: Doctor, { log, community }: CheckedKeys, slot: Slot): Wanted {
  const key = log.keys.find(
    ({ period }) => period.purpose === slot.period.purpose && period.name === slot.period.name,
  )!;
  return { walletSecret: doctor.walletSecret, community, key, number: slot.number };
}

export function blindedFor(wanted: Wanted): Bytes {
  const blinded = blindedMessage(wanted);
  if (!blinded.ok) throw new Error(blinded.refusal.type);
  return blinded.value;
}

/** One blind signature, 256 bytes. */
export async function requestBadge(
  { origin, cookie }: Member,
  { period: { purpose, name }, number: slot }: Slot,
  blinded: Uint8Array,
): Promise<Result<Bytes, WireRefusal>> {
  const requests = [{ purpose, name, slot, blinded: bytesToBase64url(blinded) }];
  const issued = await ask(origin, issuePasses, { cookie, body: { requests } });
  return issued.ok ? ok(base64urlToBytes(issued.value.signatures[0]!)!) : issued;
}

/** With the newest badge. */
export const seatOf = (doctor: Doctor): OwnSeat =>
  ownSeat(doctor.walletSecret, doctor.badges.at(-1)!);

/** For another act with the same badge: another HPKE key, which the pseudonym itself vouches for. */
export function withAnotherKey(own: OwnSeat): OwnSeat {
  const secret = concatBytes(randomBytes(32));
  const hpke = { secret, publicKey: concatBytes(x25519.getPublicKey(secret)) };
  const binding = concatBytes(ed25519.sign(bindingMessage(hpke.publicKey), own.keys.signing));
  return {
    ...own,
    keys: { ...own.keys, hpke, binding },
    seat: {
      ...own.seat,
      hpkeKey: bytesToBase64url(hpke.publicKey),
      binding: bytesToBase64url(binding),
    },
  };
}

export type VisitBody = BodyInputOf<typeof visitCircles>;

/** What is sent to show a badge on a fresh challenge. */
export async function showing(
  at: Pick<Doctor, "origin" | "network">,
  { keys, seat, badge }: OwnSeat,
): Promise<VisitBody> {
  const { challenge } = await must(askNameless(at, makeChallenge, {}));
  const shown: Showing = {
    challenge: base64urlToBytes(challenge)!,
    act: admission(base64urlToBytes(seat.hpkeKey)!),
  };
  const proof = bytesToBase64url(proveBadge(keys.signing, parsePass(badge)!, shown));
  return { seat, challenge, proof };
}

/** The ticket of a visit. */
export async function visit(doctor: Doctor): Promise<Result<string, WireRefusal>> {
  const visited = await askNameless(doctor, visitCircles, await showing(doctor, seatOf(doctor)));
  return visited.ok ? ok(visited.value.visit) : visited;
}

export async function wait(doctor: Doctor, form: Partial<WaitingForm> = {}): Promise<string> {
  const ticket = await must(visit(doctor));
  const waiting: WaitingForm = {
    themes: ["exhaustion"],
    blocks: [3],
    stage: 2,
    language: "en",
    employer: null,
    ...form,
  };
  await must(askNameless(doctor, waitForCircle, { visit: ticket, waiting }));
  return ticket;
}
