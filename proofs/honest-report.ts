/**
 * A report of abuse is true or it is refused: in a circle of six a true report opens for the stewards alone and
 * proves who said what and when; with altered words, another sender, place, minute or month, a commitment or a
 * message made up, or a message of another circle it is refused, and so is a decision that the stewards did not sign.
 * What could not be reported is not shown. The control leaves out the stamps, then the commitments: each must let a
 * forgery through, so that neither check is there for show.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { readMyPlace } from "#circles/contract.ts";
import { decisionMessage } from "#circles/judging.ts";
import { checkReportStamps, decideReport, readReports } from "#circles/judging-contract.ts";
import { reportMessages } from "#circles/room-contract.ts";
import { franked } from "#circles/room/franking.ts";
import { encodeContent, padContent } from "#circles/room/message-content.ts";
import {
  checkCommitments,
  openReport,
  reportedMessage,
  sealReport,
  stampClaims,
  type Report,
} from "#circles/room/report.ts";
import type { SealedReport } from "#circles/room/wire.ts";
import { hpke } from "#circles/room/web/hpke.ts";
import { bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import { sealedByHand } from "../tests/circle-room.ts";
import { askNameless, wait, type Doctor } from "./doctor.ts";
import { makeDataDir, removeDataDir } from "./instance.ts";
import { ask, must, type Member } from "./member.ts";
import {
  CROWD,
  FIRST_DAY,
  giveBadges,
  readStewards,
  startGround,
  stewardSecret,
  type Ground,
} from "./nameless-ground.ts";
import type { Proof } from "./proof.ts";
import {
  enterRoom,
  hand,
  hear,
  random,
  sealed,
  sitDown,
  type Heard,
  type Room,
  type Sitting,
} from "./room.ts";

const NEXT_MONTH = "2027-03-03";
const OTHER_CIRCLE = "7d5a3b1c-0000-4000-8000-0123456789ab";
const SAID = "You are the reason they all leave.";

type Reported = Report["messages"][number];

interface Scene {
  readonly ground: Ground;
  /** Who reports, who is reported, and the room that both sit in. */
  readonly reporter: Sitting;
  readonly reported: Sitting;
  readonly room: Room;
  /** As the reporter's device has opened it. */
  readonly said: Heard;
  readonly context: Heard;
  /** Said by the same doctor in the next month. */
  readonly later: Heard;
  /** Said in another circle. */
  readonly elsewhere: Heard;
  /** Taken in by the server, and with a commitment to other words. */
  readonly unreportable: Heard;
}

export const prove: Proof = async ({ small, log }) => {
  const rounds = small ? 1 : 5;
  const dataDir = await makeDataDir();
  let ground: Ground | null = null;
  try {
    ground = await startGround(dataDir, CROWD);
    await giveBadges(ground);
    log("two circles of six form and talk");
    const scene = await playScene(ground);
    const { reported, reporter, said, unreportable } = scene;
    const { steward, instance } = ground;
    let judgedTrue = 0;
    let opensForOthers = 0;
    let refusedForgeries = 0;
    let forgeries = 0;
    const slips = { stamps: 0, commitments: 0 };
    for (let round = 0; round < rounds; round++) {
      const truth = await judge(ground, reporter, trueReport(scene));
      if (truth.isTrue && truth.senders.includes(reported.own.keys.pseudonym)) judgedTrue += 1;
      opensForOthers += await openings(scene, truth.sealed);
      for (const [how, forged] of Object.entries(forgedReports(scene))) {
        await instance.setClock(instance.now() + 60_000);
        forgeries += 1;
        const judged = await judge(ground, reporter, forged);
        if (judged.isTrue) log(`${how}: taken for true`);
        else refusedForgeries += 1;
        if (judged.isStamped) slips.stamps += 1;
        if (judged.isCommitted) slips.commitments += 1;
      }
      log(`round ${round + 1} of ${rounds}: ${refusedForgeries} of ${forgeries} forgeries refused`);
    }
    const isHidden = !unreportable.opened.ok && unreportable.opened.refusal.type === "Unreportable";
    const ofAnotherCircle = await sendReport(reporter, {
      ...trueReport(scene),
      circle: OTHER_CIRCLE,
    });
    const decisions = await decide(scene);
    const holds =
      said.opened.ok &&
      isHidden &&
      judgedTrue === rounds &&
      opensForOthers === 0 &&
      refusedForgeries === forgeries &&
      !ofAnotherCircle &&
      !(await isReadableByMembers(steward, reporter.doctor)) &&
      decisions.unsignedTaken === 0 &&
      decisions.isWarned;
    return {
      holds,
      control: slips.stamps > 0 && slips.commitments > 0 ? "caught" : "missed",
      size: rounds + forgeries,
      figures: {
        trueReports: judgedTrue,
        forgeries,
        refusedForgeries,
        openedByOthers: opensForOthers,
        unreportableShown: isHidden ? 0 : 1,
        unsignedDecisionsTaken: decisions.unsignedTaken,
        pastStampsAlone: slips.stamps,
        pastCommitmentsAlone: slips.commitments,
      },
    };
  } finally {
    await ground?.instance.stop();
    await removeDataDir(dataDir);
  }
};

