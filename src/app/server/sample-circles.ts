/**
 * The circles of the sample community, through the same doors as any: badges are shown, people wait, a circle is
 * seated, its members' devices make an epoch and speak. Only the clock is turned back for it, and the crowd that
 * hides them is a number of the content file's: too few invented doctors hold badges for a circle to open.
 */
import { randomBytes, randomUUID } from "node:crypto";
import type { CirclesDeps } from "#circles/server/deps.ts";
import { admission } from "#circles/contract.ts";
import { signedEntry, wireBytes } from "#circles/room/entry.ts";
import { makeEpoch } from "#circles/room/epoch.ts";
import { memberLogHead, readMemberLog, type MemberLog } from "#circles/room/member-log.ts";
import type { Content } from "#circles/room/message-content.ts";
import { veilOf } from "#circles/room/mark.ts";
import { sealMessage } from "#circles/room/message.ts";
import { seatTogether } from "#circles/server/forming.ts";
import { makePost } from "#circles/server/posting.ts";
import { keepPause, logAfter } from "#circles/server/room-store.ts";
import { extendRoom, trustNow } from "#circles/server/rooms.ts";
import { placeOf } from "#circles/server/seat-store.ts";
import { makeStamps } from "#circles/server/stamps.ts";
import { makeStreams } from "#circles/server/streams.ts";
import { admit } from "#circles/server/visits.ts";
import { keepWaiting, waitingOf } from "#circles/server/waiting-store.ts";
import type { WaitingForm } from "#circles/waiting.ts";
import { proveBadge } from "#pass/badge.ts";
import { headOf } from "#pass/key-log.ts";
import type { Day, Period } from "#pass/period.ts";
import type { NamelessKeys } from "#pass/server/nameless-keys.ts";
import { parsePass } from "#pass/token.ts";
import { bytesToBase64url, concatBytes, type Bytes } from "#platform/bytes.ts";
import type { Result } from "#platform/result.ts";
import type { SampleCircles, SampleMessage } from "../sample-circles.ts";
import { periodBeginningOn, type BadgeHolder, type MakeBadge } from "./sample-badges.ts";
import { sealTo } from "./sample-hpke.ts";

const HOUR_MS = 3_600_000;

/** One moment for all of a loading, which takes a while: no midnight may come in between. */
export interface SampleTimes {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly formedAt: number;
  /** Of the badges of whoever sits, and of all others: the same but in the first days of a month. */
  readonly sitting: Period;
  readonly others: Period;
}

export function sampleTimes({ circle }: SampleCircles, now: number): SampleTimes {
  const formedAt = now - circle.formedHoursAgo * HOUR_MS;
  const sitting = periodBeginningOn(dayOf(formedAt));
  return { now, formedAt, sitting, others: periodBeginningOn(dayOf(now)) };
}

interface Deps {
  readonly circles: CirclesDeps;
  readonly namelessKeys: Pick<NamelessKeys, "setCrowds">;
  readonly makeBadge: MakeBadge;
  readonly times: SampleTimes;
}

/** `holders`: by address, of those sample members who sit. */
export async function keepSampleCircles(
  { circles, namelessKeys, makeBadge, times }: Deps,
  { crowd, circle, waiting }: SampleCircles,
  holders: ReadonlyMap<string, BadgeHolder>,
): Promise<void> {
  const { sitting, others } = times;
  await namelessKeys.setCrowds([
    { purpose: sitting.purpose, name: sitting.name, holders: crowd },
    { purpose: others.purpose, name: others.name, holders: crowd },
  ]);
  const somebody = (period: Period) => makeBadge(concatBytes(randomBytes(32)), period);

  const [then, now] = [at(circles, times.formedAt), at(circles, times.now)];
  const people = new Map<string, BadgeHolder>();
  for (const { id, email, waitedFor } of circle.members) {
    const holder = email === null ? somebody(sitting) : holders.get(email)!;
    await wait(then, holder, waitedFor);
    people.set(id, holder);
  }
  const id = await seatAll(then, [...people.values()]);
  const room = await enter(then, id, people, circle.members);
  await talk(now, room, people, circle.messages);
  for (const waitsFor of waiting) await wait(now, somebody(others), waitsFor);
}

const at = (circles: CirclesDeps, moment: number): CirclesDeps => ({
  ...circles,
  clock: { now: () => moment },
});

