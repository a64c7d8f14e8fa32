/**
 * What hostile requests are made of: verification and the nameless side's routes used once in good faith, by a
 * community with a circle in its hour. What was sent and taken is remembered, and the tickets stay good.
 */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readMyPlace, replaceBadge, stopWaiting } from "#circles/contract.ts";
import { readRelay, sendSignal } from "#circles/live-contract.ts";
import { agreeToMerge, disagreeToMerge } from "#circles/merging-contract.ts";
import { reportedMessage, sealReport } from "#circles/room/report.ts";
import { hpke } from "#circles/room/web/hpke.ts";
import { dropMessage, followRoom, pauseSeat, reportMessages } from "#circles/room-contract.ts";
import {
  askByVouching,
  finishInstitutionMail,
  lookVouch,
  renewVouchCode,
  startInstitutionMail,
  vouch,
  withdrawAsking,
} from "#identity/verification-contract.ts";
import { readVerification } from "#identity/standing-contract.ts";
import { addCourse, dropCourse, readCourses, type CommunityCourse } from "#learn/contract.ts";
import { readKeyLogEntries } from "#pass/contract.ts";
import { readPassesDue } from "#pass/due-contract.ts";
import { bytesToBase64url } from "#platform/bytes.ts";
import type { AnyRoute } from "#platform/contract.ts";
import { addInstrument, dropInstrument, readInstruments } from "#reflect/instrument/contract.ts";
import {
  addInstitution,
  decideVerification,
  dropInstitution,
  findVerified,
  readDocument,
  readInstitutions,
  readVerifications,
  resealDocument,
  withdrawVerification,
} from "#stewardship/verification-contract.ts";
import { readDecisions } from "#stewardship/logs-contract.ts";
import { addCoach, addMember, askWithDocument } from "./community.ts";
import { askNameless, visit, wait, type Doctor } from "./doctor.ts";
import { sampled, type Sample } from "./hostile-requests.ts";
import { letterTo } from "./instance.ts";
import { ask, must, type Member } from "./member.ts";
import {
  CROWD,
  FIRST_DAY,
  giveBadges,
  readStewards,
  startGround,
  type Ground,
} from "./nameless-ground.ts";
import { addEntry, enterRoom, hand, hear, sealed, sitDown, veilFor } from "./room.ts";

export interface HostileGround extends Ground {
  readonly coach: Member;
  readonly samples: readonly Sample[];
  /** Of who sits, who waits, who has left and who does nothing yet. */
  readonly tickets: readonly string[];
}

const BLOCK = 4;
/** The month whose badges are issued on the first day. */
const ISSUING_NEXT = "2027-03";
const THE_HOUR = Date.parse(`${FIRST_DAY}T17:00:00Z`);

export async function playGround(dataDir: string): Promise<HostileGround> {
  const samples: Sample[] = [];
  return sampled(samples, async () => {
    const env = { CALLROOM_LOG_LEVEL: "error" };
    const ground = await startGround(dataDir, CROWD, { signingIn: 0, env });
    const { steward, doctors, instance } = ground;
    const coach = await addCoach(steward, "Coach");
    samples.push(...(await verifyInEveryWay(ground)));
    await giveBadges(ground);
    await must(ask(steward.origin, readKeyLogEntries, { cookie: steward.cookie }));
    await must(ask(steward.origin, readPassesDue, { cookie: doctors[0]!.member.cookie }));

    for (const doctor of doctors.slice(0, 7)) await wait(doctor, { blocks: [BLOCK] });
    await instance.runTask("form-circles");
    await wait(doctors[7]!, { blocks: [5] });
    const stopping = await wait(doctors[8]!, { blocks: [5] });
    await must(askNameless(doctors[8]!, stopWaiting, { visit: stopping }));
    await instance.setClock(THE_HOUR);
    await meet(doctors);
    const tickets = await Promise.all(
      doctors.slice(0, 12).map((doctor) => must(visit({ ...doctor, network: doctor.network }))),
    );
    return { ...ground, coach, samples, tickets };
  });
}

/** Gives besides what a steward could do next, which is left to the storm. */
async function verifyInEveryWay({ steward, doctors }: Ground): Promise<readonly Sample[]> {
  const { origin } = steward;
  const asSteward = { cookie: steward.cookie };
  const claim = {
    licence: { country: "GB", number: "7654321" },
    givenName: "Prova",
    familyName: "Proving",
  };

  // One whose document stays, and one to be decided about, with which theirs goes.
  const sending = await addMember(steward, "Sending");
  const waiting = await addMember(steward, "Waiting");
  for (const member of [sending, waiting])
    await askWithDocument(member, Buffer.from("%PDF-1.7\n%%EOF\n"));
  const { verifications } = await must(ask(origin, readVerifications, asSteward));
  const askingOf = (member: Member) =>
    verifications.find(({ account }) => account === member.account)!.id;
  const params = { id: askingOf(sending) };
  const document = await must(ask(origin, readDocument, { ...asSteward, params }));
  await must(ask(origin, readVerification, { cookie: sending.cookie }));

  const vouchedFor = await addMember(steward, "Vouched for");
  const asAsking = { cookie: vouchedFor.cookie };
  await must(ask(origin, askByVouching, { ...asAsking, body: claim }));
  const { code } = await must(ask(origin, renewVouchCode, { ...asAsking, body: {} }));
  const asColleague = { cookie: doctors[0]!.member.cookie, body: { code } };
  await must(ask(origin, lookVouch, asColleague));
  await must(ask(origin, vouch, asColleague));
  await must(ask(origin, withdrawAsking, asAsking));

  const institution = { domain: "institution.example", name: "An institution" };
  await must(ask(origin, addInstitution, { ...asSteward, body: institution }));
  const email = "somebody@institution.example";
  const { ticket } = await must(
    ask(origin, startInstitutionMail, { ...asAsking, body: { ...claim, email } }),
  );
  const letter = await letterTo(origin, email);
  const given = /\b(\d{4} ?\d{4})\b/.exec(letter)![1]!;
  await must(ask(origin, finishInstitutionMail, { ...asAsking, body: { ticket, code: given } }));
  await must(ask(origin, readInstitutions, asSteward));
  await must(ask(origin, findVerified, { ...asSteward, query: { name: "Doctor 0" } }));
  await must(ask(origin, readDecisions, { ...asAsking, query: { after: 0 } }));
  const verified = doctors.at(-1)!.member.account;
  return [
    next(decideVerification, askingOf(waiting), { decision: "approve" }),
    // Of an epoch that isn't yet.
    next(resealDocument, params.id, { ...document, epoch: document.epoch + 1 }),
    next(withdrawVerification, verified, { reason: "other-profession" }),
    next(dropInstitution, institution.domain, undefined),
    ...(await addContent(steward, asAsking)),
  ];
}

