/**
 * A report of abuse is true or it is refused: in a circle of six a true report opens for the stewards alone and
 * proves who said what and when; with altered words, another sender, veil, place, minute or month, a commitment or a
 * message made up, or a message of another circle it is refused, and so is a decision that the stewards did not sign.
 * What could not be reported is not shown. The control leaves out the stamps, then the marks, then the commitments:
 * each must let a forgery through, so that no check is there for show.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { readMyPlace } from "#circles/contract.ts";
import { decisionMessage } from "#circles/judging.ts";
import { checkReportStamps, decideReport, readReports } from "#circles/judging-contract.ts";
import { reportMessages } from "#circles/room-contract.ts";
import { franked } from "#circles/room/franking.ts";
import { markOf } from "#circles/room/mark.ts";
import { encodeContent } from "#circles/room/message-content.ts";
import {
  checkSaid,
  isCommitted,
  isMarked,
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
  noonOf,
  random,
  sealed,
  sitDown,
  veilFor,
  type Heard,
  type Room,
  type Sitting,
} from "./room.ts";

const NEXT_MONTH = "2027-03-03";
const OTHER_CIRCLE = "7d5a3b1c-0000-4000-8000-0123456789ab";
const SAID = "You are the reason they all leave.";
const THREAT = "I will find where you live.";

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
  /** By who reports, and committed to in the other's name, with a key that they keep. */
  readonly framing: Heard & { readonly frankingKey: Bytes };
}

export const prove: Proof = async ({ small, log }) => {
  const rounds = small ? 1 : 5;
  const dataDir = await makeDataDir();
  let ground: Ground | null = null;
  try {
    ground = await startGround(dataDir, CROWD, { signingIn: 0 });
    await giveBadges(ground);
    log("two circles of six form and talk");
    const scene = await playScene(ground);
    const { reported, reporter, said, unreportable, framing } = scene;
    const { steward, instance } = ground;
    let judgedTrue = 0;
    let opensForOthers = 0;
    let refusedForgeries = 0;
    let forgeries = 0;
    const slips = { stamps: 0, marks: 0, commitments: 0 };
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
        if (judged.isMarked && judged.isCommitted) slips.stamps += 1;
        if (judged.isStamped && judged.isCommitted) slips.marks += 1;
        if (judged.isStamped && judged.isMarked) slips.commitments += 1;
      }
      log(`round ${round + 1} of ${rounds}: ${refusedForgeries} of ${forgeries} forgeries refused`);
    }
    const isHidden = [unreportable, framing].every(
      ({ opened }) => !opened.ok && opened.refusal.type === "Unreportable",
    );
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
      control: Object.values(slips).every((count) => count > 0) ? "caught" : "missed",
      size: rounds + forgeries,
      figures: {
        trueReports: judgedTrue,
        forgeries,
        refusedForgeries,
        openedByOthers: opensForOthers,
        unreportableShown: isHidden ? 0 : 1,
        unsignedDecisionsTaken: decisions.unsignedTaken,
        pastWithoutStamps: slips.stamps,
        pastWithoutMarks: slips.marks,
        pastWithoutCommitments: slips.commitments,
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
  await must(hand(reported, misfit(reported, room, SAID, { text: "Good morning." })));
  const framed = { text: THREAT, sender: reported.own.keys.pseudonym, frankingKey: random(32) };
  await must(hand(reporter, misfit(reporter, room, THREAT, framed)));
  const other = await enterRoom(elsewhere, FIRST_DAY);
  await must(hand(elsewhere, sealed(elsewhere, other, SAID)));

  await instance.setClock(Date.parse(`${NEXT_MONTH}T09:00:00Z`));
  const [back, listening] = [(await sitDown(doctors[0]!))!, (await sitDown(doctors[1]!))!];
  const roomLater = await enterRoom(back, NEXT_MONTH);
  await must(hand(back, sealed(back, roomLater, "Still so.")));
  const [context, said, unreportable, framing] = await hear(listening, room);
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
    framing: { ...framing!, frankingKey: framed.frankingKey },
    later: later!,
    elsewhere: foreign!,
  };
}

