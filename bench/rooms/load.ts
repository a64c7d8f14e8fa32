/**
 * The load: every member holds a connection open and says something at steady times, whatever the server does. It
 * speaks over plain sockets and reads no more than it must, because it has to share the machine with the servers.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { LoadMember, RoomsOrder, RoomsResult, Speech } from "./orders.ts";
import { openMember, type Arrived, type Speaker } from "./speech.ts";

/** At once; more would only make the opening's own crowd. */
const OPENED_TOGETHER = 32;
/** How long what was sent last is waited for. */
const PATIENCE_MS = 20_000;

interface Room {
  /** What was sent, and how many have yet to hear it. */
  readonly awaited: Map<string, { readonly at: number; left: number }>;
  size: number;
}
interface Opened {
  readonly speakers: readonly { readonly room: Room; readonly speaker: Speaker }[];
  readonly rooms: readonly Room[];
}

const openedBySpeech = new Map<Speech, Opened>();
let latencies: number[] = [];
let wrong = 0;
let countsFrom = 0;

process.on("message", (order: RoomsOrder) => {
  void obey(order).then((answer) => process.send!(answer));
});

async function obey(order: RoomsOrder): Promise<RoomsResult | object> {
  if (order.do === "speak") return speak(openedBySpeech.get(order.speech)!, order);
  openedBySpeech.set(order.speech, await open(order.speech, order.port, order.members));
  return {};
}

async function open(speech: Speech, port: number, members: readonly LoadMember[]): Promise<Opened> {
  const count = Math.max(...members.map(({ room }) => room)) + 1;
  const rooms = Array.from({ length: count }, (): Room => ({ awaited: new Map(), size: 0 }));
  const speakers: { room: Room; speaker: Speaker }[] = [];
  const waiting = members.values();
  const openSome = async () => {
    for (const member of waiting) {
      const room = rooms[member.room]!;
      room.size += 1;
      const speaker = await openMember(speech, port, member, hearIn(room));
      speakers.push({ room, speaker });
    }
  };
  await Promise.all(Array.from({ length: OPENED_TOGETHER }, openSome));
  return { speakers, rooms };
}

function hearIn({ awaited }: Room): Arrived {
  return (id, isInOrder) => {
    const message = awaited.get(id);
    if (!message || !isInOrder) {
      wrong += 1;
      return;
    }
    if (message.at > countsFrom) latencies.push(performance.now() - message.at);
    message.left -= 1;
    if (message.left === 0) awaited.delete(id);
  };
}

async function speak(
  { speakers, rooms }: Opened,
  { everyMs, forMs }: { readonly everyMs: number; readonly forMs: number },
): Promise<RoomsResult> {
  latencies = [];
  wrong = 0;
  const start = performance.now();
  // Whoever has to connect anew does so when they speak for the first time.
  countsFrom = start + everyMs;
  // Each at an hour of its own, as people are; again and again after the same time.
  const turns = speakers
    .map((each) => ({ ...each, at: Math.random() * everyMs }))
    .toSorted((one, other) => one.at - other.at);
  let sent = 0;
  for (let round = 0; round * everyMs < forMs; round++)
    for (const { room, speaker, at } of turns) {
      const due = round * everyMs + at;
      if (due >= forMs) break;
      // Never before its time; late when this process has too much to do, which is not the server's fault.
      while (performance.now() - start < due) await sleep(1);
      const id = nextId();
      room.awaited.set(id, { at: performance.now(), left: room.size });
      speaker(id);
      sent += 1;
    }
  const lacking = () =>
    rooms.reduce(
      (sum, { awaited }) => [...awaited.values()].reduce((some, { left }) => some + left, sum),
      0,
    );
  for (let waited = 0; waited < PATIENCE_MS && lacking() > 0; waited += 50) await sleep(50);
  const result = { sent, lacking: lacking(), wrong };
  for (const { awaited } of rooms) awaited.clear();
  return { ...result, latencies: latencies.toSorted((one, other) => one - other) };
}

let count = 0;
/** Sixteen bytes as base64url. */
function nextId(): string {
  const bytes = Buffer.alloc(16);
  bytes.writeDoubleBE(Date.now());
  bytes.writeUInt32BE((count += 1), 8);
  return bytes.toString("base64url");
}