/** A questionnaire and a course for all members. Gives how they could be taken off. */
async function addContent(
  { origin, cookie }: Member,
  asMember: Pick<Member, "cookie">,
): Promise<readonly Sample[]> {
  const file = join(import.meta.dirname, "../src/reflect/instrument/fixtures/phq-9.json");
  const licence = { by: "Nobody", terms: "Made for proofs.", on: "2026-11-22" };
  const questionnaire = await readFile(file, "utf8");
  const instrument = { questionnaire, licence, protocolReady: false };
  await must(ask(origin, addInstrument, { cookie, body: instrument }));
  await must(ask(origin, readInstruments, asMember));
  const { id } = await must(ask(origin, addCourse, { cookie, body: COURSE }));
  await must(ask(origin, readCourses, asMember));
  return [next(dropInstrument, "phq-9", undefined), next(dropCourse, id, undefined)];
}

export const COURSE: CommunityCourse = {
  title: "Letters that take ten minutes",
  provider: "A society of proofs",
  kind: "course",
  format: "online",
  cost: null,
  time: "An hour",
  about: "How a clinic writes its letters together.",
  url: "https://example.org/letters",
  checked_on: "2026-11-22",
  tags: ["letters"],
};

const next = ({ method, path }: AnyRoute, place: string, body: unknown): Sample => ({
  method,
  path: path.replace(/:\w+/, place),
  body,
});

/** Everything that is done in a room, in its hour. The seventh leaves, and asks for another badge. */
async function meet(doctors: readonly Doctor[]): Promise<void> {
  const sitting = (await sitDown(doctors[0]!))!;
  const other = (await sitDown(doctors[1]!))!;
  const { doctor, ticket } = sitting;
  const room = await enterRoom(sitting, FIRST_DAY);
  await enterRoom(other, FIRST_DAY);
  await must(askNameless(doctor, readMyPlace, { visit: ticket }));
  await must(addEntry(sitting, room.log, { kind: "named", name: "Marigold" }));
  const named = await enterRoom(sitting, FIRST_DAY);
  const dropped = sealed(sitting, named, "Never mind.");
  for (const message of [dropped, sealed(sitting, named, "Good morning.")])
    await must(hand(sitting, message));
  const veil = bytesToBase64url(veilFor(sitting, dropped));
  await must(askNameless(doctor, dropMessage, { visit: ticket, id: dropped.id, veil }));

  const [heard] = await hear(other, await enterRoom(other, FIRST_DAY));
  if (heard === undefined || !heard.opened.ok) throw new Error("Nothing was heard");
  const report = {
    circle: other.circle,
    note: "Please look at this.",
    messages: [reportedMessage(heard.opened.value, heard.stamp, "reported")],
  };
  const { latest } = await readStewards(doctor.origin);
  const body = { visit: other.ticket, report: await sealReport(report, latest, hpke) };
  await must(askNameless(other.doctor, reportMessages, body));
  for (const paused of [true, false])
    await must(askNameless(doctor, pauseSeat, { visit: ticket, paused }));

  // Taken or not, as the circle's size says.
  const merging = { visit: ticket, circle: sitting.circle, blocks: [BLOCK], employer: null };
  await askNameless(doctor, agreeToMerge, merging);
  await askNameless(doctor, disagreeToMerge, { visit: ticket });

  await must(askNameless(doctor, readRelay, { visit: ticket }));
  const signal = {
    epoch: named.log.standings.at(-1)!.epoch,
    start: THE_HOUR / 60_000,
    sender: sitting.own.keys.pseudonym,
    run: someBytes(16),
    count: 1,
    sealed: someBytes(512 + 16),
    signature: someBytes(64),
  };
  await must(askNameless(doctor, sendSignal, { visit: ticket, signal }));
  const following = await fetch(doctor.origin + followRoom.path, {
    method: followRoom.method,
    headers: { "content-type": "application/json", "x-forwarded-for": doctor.network },
    body: JSON.stringify({ visit: ticket, after: 0 }),
  });
  await following.body!.cancel();

  const leaving = (await sitDown(doctors[6]!))!;
  await must(addEntry(leaving, (await enterRoom(leaving, FIRST_DAY)).log, { kind: "left" }));
  const blinded = bytesToBase64url(Buffer.concat([Buffer.alloc(1), randomBytes(255)]));
  const wanted = { visit: leaving.ticket, month: ISSUING_NEXT, blinded };
  await must(askNameless(leaving.doctor, replaceBadge, wanted));
}

const someBytes = (length: number): string => bytesToBase64url(randomBytes(length));
