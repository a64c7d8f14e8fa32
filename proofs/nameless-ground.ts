/** A community in which circles can form: two stewards with their key, and verified doctors with badges that count. */
import {
  extendStewardLog,
  offerStewardKeys,
  readStewardKeys,
} from "#stewardship/steward-keys-contract.ts";
import { readStewardLog } from "#stewardship/logs-contract.ts";
import { epochKeysIn, readStewardLogEntries } from "#stewardship/steward-log.ts";
import {
  admitSteward,
  openEpochWrap,
  ownStewardKeys,
  type EpochSecret,
} from "#stewardship/web/steward-key.ts";
import type { StewardKeys } from "#circles/room/seat.ts";
import { toOpenKey } from "#vault/web/keys.ts";
import { addMember, openStewardKey, verifyMembers } from "./community.ts";
import { startBentInstance, type BentInstance } from "./bent-instance.ts";
import { fetchBadges, toDoctor, type Doctor } from "./doctor.ts";
import { ask, must, setUp, type Member } from "./member.ts";

/** Badges of February are issued in January and count from the first. */
export const ISSUING_DAY = "2027-01-11";
export const FIRST_DAY = "2027-02-02";
/** A crowd of twenty opens a key. */
export const CROWD = 20;

const MINUTE_MS = 60_000;
/** Each stretches a passphrase meanwhile, and a server does not wait for a request for ever. */
const AT_ONCE = 4;

interface GroundOptions {
  readonly signingIn?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ground {
  readonly instance: BentInstance;
  readonly steward: Member;
  readonly doctors: readonly Doctor[];
}

/**
 * Everybody is verified and nobody has a badge yet. `signingIn`: how many of them, the first, can sign in with a
 * browser; the others are here for the crowd and for what they do without one.
 */
export async function startGround(
  dataDir: string,
  count: number,
  { signingIn = count, env = {} }: GroundOptions = {},
): Promise<Ground> {
  const instance = await startBentInstance(dataDir, ISSUING_DAY, env);
  const steward = await setUp(instance.origin, instance.setUpToken!);
  await openStewardKey(steward);
  await addSteward(steward, await addMember(steward, "Second", ["steward"]));
  const doctors: Doctor[] = [];
  while (doctors.length < count) {
    const some = Math.min(AT_ONCE, count - doctors.length);
    const members = await Promise.all(
      Array.from({ length: some }, (_, at) => doctors.length + at).map((nth) =>
        addMember(steward, `Doctor ${nth}`, [], nth >= signingIn),
      ),
    );
    await pass(instance, MINUTE_MS);
    await verifyMembers(steward, members);
    doctors.push(...(await Promise.all(members.map(toDoctor))));
    await pass(instance, MINUTE_MS);
  }
  return { instance, steward, doctors };
}

/** Everybody fetches theirs, and they begin to count. */
export async function giveBadges({ instance, doctors }: Ground): Promise<void> {
  for (const doctor of doctors) await fetchBadges(doctor);
  await instance.runTask("tell-crowds");
  await instance.setClock(Date.parse(`${FIRST_DAY}T09:00:00Z`));
}

export const pass = (instance: BentInstance, ms: number): Promise<void> =>
  instance.setClock(instance.now() + ms);

/** Whoever is added asks, and the first steward signs. */
async function addSteward(steward: Member, second: Member): Promise<void> {
  const { origin, cookie } = steward;
  const keys = await ownStewardKeys(await toOpenKey(second.vaultKey));
  const { binding } = keys;
  await must(ask(origin, offerStewardKeys, { cookie: second.cookie, body: { binding } }));
  const log = await openStewardKey(steward);
  const body = await admitSteward(
    await toOpenKey(steward.vaultKey),
    log,
    await stewardSecret(steward),
    { account: second.account, keys },
  );
  await must(ask(origin, extendStewardLog, { cookie, body }));
}

/** The private halves of the stewards' newest key, from the steward's own wrap. */
export async function stewardSecret({ origin, cookie, vaultKey }: Member): Promise<EpochSecret> {
  const { wraps } = await must(ask(origin, readStewardKeys, { cookie }));
  const { epoch, sealed } = wraps.at(-1)!;
  const { entries } = await must(ask(origin, readStewardLog));
  const open = await toOpenKey(vaultKey);
  const secret = await openEpochWrap(open, epoch, epochKeysIn(entries, epoch)!, sealed);
  if (secret === null) throw new Error("The steward's own wrap does not open");
  return secret;
}

/** The stewards' public log, as every member's device reads it. */
export async function readStewards(
  origin: string,
): Promise<
  StewardKeys & { readonly latest: { readonly epoch: number; readonly hpkeKey: string } }
> {
  const { entries } = await must(ask(origin, readStewardLog));
  const read = readStewardLogEntries(entries, null);
  if (!read.ok || read.value === null) throw new Error("The stewards' log can't be read");
  const { epoch, epochKeys } = read.value;
  return {
    keysOf: (each) => epochKeysIn(entries, each),
    latest: { epoch, hpkeKey: epochKeys.hpkeKey },
  };
}