// What happens in the circles ------------------------------------------------------------------------

async function playScene(ground: Ground): Promise<Scene> {
  const { instance, doctors } = ground;
  for (const [at, doctor] of doctors.slice(0, 12).entries())
    await wait(doctor, { blocks: [at < 6 ? 3 : 10] });
  await instance.runTask("form-circles");
  const [reported, reporter, elsewhere] = [
    (await sitDown(doctors[0]!))!,
    (await sitDown(doctors[1]!))!,
    (await sitDown(doctors[6]!))!,
  ];
  const room = await enterRoom(reported, FIRST_DAY);
  await enterRoom(reporter, FIRST_DAY);
  await must(hand(reporter, sealed(reporter, room, "I asked for a day off.")));
  await must(hand(reported, sealed(reported, room, SAID)));
  await must(hand(reported, misfit(reported, room)));
  const other = await enterRoom(elsewhere, FIRST_DAY);
  await must(hand(elsewhere, sealed(elsewhere, other, SAID)));

  await instance.setClock(Date.parse(`${NEXT_MONTH}T09:00:00Z`));
  const [back, listening] = [(await sitDown(doctors[0]!))!, (await sitDown(doctors[1]!))!];
  const roomLater = await enterRoom(back, NEXT_MONTH);
  await must(hand(back, sealed(back, roomLater, "Still so.")));
  const [context, said, unreportable] = await hear(listening, room);
  const later = (await hear(listening, await enterRoom(listening, NEXT_MONTH))).at(-1);
  const [foreign] = await hear((await sitDown(doctors[6]!))!, other);
  return {
    ground,
    reporter: listening,
    reported: back,
    room,
    context: context!,
    said: said!,
    unreportable: unreportable!,
    later: later!,
    elsewhere: foreign!,
  };
}

/** By a client that commits to other words than it sends. */
function misfit({ own, circle }: Sitting, { log, key, trust }: Room) {
  const content = encodeContent({ kind: "text", text: SAID })!;
  const { id, epoch, sender, ...rest } = sealedShape({ own, circle }, { log, key, trust });
  const frankingKey = random(32);
  const harmless = encodeContent({ kind: "text", text: "Good morning." })!;
  const commitment = franked(frankingKey, { circle, epoch, sender, id }, harmless);
  const unsealed = { ...rest, id, epoch, sender, commitment: bytesToBase64url(commitment) };
  return sealedByHand(unsealed, padContent(frankingKey, content), key, own, circle);
}

function sealedShape(sitting: Pick<Sitting, "own" | "circle">, room: Room) {
  const { sealed: _, signature: __, ...shape } = sealed(sitting as Sitting, room, "Good morning.");
  return shape;
}

// Reports --------------------------------------------------------------------------------------------

const carried = ({ opened, stamp }: Heard, shownAs: Reported["shownAs"] = "reported"): Reported => {
  if (!opened.ok) throw new Error(opened.refusal.type);
  return reportedMessage(opened.value, stamp, shownAs);
};

const trueReport = ({ reporter, said, context }: Scene): Report => ({
  circle: reporter.circle,
  note: "Please look at this.",
  messages: [carried(context, "context"), carried(said)],
});

/** What a liar can do who has opened all of it, and keeps everything right but one thing. */
function forgedReports(scene: Scene): Record<string, Report> {
  const { reporter, said, later, elsewhere, unreportable } = scene;
  const truth = carried(said);
  const { circle } = reporter;
  const report = (message: Reported): Report => ({ circle, note: "", messages: [message] });
  const words = encodeContent({ kind: "text", text: "I will find where you live." })!;
  const content = bytesToBase64url(words);
  const me = reporter.own.keys.pseudonym;
  const committedTo = (message: Reported, to: Bytes): Reported => {
    const frankingKey = random(32);
    const commitment = franked(frankingKey, { ...message, circle }, to);
    return {
      ...message,
      content: bytesToBase64url(to),
      frankingKey: bytesToBase64url(frankingKey),
      commitment: bytesToBase64url(commitment),
    };
  };
  const { minute, mac } = carried(later);
  const raw = unreportable.message;
  return {
    "altered words": report({ ...truth, content }),
    "altered words with a commitment to them": report(committedTo(truth, words)),
    "another sender": report({ ...truth, sender: me }),
    "another sender with a commitment to it": report(
      committedTo({ ...truth, sender: me }, encodeContent({ kind: "text", text: SAID })!),
    ),
    "another circle's message": report(carried(elsewhere)),
    "another circle's message with a commitment to it": report(
      committedTo(carried(elsewhere), encodeContent({ kind: "text", text: SAID })!),
    ),
    "another epoch": report({ ...truth, epoch: truth.epoch + 1 }),
    "another minute": report({ ...truth, minute: truth.minute + 1 }),
    "another month": report({ ...truth, minute }),
    "a stamp of another month": report({ ...truth, minute, mac }),
    "another message's commitment": report({ ...truth, commitment: carried(later).commitment }),
    "a message that nobody sent": report(
      committedTo(
        { ...truth, id: bytesToBase64url(random(16)), mac: bytesToBase64url(random(32)) },
        words,
      ),
    ),
    "what was sealed beside another commitment": report({
      ...truth,
      id: raw.id,
      epoch: raw.epoch,
      ...unreportable.stamp,
      commitment: raw.commitment,
    }),
    "a true message with an untrue one as its context": {
      ...trueReport(scene),
      messages: [{ ...carried(scene.context, "context"), content }, truth],
    },
    "a stamp from before the room's month": report({
      ...truth,
      minute: truth.minute - 60 * 24 * 40,
    }),
  };
}