/** Shows the badge, which admits its pseudonym, and waits. */
async function wait(deps: CirclesDeps, holder: BadgeHolder, form: WaitingForm): Promise<void> {
  const { keys, badge, seat } = holder;
  const act = admission(keys.hpke.publicKey);
  const showing = { challenge: concatBytes(randomBytes(32)), act };
  const proof = proveBadge(keys.signing, parsePass(badge)!, showing);
  const { origin } = await deps.currentLog();
  const today = dayOf(deps.clock.now());
  const accepted = need(origin.acceptBadge(badge, "circle-badge", today, { showing, proof }));
  await deps.db
    .transaction()
    .execute(async (within) => need(await admit(within, accepted, seat, act, true)));
  await keepWaiting(deps.db, { ...form, employer: null, pseudonym: keyOf(holder) });
}

/** The circle's id. */
async function seatAll(deps: CirclesDeps, people: readonly BadgeHolder[]): Promise<string> {
  const rows = [];
  for (const holder of people) rows.push((await waitingOf(deps.db, keyOf(holder)))!);
  if (!(await seatTogether(deps, rows))) throw new Error("The sample's circle could not be seated");
  return (await placeOf(deps.db, keyOf(people[0]!)))!.circle;
}

/** What its members' devices do when they first come together. */
async function enter(
  deps: CirclesDeps,
  circle: string,
  people: ReadonlyMap<string, BadgeHolder>,
  members: SampleCircles["circle"]["members"],
): Promise<Room> {
  const [maker] = people.values();
  const key = concatBytes(randomBytes(32));
  const entries = await logAfter(deps.db, circle, 0);
  let log = need(readMemberLog(circle, entries, null, await trustNow(deps)));
  const epoch = { reason: "membership", day: dayOf(deps.clock.now()), key } as const;
  const { entry, wraps } = await makeEpoch(log, maker!.keys, epoch, { seal: sealTo });
  log = need(await extendRoom(deps, circle, entry, wraps));
  for (const { id, name, paused } of members) {
    const holder = people.get(id)!;
    if (paused) await keepPause(deps.db, keyOf(holder), true);
    if (name === null) continue;
    const named = { kind: "named", name } as const;
    const entry = signedEntry(circle, memberLogHead(log), holder.keys, named);
    log = need(await extendRoom(deps, circle, entry, []));
  }
  return { log, key };
}

interface Room {
  readonly log: MemberLog;
  /** Of its only epoch. */
  readonly key: Bytes;
}

async function talk(
  { db, clock, stampSealKey, currentLog, log: serverLog }: CirclesDeps,
  { log, key }: Room,
  people: ReadonlyMap<string, BadgeHolder>,
  messages: readonly SampleMessage[],
): Promise<void> {
  let moment = clock.now();
  // Nobody follows yet; nodes that hear of it find nobody who does.
  const streams = makeStreams(db, (error) => serverLog.defect(error, "circle streams"));
  const news = { channel: "circles", node: randomUUID() };
  const post = makePost(
    { db, clock: { now: () => moment } },
    makeStamps(db, stampSealKey),
    streams,
    news,
  );
  const keyLog = headOf((await currentLog()).log);
  const ids = new Map<string, Bytes>();
  for (const message of messages) {
    moment = clock.now() - message.hoursAgo * HOUR_MS;
    const holder = people.get(message.by)!;
    const id = concatBytes(randomBytes(16));
    const frankingKey = concatBytes(randomBytes(32));
    const making = { id, frankingKey, minute: Math.floor(moment / 60_000) };
    if ("id" in message) ids.set(message.id, id);
    const said = contentOf(message, (of) => bytesToBase64url(ids.get(of)!));
    const sealed = need(sealMessage({ log, keyLog }, holder.keys, key, said, making));
    const sender = { pseudonym: keyOf(holder), name: holder.keys.pseudonym };
    const veil = bytesToBase64url(veilOf(holder.keys, log.circle, sealed.id));
    need(await post(log.circle, sender, { veil, message: sealed }));
  }
}

function contentOf(message: SampleMessage, idOf: (id: string) => string): Content {
  if ("reactsTo" in message) {
    const { reactsTo, reaction } = message;
    return { kind: "reaction", target: idOf(reactsTo), reaction };
  }
  const { text } = message;
  if ("replyTo" in message) return { kind: "reply", target: idOf(message.replyTo), text };
  return { kind: "text", text };
}

/** Nothing of the sample is ever refused, or it is a defect. */
function need<Value>(asked: Result<Value, { readonly type: string }>): Value {
  if (!asked.ok) throw new Error(`The sample's circle: ${asked.refusal.type}`);
  return asked.value;
}

const keyOf = ({ keys }: BadgeHolder): Buffer => Buffer.from(wireBytes(keys.pseudonym));
const dayOf = (at: number): Day => new Date(at).toISOString().slice(0, 10);
