/**
 * Saying things: sealed under the key of the moment, sent in order, and again until the server has them. What can't go
 * now waits in the outbox for the network, or for the members' next epoch.
 */
import { base64urlToBytes, bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import type { Result } from "#platform/result.ts";
import { headOf } from "#pass/key-log.ts";
import { dropMessage, postMessage } from "../room-contract.ts";
import { veilOf } from "../room/mark.ts";
import { sealMessage } from "../room/message.ts";
import type { Content, Reaction } from "../room/message-content.ts";
import type { OwnSeat } from "./own-badge.ts";
import type { RoomLog, Trouble } from "./room-log.ts";
import type { Outbox, Unsent } from "./room-outbox.ts";
import { jittered } from "./room-pauses.ts";
import { ENDING } from "./room-state.ts";
import type { Thread } from "./room-thread.ts";
import type { Upkeep } from "./room-upkeep.ts";
import type { Visit } from "./visit.ts";

const TRY_AGAIN_MS = 5_000;
/** These pass, and what was said waits for it. */
const PASSING: ReadonlySet<string> = new Set(["Offline", "Closing", "SomethingWentWrong"]);

export interface SpeakingParts {
  readonly own: OwnSeat;
  readonly visit: Visit;
  readonly roomLog: RoomLog;
  readonly thread: Thread;
  readonly upkeep: Upkeep;
  readonly outbox: Outbox;
  readonly now: () => number;
  readonly random: (length: number) => Bytes;
  /** False where the room was left meanwhile. */
  readonly wait: (ms: number) => Promise<boolean>;
  readonly inTurn: <Value>(act: () => Promise<Value>) => Promise<Value>;
  readonly isOpen: () => boolean;
  /** The server has the message at that place of the thread. */
  readonly onAnswer: (sequence: number) => Promise<void>;
  readonly meet: (trouble: Trouble) => void;
}

export interface Speaking {
  readonly say: (content: Content) => void;
  /** Given, or taken back where it was given before. */
  readonly react: (post: string, reaction: Reaction) => void;
  /** Sends what waits; one at a time. */
  readonly flush: () => Promise<void>;
}

export function makeSpeaking(parts: SpeakingParts): Speaking {
  const { own, visit, roomLog, thread, upkeep, outbox, now, random, wait, inTurn, isOpen } = parts;
  const me = own.keys.pseudonym;
  const veil = (id: string) => bytesToBase64url(veilOf(own.keys, roomLog.log().circle, id));
  let flushing: Promise<void> | null = null;

  const flush = (): Promise<void> => {
    flushing ??= sendAll().finally(() => (flushing = null));
    return flushing;
  };

  async function sendAll(): Promise<void> {
    for (;;) {
      const next = outbox.list().find(({ state }) => state === "waiting");
      if (next === undefined || !isOpen() || !(await send(next))) return;
    }
  }

  /** False where the rest has to wait. */
  async function send({ id, content }: Unsent): Promise<boolean> {
    const log = roomLog.log();
    const { epoch, isSettled } = log.standings.at(-1)!;
    const key = isSettled ? await roomLog.epochKey(epoch) : null;
    // Whoever's turn it is makes the next epoch, and then this is asked again.
    if (!key?.ok) return false;
    const at = { log, keyLog: headOf(roomLog.checked().keyLog) };
    const making = {
      id: base64urlToBytes(id)!,
      frankingKey: random(32),
      minute: minuteOf(content),
    };
    const sealed = sealMessage(at, own.keys, key.value, content, making);
    if (!sealed.ok) {
      if (sealed.refusal.type !== "BadText") return false;
      outbox.mark(id, "failed", sealed.refusal.type);
      return true;
    }
    outbox.mark(id, "sending");
    const posted = await visit.call(postMessage, { veil: veil(id), message: sealed.value });
    if (posted.ok) {
      const dropped = content.kind === "delete" ? await dropWords(content.target) : null;
      if (dropped?.ok === false) return meetFailure(id, dropped.refusal);
      outbox.mark(id, "sent");
      const { sequence } = posted.value;
      if (sequence <= thread.reached()) outbox.drop(id);
      await parts.onAnswer(sequence);
      return true;
    }
    if (posted.refusal.type !== "EpochMoved") return meetFailure(id, posted.refusal);
    outbox.mark(id, "waiting");
    const read = await inTurn(() => roomLog.readOn());
    if (read.ok) await upkeep.tend();
    return read.ok && roomLog.log() !== log;
  }

  /** Of this device's clock. Where another of one's own ran ahead an edit would stand before its post. */
  function minuteOf(content: Content): number {
    const minute = Math.floor(now() / 60_000);
    if (content.kind !== "edit") return minute;
    const post = thread.opened().find(({ message: { id } }) => id === content.target);
    return Math.max(minute, post?.message.minute ?? 0);
  }

  async function meetFailure(id: string, { type, detail }: Trouble): Promise<boolean> {
    if (type === "TooMany") {
      outbox.mark(id, "waiting");
      return wait(1000 * Number(detail?.["seconds"] ?? 5));
    }
    const isPassing = PASSING.has(type);
    outbox.mark(id, isPassing ? "waiting" : "failed", type);
    if (isPassing || ENDING.has(type)) parts.meet({ type, detail });
    // The stream may go on, and nobody else would ask again.
    if (isPassing)
      void wait(jittered(TRY_AGAIN_MS, random)).then((isHere) => (isHere ? flush() : undefined));
    return !isPassing;
  }

  /** The words go from the server as well, with every later wording of them. */
  async function dropWords(target: string): Promise<Result<null, Trouble> | null> {
    const heard = thread
      .opened()
      .flatMap(({ message }) => (message.sender === me ? [message] : []));
    // The thread may not have those yet that were sent last.
    const edits = [...heard, ...outbox.list()].flatMap(({ id, content }) =>
      content.kind === "edit" && content.target === target ? [id] : [],
    );
    for (const id of new Set([target, ...edits])) {
      const dropped = await visit.call(dropMessage, { id, veil: veil(id) });
      if (!dropped.ok && PASSING.has(dropped.refusal.type)) return dropped;
    }
    return null;
  }

  const say = (content: Content) => {
    outbox.add(content);
    void flush();
  };

  return {
    say,
    react: (post, reaction) => {
      const mine = thread
        .opened()
        .flatMap(({ message }) => (message.sender === me ? [message] : []));
      const given = givenReaction([...mine, ...outbox.list()], post, reaction);
      if (given === null) say({ kind: "reaction", target: post, reaction });
      else say({ kind: "delete", target: given });
    },
    flush,
  };
}

/** The message that gave it, where it still stands: among one's own, also those that are on their way. */
function givenReaction(
  own: readonly { readonly id: string; readonly content: Content }[],
  post: string,
  reaction: Reaction,
): string | null {
  const withdrawn = new Set(
    own.flatMap(({ content }) => (content.kind === "delete" ? [content.target] : [])),
  );
  const given = own.findLast(
    ({ id, content }) =>
      content.kind === "reaction" &&
      content.target === post &&
      content.reaction === reaction &&
      !withdrawn.has(id),
  );
  return given?.id ?? null;
}