interface Judged {
  readonly sealed: SealedReport;
  /** By the keeper of the stamp keys; by a steward's browser; both together. */
  readonly isStamped: boolean;
  readonly isCommitted: boolean;
  readonly isTrue: boolean;
  readonly senders: readonly string[];
}

/** Handed in over the nameless side, taken out and judged by a steward over the named one. */
async function judge({ steward }: Ground, reporter: Sitting, report: Report): Promise<Judged> {
  const as = { cookie: steward.cookie };
  const before = await must(ask(steward.origin, readReports, as));
  const known = new Set(before.reports.map(({ id }) => id));
  if (!(await sendReport(reporter, report))) throw new Error("A report was not taken in");
  const { reports } = await must(ask(steward.origin, readReports, as));
  const { id, ...sealedReport } = reports.find((each) => !known.has(each.id))!;
  const secret = await stewardSecret(steward);
  const { hpkeKey } = (await readStewards(steward.origin)).latest;
  const opened = await openReport(sealedReport, { secret: secret.hpke, hpkeKey }, hpke);
  if (!opened.ok) throw new Error("The stewards can't open what was sealed to them");
  const { stamps } = await must(
    ask(steward.origin, checkReportStamps, {
      ...as,
      params: { id },
      body: { claims: stampClaims(opened.value) },
    }),
  );
  const committed = checkCommitments(opened.value);
  const isStamped = stamps.every((stamp) => stamp === "right");
  await decideBy(steward, id, secret.signing, "dismissed", null);
  return {
    sealed: sealedReport,
    isStamped,
    isCommitted: committed.ok,
    isTrue: isStamped && committed.ok,
    senders: committed.ok ? committed.value.map(({ sender }) => sender) : [],
  };
}

async function sendReport({ doctor, ticket }: Sitting, report: Report): Promise<boolean> {
  const { latest } = await readStewards(doctor.origin);
  const sealedReport = await sealReport(report, latest, hpke);
  const sent = await askNameless(doctor, reportMessages, { visit: ticket, report: sealedReport });
  return sent.ok;
}

/** With every key that a member, or one of the stewards for themselves, has. */
async function openings(
  { ground, reporter, reported }: Scene,
  report: SealedReport,
): Promise<number> {
  const { latest } = await readStewards(reporter.doctor.origin);
  const secrets = [
    reporter.own.keys.hpke.secret,
    reported.own.keys.hpke.secret,
    ground.steward.vaultKey,
  ];
  let opened = 0;
  for (const secret of secrets)
    if ((await openReport(report, { secret, hpkeKey: latest.hpkeKey }, hpke)).ok) opened += 1;
  return opened;
}

async function isReadableByMembers(steward: Member, { member }: Doctor): Promise<boolean> {
  return (await ask(steward.origin, readReports, { cookie: member.cookie })).ok;
}

// Decisions ------------------------------------------------------------------------------------------

/** A steward's session alone decides nothing; with the stewards' signature the warned member is told. */
async function decide(
  scene: Scene,
): Promise<{ readonly unsignedTaken: number; readonly isWarned: boolean }> {
  const { ground, reporter, reported } = scene;
  const { steward } = ground;
  await sendReport(reporter, trueReport(scene));
  const { reports } = await must(ask(steward.origin, readReports, { cookie: steward.cookie }));
  const { id } = reports[0]!;
  const { pseudonym } = reported.own.keys;
  const secret = await stewardSecret(steward);
  const unsigned = await decideBy(steward, id, random(32), "warned", pseudonym);
  const signed = await decideBy(steward, id, secret.signing, "warned", pseudonym);
  const { doctor, ticket } = reported;
  const place = await must(askNameless(doctor, readMyPlace, { visit: ticket }));
  return { unsignedTaken: unsigned ? 1 : 0, isWarned: signed && place.seat?.warned === true };
}

async function decideBy(
  { origin, cookie }: Member,
  report: string,
  signingSeed: Uint8Array,
  decision: "dismissed" | "warned",
  member: string | null,
): Promise<boolean> {
  const stewardEpoch = (await readStewards(origin)).latest.epoch;
  const message = decisionMessage({ report, decision, member, stewardEpoch });
  const signature = bytesToBase64url(ed25519.sign(message, signingSeed));
  const decided = await ask(origin, decideReport, {
    cookie,
    params: { id: report },
    body: { decision, member, stewardEpoch, signature, removal: null },
  });
  return decided.ok;
}
