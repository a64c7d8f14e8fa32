/**
 * A live session on this device, without a screen: who is there, how the hour stands, and the voices. Everything that is
 * told goes sealed through the circle's own line; nobody's device takes another's word for more than the rules give it.
 */
import type { Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { closesAt } from "../live/meetings.ts";
import {
  afterHearing,
  firstStage,
  handedOn,
  handsInOrder,
  leadingOrder,
  mayHandOn,
  mayLead,
  movedOn,
  wordGiven,
  type Order,
  type Stage,
} from "../live/session.ts";
import type { HowItStands, HowSomebodyIs, Signal } from "../live/signal-content.ts";
import type { Passing } from "../live/signal-gate.ts";
import type { SealedSignal } from "../live/signal-wire.ts";
import { readRelay } from "../live-contract.ts";
import { isMember } from "../room/member-log.ts";
import type { CircleKeeping } from "./keeping.ts";
import { makeCounting } from "./live-counting.ts";
import { makeLiveLine } from "./live-line.ts";
import { makePeer, type Peer, type PeerSound, type RelayAccess } from "./live-peer.ts";
import type { Live, LivePerson, LiveState, OpenLive } from "./live-state.ts";
import type { Loudspeaker, OpenVoice, OwnVoice } from "./live-voice.ts";
import type { OwnSeat } from "./own-badge.ts";
import type { RoomLog, Trouble } from "./room-log.ts";
import type { Upkeep } from "./room-upkeep.ts";
import type { Visit } from "./visit.ts";

export interface LiveParts {
  readonly circle: string;
  /** The minute at which the meeting starts. */
  readonly start: number;
  readonly own: OwnSeat;
  readonly visit: Visit;
  readonly roomLog: RoomLog;
  readonly addEntry: Upkeep["add"];
  readonly keeping: CircleKeeping;
  readonly connect: (config: RTCConfiguration) => RTCPeerConnection;
  readonly openVoice: OpenVoice;
  readonly loudspeaker: Loudspeaker;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: (length: number) => Bytes;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

interface Present {
  readonly run: string;
  how: HowSomebodyIs;
  sound: PeerSound | null;
  peer: Peer | null;
  heardAt: number;
}

/** So often everybody says that they are there, and how it stands for them. */
const BEAT_MS = 10_000;
const SILENT_AFTER_MS = 45_000;
/** Seconds of speech are told this often at the most. */
const TELL_MS = 1_000;
/** Everybody answers, so it isn't asked more often. */
const ASK_MS = 3_000;

export function makeLive(parts: LiveParts): Live {
  const { circle, start, own, visit, roomLog, loudspeaker, now } = parts;
  const me = own.keys.pseudonym;
  const ending = new AbortController();
  const { signal } = ending;
  const listeners = new Set<() => void>();
  const present = new Map<string, Present>();
  const came = new Set([me]);
  /** Own devices that asked after this one came in. */
  const askedBy = new Set<string>();
  const welcomed = new Set<string>();
  let state: LiveState = { at: "entering" };
  let stage: Stage = firstStage(1, start);
  let how: HowSomebodyIs = { hand: null, voice: "none", isSpeaking: false, seconds: 0 };
  let isOnline = false;
  let relay: RelayAccess | null = null;
  let voice: OwnVoice | null = null;
  let voiceState: OpenLive["voice"] = "none";
  let highestHand = 0;
  let telling = false;
  let askedAt = -Infinity;

  const wait = (ms: number) => parts.wait(ms, signal);
  const counting = makeCounting({ ...parts, wait, signal });
  const line = makeLiveLine({
    circle,
    start,
    own,
    visit,
    roomLog,
    random: parts.random,
    wait,
    signal,
    onPassed: passed,
    onLine: (isUp) => {
      isOnline = isUp;
      // What went by meanwhile is lost: everybody is asked how it stands.
      if (isUp) askAll();
      show();
    },
    onLog: logGrown,
    onTrouble: (trouble) => close({ at: "shut", trouble }),
  });

  const set = (next: LiveState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const show = () => {
    if (state.at === "open" && !signal.aborted) set(openState());
  };

  function close(next: LiveState): void {
    if (signal.aborted) return;
    ending.abort();
    for (const member of present.keys()) drop(member);
    voice?.close();
    loudspeaker.close();
    counting.keep(stage.meeting, came.size);
    set(next);
  }

  const order = (): Order => ({
    inOrder: leadingOrder(roomLog.log().seats, stage.meeting),
    present: new Set([me, ...present.keys()]),
  });

  function openState(): OpenLive {
    const at = order();
    const people = at.inOrder.flatMap((pseudonym): LivePerson[] => {
      if (pseudonym === me) return [{ pseudonym, isOwn: true, sound: null, ...how }];
      const there = present.get(pseudonym);
      return there ? [{ pseudonym, isOwn: false, sound: there.sound, ...there.how }] : [];
    });
    return {
      at: "open",
      me,
      start,
      stage,
      order: at,
      people,
      away: at.inOrder.filter((member) => !at.present.has(member)),
      hands: handsInOrder(people),
      mayLead: mayLead(stage, at, me),
      mayHandOn: mayHandOn(stage, at, me),
      isOnline,
      hasRelay: relay !== null,
      isSmall: counting.isSmall(),
      voice: voiceState,
    };
  }

  // Coming in ------------------------------------------------------------------------------------------

  async function enter(): Promise<void> {
    const entered = await prepare();
    if (signal.aborted) return;
    if (!entered.ok) return close({ at: "shut", trouble: entered.refusal });
    set(openState());
    void line.follow();
    await beat();
  }

  async function prepare(): Promise<Result<null, Trouble>> {
    const read = await roomLog.readOn();
    if (!read.ok) return read;
    if (!isMember(roomLog.log(), me)) return refuse({ type: "NoSeat" });
    const told = await visit.call(readRelay, {});
    if (!told.ok) return told;
    ({ relay } = told.value);
    stage = firstStage(await counting.meetingNow(), start);
    return ok(null);
  }

  async function beat(): Promise<void> {
    while (!signal.aborted) {
      await wait(BEAT_MS);
      if (signal.aborted) return;
      if (now() >= closesAt(start)) return close({ at: "ended" });
      for (const [member, { heardAt }] of present)
        if (now() - heardAt > SILENT_AFTER_MS) drop(member);
      count();
      tellNow();
    }
  }

  // Who is there ---------------------------------------------------------------------------------------

  function passed(from: SealedSignal, said: Signal, passing: Passing): void {
    if (state.at !== "open") return;
    const { sender, run } = from;
    switch (passing.is) {
      case "nothing":
        return;
      case "asking":
        if (sender === me) askedBy.add(run);
        return welcome(run);
      case "elsewhere":
        if (askedBy.has(run)) close({ at: "elsewhere" });
        else if (!welcomed.has(run)) welcome(run);
        return;
      case "arrived":
        if (said.kind !== "welcome") return;
        arrived(sender, run, said.how);
        if (!passing.isBack && !welcomed.has(run)) welcome(run);
        hearStage(said.stage, sender);
        return show();
      case "heard":
        heard(sender, said);
        // Something of theirs was lost on the way, and may have been for us.
        if (passing.hasMissed) askAll();
        return show();
    }
  }

  function askAll(): void {
    if (now() - askedAt < ASK_MS) return;
    askedAt = now();
    line.send({ kind: "here" });
  }

  function welcome(to: string): void {
    welcomed.add(to);
    line.send({ kind: "welcome", to, how, stage: stageTold() });
  }

  function arrived(member: string, run: string, theirs: HowSomebodyIs): void {
    const known = present.get(member);
    came.add(member);
    highestHand = Math.max(highestHand, theirs.hand ?? 0);
    if (known?.run === run) {
      // Back after a break: where no voice comes through, another way is looked for.
      known.heardAt = now();
      known.how = theirs;
      if (known.sound !== "connected") known.peer?.restart();
      return;
    }
    if (known) dropPeer(member, known);
    const there: Present = { run, how: theirs, sound: null, peer: null, heardAt: now() };
    present.set(member, there);
    if (relay !== null) callPeer(member, there, relay);
  }

  function callPeer(member: string, there: Present, access: RelayAccess): void {
    const { seats } = roomLog.log();
    const seatOf = (pseudonym: string) => seats.findIndex((each) => each.pseudonym === pseudonym);
    there.sound = "connecting";
    there.peer = makePeer({
      connect: parts.connect,
      relay: access,
      calls: seatOf(me) < seatOf(member),
      track: voice?.track ?? null,
      send: (said) => line.send({ ...said, to: there.run }),
      onTrack: (track) => loudspeaker.play(member, track),
      onSound: (sound) => {
        there.sound = sound;
        show();
      },
    });
  }

  function heard(member: string, said: Signal): void {
    const there = present.get(member);
    if (there === undefined) return;
    there.heardAt = now();
    if (said.kind === "how") {
      there.how = said.how;
      highestHand = Math.max(highestHand, said.how.hand ?? 0);
      hearStage(said.stage, member);
    }
    if (said.kind === "describe" || said.kind === "candidate") there.peer?.hear(said);
    if (said.kind === "gone") drop(member);
  }

  function dropPeer(member: string, there: Present): void {
    there.peer?.close();
    loudspeaker.drop(member);
  }

  function drop(member: string): void {
    const there = present.get(member);
    if (there === undefined) return;
    dropPeer(member, there);
    present.delete(member);
    line.forget(member);
    show();
  }

  function logGrown(): void {
    const log = roomLog.log();
    for (const member of present.keys()) if (!isMember(log, member)) drop(member);
    if (!isMember(log, me)) close({ at: "left" });
    else show();
  }

  // How it stands --------------------------------------------------------------------------------------

  const stageTold = (): HowItStands => ({
    revision: stage.revision,
    meeting: stage.meeting,
    phase: stage.phase,
    elapsed: Math.max(0, Math.round((now() - stage.since) / 1000)),
    turn: stage.turn,
    heard: [...stage.heard],
  });

  function hearStage({ elapsed, ...told }: HowItStands, by: string): void {
    const { meetings } = roomLog.log();
    if (told.meeting !== meetings && told.meeting !== meetings + 1) return;
    const since = now() - 1000 * elapsed;
    const isNewcomer = stage.from === null;
    changeStage(afterHearing(stage, { ...told, since, from: by }, by, order(), isNewcomer));
  }

  function changeStage(next: Stage): void {
    if (next === stage) return;
    stage = next;
    if (stage.turn === me && how.hand !== null) how = { ...how, hand: null };
    count();
  }

  const count = () => void counting.count(stage, came.size, order().inOrder.indexOf(me));

  function change(next: Stage | null, isAllowed: boolean): void {
    if (next === null || !isAllowed || state.at !== "open") return;
    changeStage(next);
    tellNow();
    show();
  }

  // At once for what somebody did; a moment later, and not more often, for what is only measured.
  const tellNow = () => line.send({ kind: "how", how, stage: stageTold() });
  function tellSoon(): void {
    if (telling) return;
    telling = true;
    void wait(TELL_MS).then(() => {
      telling = false;
      if (!signal.aborted) tellNow();
    });
  }

  const setHow = (next: Partial<HowSomebodyIs>) => {
    how = { ...how, ...next };
    tellNow();
    show();
  };

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    enter: () => void enter(),
    speak: async () => {
      if (relay === null || voice !== null || voiceState === "asking") return;
      voiceState = "asking";
      show();
      const opened = await parts.openVoice(({ isSpeaking, seconds }) => {
        how = { ...how, isSpeaking: isSpeaking && how.voice === "on", seconds };
        tellSoon();
        show();
      });
      if (signal.aborted) return opened.ok ? opened.value.close() : undefined;
      if (!opened.ok) {
        voiceState = opened.refusal.type;
        return show();
      }
      voice = opened.value;
      for (const { peer } of present.values()) peer?.setTrack(voice.track);
      voiceState = "on";
      setHow({ voice: "on" });
    },
    mute: (isMuted) => {
      if (voice === null) return;
      voice.mute(isMuted);
      voiceState = isMuted ? "muted" : "on";
      setHow({ voice: voiceState, isSpeaking: false });
    },
    raiseHand: (isUp) => {
      if (isUp === (how.hand !== null)) return;
      if (isUp) highestHand += 1;
      setHow({ hand: isUp ? highestHand : null });
    },
    moveOn: () => change(movedOn(stage, order(), me, now()), mayLead(stage, order(), me)),
    handOn: () => change(handedOn(stage, order(), me), mayHandOn(stage, order(), me)),
    giveWord: (to) => change(wordGiven(stage, to, me), mayLead(stage, order(), me)),
    leave: () => {
      line.sayGone();
      close({ at: "left" });
    },
  };
}
