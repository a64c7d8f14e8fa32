/**
 * A live session on this device, without a screen: who is there, how the hour stands, and the voices. Everything that is
 * told goes sealed through the circle's own line; nobody's device takes another's word for more than the rules give it.
 */
import type { Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { everybodyShows } from "../live/faces.ts";
import { closesAt } from "../live/meetings.ts";
import { handsInOrder, leadingOrder, type Order } from "../live/session.ts";
import type { HowSomebodyIs, Signal } from "../live/signal-content.ts";
import type { Passing } from "../live/signal-gate.ts";
import type { SealedSignal } from "../live/signal-wire.ts";
import { readRelay } from "../live-contract.ts";
import { isMember } from "../room/member-log.ts";
import type { CircleKeeping } from "./keeping.ts";
import { makeAsking } from "./live-asking.ts";
import type { CameraRefusal, OpenCamera } from "./live-camera.ts";
import { makeCounting } from "./live-counting.ts";
import { makeLiveLine } from "./live-line.ts";
import type { RelayAccess } from "./live-peer.ts";
import { makePictures } from "./live-pictures.ts";
import { makeLiveStage } from "./live-stage.ts";
import type { Live, LivePerson, LiveState, OpenLive } from "./live-state.ts";
import type { Loudspeaker, OpenVoice, OwnVoice } from "./live-voice.ts";
import { makeVoices, VOICES_WAY } from "./live-voices.ts";
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
  readonly openCamera: OpenCamera;
  readonly loudspeaker: Loudspeaker;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: (length: number) => Bytes;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

interface Present {
  readonly run: string;
  how: HowSomebodyIs;
  heardAt: number;
}

/** So often everybody says that they are there, and how it stands for them. */
const BEAT_MS = 10_000;
const SILENT_AFTER_MS = 45_000;
/** Seconds of speech are told this often at the most. */
const TELL_MS = 1_000;

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
  let how: HowSomebodyIs = {
    hand: null,
    voice: "none",
    isSpeaking: false,
    seconds: 0,
    face: false,
  };
  let isOnline = false;
  let relay: RelayAccess | null = null;
  let voice: OwnVoice | null = null;
  let voiceState: OpenLive["voice"] = "none";
  let cameraTrouble: CameraRefusal["type"] | null = null;
  let highestHand = 0;
  let telling = false;

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

  const stage = makeLiveStage({
    start,
    me,
    now,
    meetings: () => roomLog.log().meetings,
    orderAt,
    onChange: () => {
      if (stage.current().turn === me) how = { ...how, hand: null };
      count();
    },
  });
  const send = (said: Signal) => line.send(said);
  const ask = () => send({ kind: "here" });
  const askAll = makeAsking({ now, wait, isOver: () => signal.aborted, ask });
  const { connect } = parts;
  const voices = makeVoices({ connect, loudspeaker, send, onChange: () => show() });
  const pictures = makePictures({
    connect,
    relay: () => relay,
    openCamera: parts.openCamera,
    send,
    onChange: () => show(),
    onRefused: ({ type }) => {
      cameraTrouble = type;
      setHow({ face: false });
    },
  });

  const set = (next: LiveState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  function show(): void {
    if (state.at !== "open" || signal.aborted) return;
    pictures.follow(isEverybodyShown() ? partners() : null);
    set(openState());
  }

  function orderAt(meeting: number): Order {
    const inOrder = leadingOrder(roomLog.log().seats, meeting);
    return { inOrder, present: new Set([me, ...present.keys()]) };
  }

  function close(next: LiveState): void {
    if (signal.aborted) return;
    ending.abort();
    for (const member of present.keys()) drop(member);
    pictures.follow(null);
    voice?.close();
    loudspeaker.close();
    counting.keep(stage.current().meeting, came.size);
    set(next);
  }

  // Who can't be told that somebody has changed their mind shows nothing meanwhile.
  const isEverybodyShown = () =>
    isOnline && relay !== null && everybodyShows([how, ...[...present.values()].map((p) => p.how)]);

  const partners = () =>
    new Map([...present].map(([member, { run }]) => [member, { run, calls: callsFirst(member) }]));

  function personShown(pseudonym: string): LivePerson[] {
    const isOwn = pseudonym === me;
    const shown = isOwn ? how : present.get(pseudonym)?.how;
    if (shown === undefined) return [];
    const { hand, voice: by, isSpeaking, seconds } = shown;
    const sound = isOwn ? null : voices.stateOf(pseudonym);
    return [{ pseudonym, isOwn, sound, hand, voice: by, isSpeaking, seconds }];
  }

  function openState(): OpenLive {
    const at = orderAt(stage.current().meeting);
    const people = at.inOrder.flatMap(personShown);
    return {
      at: "open",
      me,
      start,
      stage: stage.current(),
      order: at,
      people,
      away: at.inOrder.filter((member) => !at.present.has(member)),
      hands: handsInOrder(people),
      mayLead: stage.mayLead(),
      mayHandOn: stage.mayHandOn(),
      isOnline,
      hasRelay: relay !== null,
      isSmall: counting.isSmall(),
      voice: voiceState,
      faces: {
        own: how.face,
        isEverybody: isEverybodyShown(),
        camera: pictures.own() ?? cameraTrouble ?? "off",
        trackByMember: pictures.byMember(),
      },
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
    stage.begin(await counting.meetingNow());
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
        // Somebody is there whose welcome was lost on the way: not believed before they have named this run.
        if (said.kind === "how" && sender !== me && line.runOf(sender) !== run)
          askAll(() => line.runOf(sender) !== run);
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
        stage.hear(said.stage, sender);
        return show();
      case "heard":
        heard(sender, said);
        // Something of theirs was lost on the way, and may have been for us.
        if (passing.hasMissed) askAll();
        return show();
    }
  }

  function welcome(to: string): void {
    welcomed.add(to);
    line.send({ kind: "welcome", to, how, stage: stage.told() });
  }

  function arrived(member: string, run: string, theirs: HowSomebodyIs): void {
    const known = present.get(member);
    came.add(member);
    highestHand = Math.max(highestHand, theirs.hand ?? 0);
    if (known?.run === run) {
      known.heardAt = now();
      known.how = theirs;
      return voices.restart(member);
    }
    voices.drop(member);
    present.set(member, { run, how: theirs, heardAt: now() });
    if (relay !== null) voices.call(member, run, callsFirst(member), relay);
  }

  /** Of two, who sits first opens every way. */
  function callsFirst(member: string): boolean {
    const { seats } = roomLog.log();
    const seatOf = (pseudonym: string) => seats.findIndex((each) => each.pseudonym === pseudonym);
    return seatOf(me) < seatOf(member);
  }

  function heard(member: string, said: Signal): void {
    const there = present.get(member);
    if (there === undefined) return;
    there.heardAt = now();
    if (said.kind === "how") {
      there.how = said.how;
      highestHand = Math.max(highestHand, said.how.hand ?? 0);
      stage.hear(said.stage, member);
    }
    if (said.kind === "describe" || said.kind === "candidate")
      (said.way === VOICES_WAY ? voices : pictures).hear(member, said);
    if (said.kind === "ready") pictures.hear(member, said);
    if (said.kind === "gone") drop(member);
  }

  function drop(member: string): void {
    if (!present.delete(member)) return;
    voices.drop(member);
    line.forget(member);
    show();
  }

  function logGrown(): void {
    const log = roomLog.log();
    for (const member of present.keys()) if (!isMember(log, member)) drop(member);
    if (!isMember(log, me)) close({ at: "left" });
    else show();
  }

  // What is told ---------------------------------------------------------------------------------------

  function count(): void {
    const { inOrder } = orderAt(stage.current().meeting);
    void counting.count(stage.current(), came.size, inOrder.indexOf(me));
  }

  /** What somebody did here, if it was theirs to do. */
  function act(isDone: () => boolean): void {
    if (state.at !== "open" || !isDone()) return;
    tellNow();
    show();
  }

  // At once for what somebody did; a moment later, and not more often, for what is only measured.
  const tellNow = () => line.send({ kind: "how", how, stage: stage.told() });
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
      voices.setTrack(voice.track);
      voiceState = "on";
      setHow({ voice: "on" });
    },
    mute: (isMuted) => {
      if (voice === null) return;
      voice.mute(isMuted);
      voiceState = isMuted ? "muted" : "on";
      setHow({ voice: voiceState, isSpeaking: false });
    },
    showFace: (on) => {
      cameraTrouble = null;
      if (on !== how.face) setHow({ face: on });
    },
    raiseHand: (isUp) => {
      if (isUp === (how.hand !== null)) return;
      if (isUp) highestHand += 1;
      setHow({ hand: isUp ? highestHand : null });
    },
    moveOn: () => act(stage.moveOn),
    handOn: () => act(stage.handOn),
    giveWord: (to) => act(() => stage.giveWord(to)),
    leave: () => {
      line.sayGone();
      close({ at: "left" });
    },
  };
}