/** By a client that commits to other words than it sends, or to them in another's name. */
function misfit(
  sitting: Sitting,
  room: Room,
  text: string,
  committed: { readonly text: string; readonly sender?: string; readonly frankingKey?: Bytes },
) {
  const { own, circle } = sitting;
  const { sealed: _, ...shape } = sealed(sitting, room, text);
  const minute = noonOf(room.trust.today);
  const { sender = own.keys.pseudonym, frankingKey = random(32) } = committed;
  const { id, epoch } = shape;
  const to = { circle, epoch, id, sender, minute };
  const commitment = bytesToBase64url(franked(frankingKey, to, bytesOf(committed.text)));
  const veil = veilFor(sitting, shape);
  const inside = { by: own, veil, minute, frankingKey, content: bytesOf(text) };
  return sealedByHand({ ...shape, commitment }, inside, room.key, circle);
}

const bytesOf = (text: string): Bytes => encodeContent({ kind: "text", text })!;

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
  const { reporter, said, later, elsewhere, unreportable, framing } = scene;
  const truth = carried(said);
  const { circle } = reporter;
  const report = (message: Reported): Report => ({ circle, note: "", messages: [message] });
  const words = bytesOf(THREAT);
  const content = bytesToBase64url(words);
  const me = reporter.own.keys.pseudonym;
  const markedFor = (message: Reported, sender: string): Reported => {
    const veil = veilFor(reporter, message);
    const mark = markOf({ circle, sender, id: message.id, veil });
    return { ...message, sender, veil: bytesToBase64url(veil), mark: bytesToBase64url(mark) };
  };
  /** As it lies on the server, which is all that a message which can't be shown tells. */
  const placed = ({ message: { id, epoch, mark, commitment }, stamp }: Heard) => ({
    id,
    epoch,
    mark,
    commitment,
    ...stamp,
  });
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
  const { month, mac } = carried(later);
  return {
    "altered words": report({ ...truth, content }),
    "altered words with a commitment to them": report(committedTo(truth, words)),
    "another sender under the same mark": report({ ...truth, sender: me }),
    "another sender with a mark and a commitment to it": report(
      committedTo(markedFor(truth, me), bytesOf(SAID)),
    ),
    "another veil": report({ ...truth, veil: bytesToBase64url(random(32)) }),
    "another message's mark": report({ ...truth, mark: carried(later).mark }),
    "one's own words, committed to in another's name": report({
      ...truth,
      ...placed(framing),
      veil: bytesToBase64url(veilFor(reporter, framing.message)),
      frankingKey: bytesToBase64url(framing.frankingKey),
      content,
    }),
    "another circle's message": report(carried(elsewhere)),
    "another circle's message with a mark and a commitment to it": report(
      committedTo(markedFor(carried(elsewhere), truth.sender), bytesOf(SAID)),
    ),
    "another epoch": report({ ...truth, epoch: truth.epoch + 1 }),
    "another minute": report({ ...truth, minute: truth.minute + 1 }),
    "another minute with a commitment to it": report(
      committedTo({ ...truth, minute: truth.minute + 1 }, bytesOf(SAID)),
    ),
    "another month": report({ ...truth, month }),
    "a stamp of another month": report({ ...truth, month, mac }),
    "another message's commitment": report({ ...truth, commitment: carried(later).commitment }),
    "a message that nobody sent": report(
      committedTo(
        { ...truth, id: bytesToBase64url(random(16)), mac: bytesToBase64url(random(32)) },
        words,
      ),
    ),
    "what was sealed beside another commitment": report({
      ...truth,
      ...placed(unreportable),
      veil: bytesToBase64url(veilFor(scene.reported, unreportable.message)),
    }),
    "a true message with an untrue one as its context": {
      ...trueReport(scene),
      messages: [{ ...carried(scene.context, "context"), content }, truth],
    },
    "a stamp from before the room's month": report({ ...truth, month: "2026-12" }),
  };
}

interface Judged {
  readonly sealed: SealedReport;
  /** By the keeper of the stamp keys; the two halves of what a steward's browser finds; all together. */
  readonly isStamped: boolean;
  readonly isMarked: boolean;
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
  const { messages } = opened.value;
  const said = checkSaid(opened.value);
  const isStamped = stamps.every((stamp) => stamp === "right");
  await decideBy(steward, id, secret.signing, "dismissed", null);
  return {
    sealed: sealedReport,
    isStamped,
    isMarked: messages.every((message) => isMarked(opened.value, message)),
    isCommitted: messages.every((message) => isCommitted(opened.value, message)),
    isTrue: isStamped && said.ok,
    senders: said.ok ? said.value.map(({ sender }) => sender) : [],
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
